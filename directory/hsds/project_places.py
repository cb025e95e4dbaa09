"""Places and addresses of a listing as rows of HSDS; of a place to be kept secret its regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from directory.gazetteer import Gazetteer
from directory.hsds.building import Rows
from directory.hsds.ids import made
from directory.hsds.profile import taxonomies
from directory.hsds.records import Row
from directory.withheld import is_withheld

PARTS = ("city", "region", "as_written")  # of a place, and terms of its taxonomy
NOWHERE = "nowhere"  # position of the location of an address whose town is not said
AREA = "area"  # position of the area that a whole region or country is


def add_places(rows: Rows, body: Mapping[str, Any], country: str, places: Gazetteer) -> None:
    """Add where a service is and for which area, unless nobody may learn where it is."""
    if is_withheld(body) or body.get("address_withheld"):
        for position, place in enumerate(body["places"]):
            values = {"service_id": rows.service, "name": _name(place), "ordinal": position}
            _say(rows, "service_area", rows.add("service_area", position, values), place)
        return
    if body["scope"] in ("region", "country"):
        name = (body["scope"] == "region" and body.get("region")) or country
        rows.add("service_area", AREA, {"service_id": rows.service, "name": name, "ordinal": -1})
    found: Sequence[Mapping[str, Any]] = body["places"]
    homes: Sequence[object] = range(len(found))
    if not found and (body["addresses"] or body.get("point")):
        found, homes = ({},), (NOWHERE,)
    for position, place in enumerate(found):
        point = body.get("point") if position == 0 else None
        location = _location(place, country, places, point)
        added = rows.add("location", homes[position], {**location, "ordinal": position})
        link = {"service_id": rows.service, "location_id": added, "ordinal": position}
        rows.add("service_at_location", position, link)
        _say(rows, "location", added, place)
        if point:
            rows.say("place", "point", of=("location", added))
        if position == 0:
            _add_features(rows, added, body.get("accessibility") or ())
    _add_addresses(rows, body, country, found, homes)


def _location(
    place: Mapping[str, Any], country: str, places: Gazetteer, point: Mapping[str, Any] | None
) -> Row:
    """Return a location: at its own point, else in the middle of its town, else anywhere."""
    row: Row = {"location_type": "physical", "name": _name(place)}
    town = places.named(place["city"], country) if place.get("city") else None
    if town is not None:
        row |= {"external_identifier": str(town.id), "external_identifier_type": "GeoNames"}
        row |= {"latitude": town.latitude, "longitude": town.longitude}
    if point:
        row |= {"latitude": point["latitude"], "longitude": point["longitude"]}
    return row


def _add_addresses(
    rows: Rows,
    body: Mapping[str, Any],
    country: str,
    found: Sequence[Mapping[str, Any]],
    homes: Sequence[object],
) -> None:
    for position, address in enumerate(body["addresses"]):
        home = _home(address, found)
        place = found[home]
        values = {
            "location_id": made(rows.entry, "location", homes[home]),
            "address_1": address,
            "city": place.get("city") or "",
            "state_province": place.get("region") or body.get("region") or "",
            "postal_code": "",
            "country": country,
            "address_type": "physical",
            "ordinal": position,
        }
        rows.add("address", position, values)


def _home(address: str, found: Sequence[Mapping[str, Any]]) -> int:
    """Return the position of the place that an address names; the first where it names none."""
    text = address.casefold()
    cities = (str(place.get("city") or "").casefold() for place in found)
    return next((position for position, city in enumerate(cities) if city and city in text), 0)


def _add_features(rows: Rows, location: str, features: Sequence[str]) -> None:
    terms = taxonomies()["accessibility"].terms
    for position, feature in enumerate(features):
        values = {"location_id": location, "description": terms[feature], "ordinal": position}
        rows.add("accessibility", feature, values)


def _name(place: Mapping[str, Any]) -> str | None:
    return place.get("city") or place.get("as_written") or place.get("region")


def _say(rows: Rows, table: str, row: str, place: Mapping[str, Any]) -> None:
    for part in PARTS:
        if place.get(part):
            rows.say("place", part, place[part], of=(table, row))
