"""What a schema cannot say about a pack: references, dates, numbers, protection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from directory.pack_files import Fault, PackFiles
from directory.parts import Part, entry_prefix

# Which message family words a code in which list of a rights fact.
CODE_FAMILIES = {
    "conditions": "condition",
    "documents": "document",
    "steps": "step",
    "notes": "note",
    "case": "case",
    "waiting": "waiting",
    "reporting_note": "note",
}
HasMessage = Callable[[str], bool]
_NO_DOCUMENT = "none_needed"
_NEVER = "never"  # verified: by nobody yet


def lint_pack(pack: PackFiles, has_message: HasMessage) -> list[Fault]:
    """Return what is wrong in a pack whose form is right.

    Args:
        pack: The pack, already checked against its schemas.
        has_message: Whether a message id has a wording in every whole language.
    """
    faults = [*_identities(pack), *lint_entries(pack, has_message), *_pack_part(pack)]
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line))


def lint_entries(pack: PackFiles, has_message: HasMessage) -> list[Fault]:
    """Return what is wrong in the entries of a pack, each looked at by itself."""
    checks = (_dates, _codes(has_message), _protection, _numbers)
    return [fault for check in checks for fault in check(pack)]


def codes_of(fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (field, message id) for each code of a rights fact."""
    for field, family in CODE_FAMILIES.items():
        value = fact.get(field)
        for code in value if isinstance(value, list) else [value] if value else []:
            yield field, f"{family}.{code}"
    for code in fact["cost"].get("notes", []):
        yield "cost", f"cost.{code}"


def _entries(pack: PackFiles) -> Iterator[tuple[Part, int, dict[str, Any]]]:
    for part in (Part.RIGHTS, Part.HELPLINES, Part.SERVICES):
        for index, entry in enumerate(pack.part(part) or []):
            yield part, index, entry


def _fault(pack: PackFiles, part: str, path: list[str | int], problem: str) -> Fault:
    document = pack.documents[part]
    return Fault(document.path, document.line(path), problem)


def _identities(pack: PackFiles) -> Iterator[Fault]:
    seen: set[str] = set()
    for part, index, entry in _entries(pack):
        own = entry["id"]
        if own in seen:
            yield _fault(pack, part, [index, "id"], f"{own} stands twice")
        if not own.startswith(entry_prefix(part, pack.country)):
            yield _fault(pack, part, [index, "id"], f"{own} is not an id of {pack.country}")
        seen.add(own)
    for part, index, entry in _entries(pack):
        other = entry.get("superseded_by")
        if other is not None and (other not in seen or other == entry["id"]):
            problem = f"superseded_by: {other} is no other entry of this pack"
            yield _fault(pack, part, [index, "superseded_by"], problem)


def _dates(pack: PackFiles) -> Iterator[Fault]:
    for part, index, entry in _entries(pack):
        read: dict[str, date] = {}
        for field in ("valid_from", "valid_until", "verified"):
            if entry.get(field) not in (None, _NEVER):
                try:
                    read[field] = date.fromisoformat(entry[field])
                except ValueError:
                    yield _fault(pack, part, [index, field], f"{field}: no such day")
        begin, end = read.get("valid_from"), read.get("valid_until")
        if begin and end and begin > end:
            yield _fault(pack, part, [index, "valid_until"], "valid_until is before valid_from")


def _codes(has_message: HasMessage) -> Callable[[PackFiles], Iterator[Fault]]:
    def check(pack: PackFiles) -> Iterator[Fault]:
        for index, fact in enumerate(pack.part("rights") or []):
            for field, message in codes_of(fact):
                if not has_message(message):
                    problem = f"{field}: {message} has no wording in every language"
                    yield _fault(pack, "rights", [index, field], problem)
        for index, service in enumerate(pack.part("services") or []):
            for code in service["documents"]:
                if code != _NO_DOCUMENT and not has_message(f"document.{code}"):
                    problem = f"documents: document.{code} has no wording in every language"
                    yield _fault(pack, "services", [index, "documents"], problem)
            yield from _waiting(pack, index, service["waiting"], has_message)

    return check


def _waiting(
    pack: PackFiles, index: int, waiting: Mapping[str, Any], has_message: HasMessage
) -> Iterator[Fault]:
    """Waiting is said from a code: the words of a source stay in its language."""
    code = waiting.get("code")
    if waiting["known"] != (code is not None):
        problem = "waiting: a known waiting time has a code, an unknown one has none"
        yield _fault(pack, "services", [index, "waiting"], problem)
    elif code and not has_message(f"waiting.{code}"):
        problem = f"waiting: waiting.{code} has no wording in every language"
        yield _fault(pack, "services", [index, "waiting", "code"], problem)


def _protection(pack: PackFiles) -> Iterator[Fault]:
    for index, service in enumerate(pack.part("services") or []):
        sheltered = "protection_shelter" in service["kinds"]
        if sheltered and not service["protection"]:
            problem = "a protection_shelter needs protection: true"
            yield _fault(pack, "services", [index, "protection"], problem)
        if service["protection"] and (service["addresses"] or not sheltered):
            problem = "protection: no address may stand here, and the kind is protection_shelter"
            yield _fault(pack, "services", [index, "addresses"], problem)


def _numbers(pack: PackFiles) -> Iterator[Fault]:
    for part, index, entry in _entries(pack):
        for field in ("numbers", "phones"):
            for position, line in enumerate(entry.get(field) or []):
                e164 = line.get("e164")
                if e164 is not None and not _possible(e164):
                    path = [index, field, position]
                    yield _fault(pack, part, path, f"{field}: e164 is not a possible number")
                if not any(character.isdigit() for character in line["number"]):
                    yield _fault(pack, part, [index, field, position], f"{field}: no digit")


def _possible(e164: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False


def _pack_part(pack: PackFiles) -> Iterator[Fault]:
    body = pack.part("pack")
    if body["country"] != pack.country:
        yield _fault(pack, "pack", ["country"], f"country is not the folder's ({pack.country})")
    lines = {line["id"] for line in pack.part("helplines") or []}
    for position, line in enumerate(body["emergency"]):
        if line not in lines:
            yield _fault(pack, "pack", ["emergency", position], f"{line} is no line of this pack")
    for where, rules in _rules(body):
        for position, line in enumerate(rules.get("first_lines", [])):
            if line not in lines:
                path = [*where, "rules", "first_lines", position]
                yield _fault(pack, "pack", path, f"{line} is no line of this pack")
    for position, zone in enumerate(body["timezones"]):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield _fault(pack, "pack", ["timezones", position], f"{zone} is no time zone")


def _rules(body: Mapping[str, Any]) -> Iterator[tuple[list[str | int], Mapping[str, Any]]]:
    yield [], body.get("rules") or {}
    for name, region in (body.get("regions") or {}).items():
        yield ["regions", name], region.get("rules") or {}
