"""Questions to a million listings: where people are, and what they look for."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from search_listings import _LANGUAGE_WEIGHTS, _LANGUAGES, City

from directory.great_circle import Point
from directory.search_query import Order, Query

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # a Tuesday: morning in America, evening in Europe
_Filters = Callable[[random.Random, Mapping[str, Any]], dict[str, Any]]


def _none(_dice: random.Random, _like: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _one(dice: random.Random, like: Mapping[str, Any]) -> dict[str, Any]:
    return {"kinds": (dice.choice(like["kinds"]),)}


def _two(dice: random.Random, like: Mapping[str, Any]) -> dict[str, Any]:
    every = _all(dice, like)
    second = dice.choice([name for name in every if name != "kinds"])
    return {"kinds": every["kinds"], second: every[second]}


def _all(dice: random.Random, like: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_one(dice, like),
        "layers": (dice.choice(like["layers"]),),
        "audience": dice.choice(("women", "men", "children", "families", "any")),
        "status": dice.choice(("asylum_seeker", "refugee", "undocumented", "returnee")),
        "language": dice.choices(_LANGUAGES, _LANGUAGE_WEIGHTS)[0],
        "costs": dice.choice((("free",), ("free", "low_cost"))),
        "accessibility": (dice.choices(("step_free", "lift", "sign_language"), (6, 3, 1))[0],),
        "capacity": ("open", "limited"),
        "taking": True,
        "open_now": True,
    }


def _rare(dice: random.Random, _like: Mapping[str, Any]) -> dict[str, Any]:
    return {"kinds": ("debt_advice",)}


def _far(dice: random.Random, _like: Mapping[str, Any]) -> dict[str, Any]:
    return {"kinds": ("hate_crime_report",)}


def _nothing(dice: random.Random, like: Mapping[str, Any]) -> dict[str, Any]:
    """Return filters of which each fits many, and no listing fits all."""
    return dice.choice(
        (
            {"kinds": ("primary_care",), "language": "xx"},
            {"kinds": ("primary_care",), "accessibility": ("discreet_entrance",)},
            {"kinds": ("hate_crime_report",), "country": "MX"},
            {
                "kinds": ("volunteering",),
                "language": "ht",
                "accessibility": ("sign_language", "lift"),
            },
        )
    )


# Name, what is asked for, and the most milliseconds that 99 of 100 may take.
SORTS: Sequence[tuple[str, _Filters, float | None]] = (
    ("no filter", _none, 10.0),
    ("one filter", _one, 10.0),
    ("two filters", _two, 10.0),
    ("all filters", _all, 30.0),
    ("a rare kind: 200 in all", _rare, 10.0),
    ("a rare kind, in one country only", _far, 10.0),
    ("nothing fits", _nothing, 30.0),
)


def questions(
    filters: _Filters,
    cities: Sequence[City],
    templates: Sequence[Mapping[str, Any]],
    count: int,
    *,
    in_city: bool,
    order: Order = Order.NEAREST,
) -> list[Query]:
    """Return questions, the same each time: from the middle of cities, or from points in them."""
    dice = random.Random(f"asked anew {filters.__name__}{in_city}")  # noqa: S311  # no secret
    towns = dice.choices(cities, [city.people for city in cities], k=count)
    return [
        Query(
            here=Point(town.latitude, town.longitude) if in_city else _in(town, dice),
            order=order,
            **filters(dice, dice.choice(templates)),
        )
        for town in towns
    ]


def _in(town: City, dice: random.Random) -> Point:
    km = 8.0 * math.sqrt(max(town.people, 500) / 1_000_000)
    width = 111.2 * math.cos(math.radians(town.latitude))
    north, east = dice.gauss(0, km) / 111.2, dice.gauss(0, km) / width
    return Point(town.latitude + north, town.longitude + east)
