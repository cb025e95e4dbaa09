"""Numbers, hours and languages of a service, read from rows of HSDS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from directory.hsds.ids import made
from directory.hsds.project_details import ALWAYS, INTERPRETED, SPOKEN, TYPES
from directory.hsds.read_places import locations_of
from directory.hsds.records import Records, Row, linked
from directory.hsds.terms import Said, said_of

_KINDS: Mapping[str, str] = {hsds: ours for ours, hsds in TYPES.items()}
_KNOWN_KINDS = ("voice", "sms", "whatsapp", "fax")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def numbers_of(
    records: Records, service: str, *, own: bool
) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the numbers to call, and those for messages over WhatsApp."""
    phones: list[dict[str, Any]] = []
    whatsapp: list[Any] = []
    for row in _of_service(records, "phone", service, own=own):
        said = said_of(records, row["id"])
        e164 = said.value("phone", "e164")
        number = {"number": _number(row), **({"e164": e164} if e164 else {})}
        if "whatsapp" in said.terms("phone"):
            whatsapp.append(row["number"] if said.value("phone", "whatsapp") else number)
            continue
        kind = _KINDS.get(row.get("type") or "", row.get("type"))
        if kind in _KNOWN_KINDS:
            number["kind"] = kind
        if row.get("description"):
            number["note"] = row["description"]
        phones.append(number)
    return phones, whatsapp


def hours_of(records: Records, service: str, said: Said, *, own: bool) -> dict[str, Any]:
    """Return the opening hours: weekly rules as periods, the rest as words."""
    rules = list(_of_service(records, "schedule", service, own=own))
    entry = said.value("record", "id")
    words = said.terms("hours")
    hours: dict[str, Any] = {
        "text": next((rule.get("description") for rule in rules), None),
        "always": ALWAYS in words,
        "periods": [
            _period(rule)
            for rule in rules
            if _is_weekly(rule) and rule["id"] != made(entry, "schedule", ALWAYS)
        ],
    }
    if "known" in words or "not_known" in words:
        hours["known"] = "known" in words
    elif not own:
        hours["known"] = bool(hours["periods"] or hours["text"])
    if as_of := said.value("hours", "as_of"):
        hours["as_of"] = as_of
    return hours


def languages_of(records: Records, service: str, *, own: bool) -> dict[str, list[str]]:
    """Return the codes of the languages that are spoken, and of those that are interpreted."""
    found: dict[str, list[str]] = {SPOKEN: [], INTERPRETED: []}
    for row in _of_service(records, "language", service, own=own):
        note = row.get("note")
        if row.get("code"):
            found[INTERPRETED if note == INTERPRETED else SPOKEN].append(row["code"])
    return {f"languages_{note}": codes for note, codes in found.items()}


def _of_service(records: Records, table: str, service: str, *, own: bool) -> Iterator[Row]:
    """Yield what hangs on a service; of one of others also what hangs on its places."""
    yielded: set[str] = set()
    links = [("service_id", service)]
    if not own:
        links += [("location_id", row["id"]) for row in locations_of(records, service)]
        at = linked(records, "service_at_location", "service_id", service)
        links += [("service_at_location_id", row["id"]) for row in at]
    for column, row_id in links:
        for row in linked(records, table, column, row_id):
            if row["id"] not in yielded:
                yielded.add(row["id"])
                yield row


def _number(row: Row) -> str:
    extension = row.get("extension")
    return f"{row['number']} ext. {extension}" if extension else str(row["number"])


def _is_weekly(rule: Row) -> bool:
    """Whether a rule is what a period can say: every week, on plain days, from when until when."""
    days = (rule.get("byday") or "").split(",")
    plain = rule.get("freq") == "WEEKLY" and rule.get("interval") in (None, 1)
    return bool(
        plain and set(days) <= set(_DAYS) and rule.get("opens_at") and rule.get("closes_at")
    )


def _period(rule: Row) -> dict[str, Any]:
    days = rule["byday"].split(",")
    return {"days": days, "opens": rule["opens_at"][:5], "closes": rule["closes_at"][:5]}
