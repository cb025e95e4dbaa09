"""From the body of a listing to its rows in the table that search reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directory.gazetteer import Gazetteer
from directory.open_now import open_minutes, open_on_holidays
from directory.search_tokens import regions_of, tokens_of
from directory.withheld import is_withheld

_GONE = date.min  # the last day of what was replaced by another listing


@dataclass(frozen=True)
class Spot:
    """A place of a listing; ``at`` is longitude and latitude in degrees."""

    place: int | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Indexed:
    """A listing as search keeps it.

    Attributes:
        spots: Its places; one without a point where none is known or may be known.
        tokens: Its codes.
        values: The other columns, each the same in every row of the listing.
        hidden: Whether no question may find it; what it tells of its region stays.
        regions: The codes of its regions.
    """

    service: str
    country: str
    spots: tuple[Spot, ...]
    tokens: tuple[str, ...]
    values: tuple[Any, ...] = field(repr=False)
    hidden: bool
    regions: tuple[str, ...]


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
        regions=tuple(regions_of(country, body)),
    )


def _spots(country: str, body: Mapping[str, Any], places: Gazetteer) -> tuple[Spot, ...]:
    if is_withheld(body):
        return (Spot(),)
    names = [place["city"] for place in body["places"] if place.get("city")]
    found = [_city(name, country, places) for name in dict.fromkeys(names)]
    point = body.get("point")
    if point:  # the first place is where its door is
        own = (float(point["longitude"]), float(point["latitude"]))
        found[:1] = [Spot(found[0].place if found else None, own)]
    return tuple(found) or (Spot(),)


def _city(name: str, country: str, places: Gazetteer) -> Spot:
    town = places.named(name, country)
    return Spot(town.id, (town.longitude, town.latitude)) if town else Spot()


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
