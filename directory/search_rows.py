"""From the body of a listing to its rows in the table that search reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from directory.gazetteer import Gazetteer
from directory.open_now import open_minutes, open_on_holidays
from directory.search_tokens import of_own_region, tokens_of
from directory.withheld import is_withheld

_GONE = date.min  # the last day of what was replaced by another listing


@dataclass(frozen=True)
class Spot:
    """A place of a listing.

    Attributes:
        place: GeoNames number of its city.
        at: Longitude and latitude in degrees.
        region: The code of the region it lies in.
        zone: IANA name of its time zone, where its city is known.
    """

    place: int | None = None
    at: tuple[float, float] | None = None
    region: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Indexed:
    """A listing as search keeps it.

    Attributes:
        spots: Its places; one without a point where none is known or may be known.
        tokens: Its codes.
        values: The other columns, each the same in every row of the listing.
        hidden: Whether no question may find it; where its region is may be told.
    """

    service: str
    country: str
    spots: tuple[Spot, ...]
    tokens: tuple[str, ...]
    values: tuple[Any, ...] = field(repr=False)
    hidden: bool


def indexed(service: str, country: str, body: Mapping[str, Any], places: Gazetteer) -> Indexed:
    """Return what search keeps of a listing."""
    week = open_minutes(body["hours"])
    values = (
        body["scope"],
        "{" + ",".join(f"[{begin},{end})" for begin, end in week) + "}" if week else None,
        open_on_holidays(body),
        _day(body.get("paused_until")),
        _day(body.get("valid_from")),
        _GONE if body.get("superseded_by") else _day(body.get("valid_until")),
        None if body["verified"] == "never" else _day(body["verified"]),
    )
    return Indexed(
        service=service,
        country=country,
        spots=_spots(country, body, places),
        tokens=tuple(tokens_of(country, body)),
        values=values,
        hidden=body["confidence"] == "low",
    )


def _spots(country: str, body: Mapping[str, Any], places: Gazetteer) -> tuple[Spot, ...]:
    if is_withheld(body):
        return (Spot(),)
    found = [_spot(place, country, places) for place in body["places"] if place.get("city")]
    point = body.get("point")
    if point:  # the first place is where its door is
        first = found[0] if found else Spot()
        found[:1] = [replace(first, at=(float(point["longitude"]), float(point["latitude"])))]
    return tuple(dict.fromkeys(found)) or (Spot(),)


def _spot(place: Mapping[str, Any], country: str, places: Gazetteer) -> Spot:
    town = places.named(place["city"], country)
    if town is None:
        return Spot()
    region = of_own_region(country, place["region"]) if place.get("region") else None
    return Spot(town.id, (town.longitude, town.latitude), region, town.zone or None)


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
