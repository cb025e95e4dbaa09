"""A listing as rows of HSDS. What is made of it and back is the same listing.

A place that must not be found has no location here: its regions are areas of the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from directory.gazetteer import Gazetteer
from directory.hsds.building import Rows
from directory.hsds.ids import record_id, service_id
from directory.hsds.project_details import add_hours, add_languages, add_numbers
from directory.hsds.project_organisation import organisation_row
from directory.hsds.project_places import add_places
from directory.hsds.records import Records
from directory.hsds.shape import shape_of
from directory.withheld import is_withheld, stored

# Taxonomy to the field of a listing whose codes are its terms.
CODES: Mapping[str, str] = {
    "mhpss_layer": "layers",
    "kind": "kinds",
    "audience": "audience",
    "legal_status": "status",
    "way_in": "way_in",
    "modality": "modality",
    "accessibility": "accessibility",
}
# Taxonomy to the field whose one code is its term. "unknown" is said by saying nothing.
CODE: Mapping[str, str] = {
    "run_by": "run_by",
    "scope": "scope",
    "interpreters": "interpreters",
    "confidence": "confidence",
    "holidays": "holidays",
}
# Field to taxonomy and term of its value.
VALUES: Mapping[str, tuple[str, str]] = {
    "valid_from": ("validity", "from"),
    "valid_until": ("validity", "until"),
    "valid_precision": ("validity", "precision"),
    "paused_until": ("availability", "paused_until"),
    "owner": ("record", "owner"),
    "superseded_by": ("record", "superseded_by"),
    "note": ("record", "note"),
    "region": ("place", "region"),
}
NEVER = "never"


def records_of(
    listing: Mapping[str, Any],
    *,
    country: str,
    organisation: Mapping[str, Any] | None,
    places: Gazetteer,
    service: str | None = None,
) -> Records:
    """Return the rows that stand for a listing.

    Args:
        listing: As ``data/packs/schema/services.json`` describes it.
        country: ISO 3166-1 alpha-2.
        organisation: The card of the organisation that owns it, if there is one. Left out for a
            place that must not be found: its words could lead there.
        places: Where its towns are.
        service: The id of its service, where that came in with an id of its own.
    """
    body = stored(listing)
    rows = Rows(body["id"], service or service_id(body["id"]))
    _add_service(rows, body, country, None if is_withheld(body) else organisation)
    _say_codes(rows, body)
    _say_values(rows, body, country)
    add_numbers(rows, body)
    add_hours(rows, body["hours"])
    add_languages(rows, body)
    add_places(rows, body, country, places)
    return rows.records()


def _add_service(
    rows: Rows, body: Mapping[str, Any], country: str, organisation: Mapping[str, Any] | None
) -> None:
    owner = organisation_row(body, country, organisation)
    rows.add("organization", "", owner)
    emails = body.get("email") or []
    values = {
        "organization_id": owner["id"],
        "name": body["name"],
        "description": body.get("description"),
        "url": body.get("url"),
        "email": emails[0] if emails else None,
        "status": _status(body),
        "application_process": body.get("how_to_access"),
        "fees_description": body["cost"].get("text"),
        "wait_time": body["waiting"].get("text"),
        "assured_date": None if body["verified"] == NEVER else body["verified"],
    }
    rows.add("service", "", {"id": rows.service, **values})
    for position, email in enumerate(emails[1:], start=1):
        contact = {"service_id": rows.service, "email": email, "ordinal": position}
        rows.add("contact", position, contact)


def _status(body: Mapping[str, Any]) -> str:
    if body.get("superseded_by"):
        return "inactive"
    return "temporarily closed" if body.get("paused_until") else "active"


def _say_codes(rows: Rows, body: Mapping[str, Any]) -> None:
    for taxonomy, field in CODES.items():
        _say_each(rows, taxonomy, body.get(field) or ())
    for taxonomy, field in CODE.items():
        if (code := body.get(field)) and (code != "unknown" or field == "holidays"):
            rows.say(taxonomy, code)
    for position, document in enumerate(body["documents"]):
        values = {"service_id": rows.service, "document": document, "ordinal": position}
        paper = rows.add("required_document", position, values)
        rows.say("document", document, of=("required_document", paper))
    if is_withheld(body):
        rows.say("confidentiality", "withheld")
    if body.get("address_withheld"):
        rows.say("confidentiality", "address_withheld", position=1)
    if body["not_taking"]:
        rows.say("availability", "not_taking")


def _say_each(rows: Rows, taxonomy: str, codes: Iterable[str]) -> None:
    for position, code in enumerate(codes):
        rows.say(taxonomy, code, position=position)


def _say_values(rows: Rows, body: Mapping[str, Any], country: str) -> None:
    rows.say("record", "id", body["id"], attribute=record_id(body["id"]))
    rows.say("record", "country", country)
    for field, (taxonomy, term) in VALUES.items():
        if body.get(field):
            rows.say(taxonomy, term, body[field])
    for language, name in (body.get("names") or {}).items():
        rows.say("name_translation", language, name)
    for part, text in body["source"].items():
        rows.say("source", part, text)
    if body["verified"] != NEVER:
        rows.say("verification", "last_verified", body["verified"])
    _say_cost_and_room(rows, body)
    if shape := shape_of(body):
        rows.say("record", "shape", shape)


def _say_cost_and_room(rows: Rows, body: Mapping[str, Any]) -> None:
    kind = body["cost"]["kind"]
    if kind != "unknown":
        rows.say("cost", kind)
    if kind == "free":
        price = {"service_id": rows.service, "option": kind, "amount": 0}
        rows.add("cost_option", kind, price)
    waiting = body["waiting"]
    if waiting["known"]:
        rows.say("waiting", "known")
    if waiting.get("code"):
        rows.say("waiting_code", waiting["code"])
    if capacity := body.get("capacity"):
        rows.say("capacity", capacity["code"], capacity.get("as_of"))
