"""From the body of a fact, line or listing to the columns that questions filter by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.gazetteer import Gazetteer, Place
from directory.parts import Part
from directory.withheld import is_withheld

_OF_SERVICES = ("scope", "kinds", "layers", "audience", "status", "confidence")


def columns_of(part: Part, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row besides its id, country, place in the pack and body."""
    if part is Part.HELPLINES:
        return {"purposes": body["purpose"]}
    if part is Part.SERVICES:
        return {**{name: body[name] for name in _OF_SERVICES}, "protection": is_withheld(body)}
    return {}


def places_of(country: str, body: Mapping[str, Any], places: Gazetteer) -> list[dict[str, Any]]:
    """Return the cities of a listing, with their points where the gazetteer knows them.

    Of a place that must not be found there is none.
    """
    if is_withheld(body):
        return []
    names = [place["city"] for place in body["places"] if place.get("city")]
    return [_city(name, places.named(name, country)) for name in names]


def _city(name: str, found: Place | None) -> dict[str, Any]:
    return {
        "place": found.id if found else None,
        "name": name,
        "latitude": found.latitude if found else None,
        "longitude": found.longitude if found else None,
    }
