"""Rows of HSDS as a listing: our own exactly as it was, one of others as far as it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.hsds.ids import made
from directory.hsds.project import CODE, CODES, NEVER, VALUES
from directory.hsds.read_details import hours_of, languages_of, numbers_of
from directory.hsds.read_places import addresses_of, country_of, places_of, point_of
from directory.hsds.records import Indexed, Records, Row, linked, row_with
from directory.hsds.shape import shaped
from directory.hsds.terms import Said, said_of

_UNKNOWN = {"run_by": "unknown", "scope": "unknown", "interpreters": "unknown", "confidence": "low"}


@dataclass(frozen=True)
class ReadListing:
    """A listing that was read.

    Attributes:
        body: As ``data/packs/schema/services.json`` describes it, but for what is missing.
        country: ISO 3166-1 alpha-2; None where the rows do not say it.
        missing: Fields without which it is no listing of ours: a draft, read by no answer.
    """

    body: Mapping[str, Any] = field(repr=False)
    country: str | None
    missing: tuple[str, ...]


def listing_of(records: Records, service: str | None = None) -> ReadListing:
    """Return what rows say of a service, and what they do not say.

    Args:
        records: Rows, of this service and perhaps of others.
        service: Its id; the first service when not given.

    Raises:
        LookupError: There is no such service.
    """
    row = _service(records, service)
    owner = row_with(records, "organization", row.get("organization_id")) or {}
    said = said_of(records, row["id"])
    entry = said.value("record", "id")
    phones, whatsapp = numbers_of(records, row["id"], own=said.is_ours)
    body = {
        "name": row["name"],
        "organisation": owner.get("name"),
        **_codes(said),
        **_words(row, said),
        **_emails(records, row, entry),
        "phones": phones,
        "whatsapp": whatsapp,
        "hours": hours_of(records, row["id"], said, own=said.is_ours),
        **languages_of(records, row["id"], own=said.is_ours),
        "places": places_of(records, row["id"], entry),
        "addresses": addresses_of(records, row["id"]),
        "documents": _documents(records, row["id"]),
    }
    if point := point_of(records, row["id"]):
        body["point"] = point
    if entry is not None:
        body["id"] = entry
    country = said.value("record", "country") or country_of(records, row["id"])
    return _finished(body, said.value("record", "shape"), country)


def listings_of(records: Records) -> Iterator[ReadListing]:
    """Yield what rows say of each service, in their order."""
    indexed = Indexed(records)
    for row in records.get("service", ()):
        yield listing_of(indexed, row["id"])


def _finished(body: dict[str, Any], shape: str | None, country: str | None) -> ReadListing:
    missing = [name for name in ("id", "source", "organisation") if not body.get(name)]
    missing += [name for name in ("kinds", "layers") if not body[name] and "id" not in body]
    body = {name: value for name, value in body.items() if name not in missing}
    if country is None:
        missing.append("country")
    if shape:
        body = shaped(body, shape)
        missing = [name for name in missing if f"{name}:absent" not in shape.split()]
    return ReadListing(body, country, tuple(missing))


def _codes(said: Said) -> dict[str, Any]:
    codes: dict[str, Any] = {}
    for taxonomy, name in CODES.items():
        found = said.terms(taxonomy)
        if found or name != "accessibility":
            codes[name] = found
    for taxonomy, name in CODE.items():
        found = said.terms(taxonomy)
        if found or name in _UNKNOWN:
            codes[name] = found[0] if found else _UNKNOWN[name]
    return codes


def _words(row: Row, said: Said) -> dict[str, Any]:
    confidentiality = said.terms("confidentiality")
    words: dict[str, Any] = {
        "description": row.get("description"),
        "url": row.get("url"),
        "how_to_access": row.get("application_process"),
        "protection": "withheld" in confidentiality,
        "not_taking": "not_taking" in said.terms("availability"),
        "verified": said.value("verification", "last_verified") or row.get("assured_date") or NEVER,
        "cost": {
            "text": row.get("fees_description"),
            "kind": next(iter(said.terms("cost")), "unknown"),
        },
        "waiting": _waiting(row, said),
        "source": {part: said.value("source", part) for part in said.terms("source")},
        "valid_from": None,
        "valid_until": None,
        "region": None,
        "note": None,
    }
    if "address_withheld" in confidentiality:
        words["address_withheld"] = True
    return {**words, **_where_said(said)}


def _where_said(said: Said) -> dict[str, Any]:
    """Return the fields that a listing has only where something is said of them."""
    words: dict[str, Any] = {}
    for name, (taxonomy, term) in VALUES.items():
        if value := said.value(taxonomy, term):
            words[name] = value
    names = {tag: said.value("name_translation", tag) for tag in said.terms("name_translation")}
    if names:
        words["names"] = names
    for code in said.terms("capacity"):
        day = said.value("capacity", code)
        words["capacity"] = {"code": code, **({"as_of": day} if day else {})}
    return words


def _waiting(row: Row, said: Said) -> dict[str, Any]:
    text = row.get("wait_time")
    known = bool(said.terms("waiting")) or (text is not None and not said.is_ours)
    code = {"code": found} if (found := next(iter(said.terms("waiting_code")), None)) else {}
    return {"text": text, "known": known, **code}


def _emails(records: Records, row: Row, entry: str | None) -> dict[str, Any]:
    emails = [row["email"]] if row.get("email") else []
    for contact in linked(records, "contact", "service_id", row["id"]):
        ours = entry and contact["id"] == made(entry, "contact", contact.get("ordinal"))
        if contact.get("email") and (ours or entry is None):
            emails.append(contact["email"])
    return {"email": list(dict.fromkeys(emails)) if entry is None else emails}


def _documents(records: Records, service: str) -> list[str]:
    papers = linked(records, "required_document", "service_id", service)
    said = [said_of(records, paper["id"]).terms("document") for paper in papers]
    return [code for codes in said for code in codes]


def _service(records: Records, wanted: str | None) -> Row:
    row = row_with(records, "service", wanted) or next(iter(records.get("service", ())), None)
    if row is None or wanted not in (None, row["id"]):
        raise LookupError(f"there is no service {wanted or ''}")
    return row
