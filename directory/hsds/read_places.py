"""Places and addresses of a service, read from rows of HSDS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from directory.hsds.ids import made
from directory.hsds.project_places import AREA, NOWHERE, PARTS
from directory.hsds.records import Records, Row, linked, row_with
from directory.hsds.terms import said_of


def locations_of(records: Records, service: str) -> Iterator[Row]:
    """Yield the locations of a service in its order."""
    for at in linked(records, "service_at_location", "service_id", service):
        if found := row_with(records, "location", at.get("location_id")):
            yield found


def places_of(records: Records, service: str, entry: str | None) -> list[dict[str, Any]]:
    """Return the towns and regions of a service; of one of others those of its addresses."""
    rows = list(locations_of(records, service))
    if entry is None:
        return [place for row in rows if (place := _guessed(records, row))]
    rows += linked(records, "service_area", "service_id", service)
    not_said = {made(entry, "location", NOWHERE), made(entry, "service_area", AREA)}
    found = [said_of(records, row["id"]) for row in rows if row["id"] not in not_said]
    places = [{part: said.value("place", part) for part in PARTS} for said in found]
    return [{part: text for part, text in place.items() if text} for place in places]


def addresses_of(records: Records, service: str) -> list[str]:
    """Return the addresses of a service, each in one line."""
    rows = [
        row
        for location in locations_of(records, service)
        for row in linked(records, "address", "location_id", location["id"])
    ]
    rows.sort(key=lambda row: row.get("ordinal") or 0)
    return list(dict.fromkeys(_line(row) for row in rows))


def point_of(records: Records, service: str) -> dict[str, Any] | None:
    """Return the point of a door, where the rows say that it is one."""
    for row in locations_of(records, service):
        if "point" in said_of(records, row["id"]).terms("place"):
            return {"latitude": row["latitude"], "longitude": row["longitude"]}
    return None


def country_of(records: Records, service: str) -> str | None:
    """Return the country that the addresses of a service name; None where they name none."""
    for location in locations_of(records, service):
        for row in linked(records, "address", "location_id", location["id"]):
            if row.get("country"):
                return str(row["country"])
    return None


def _guessed(records: Records, location: Row) -> dict[str, Any]:
    for row in linked(records, "address", "location_id", location["id"]):
        region = row.get("region") or row.get("state_province")
        place = {"city": row.get("city"), "region": region}
        return {part: text for part, text in place.items() if text}
    return {"as_written": location["name"]} if location.get("name") else {}


def _line(row: Row) -> str:
    """Return an address in one line; what was written in one line stays as it was."""
    if not row.get("address_2") and not row.get("postal_code"):
        return str(row["address_1"])
    town = " ".join(part for part in (row.get("postal_code"), row.get("city")) if part)
    return ", ".join(part for part in (row["address_1"], row.get("address_2"), town) if part)
