"""What a search for the nearest finds, and true metres as SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.great_circle import EARTH_RADIUS, Point


@dataclass(frozen=True)
class Found:
    """A listing, and how far its nearest place is."""

    service: str
    metres: float = field(repr=False)


# Haversine, as in great_circle.metres. PostgreSQL refuses numbers too small for a float: 1000 more
# and 1000 less makes them nothing, and moves a point by less than a micrometre.
METRES = f"""{2 * EARTH_RADIUS!r} * asin(least(1, sqrt(
    power(sin(radians((latitude - :y + 1000) - 1000) / 2), 2)
    + cos(radians(:y)) * cos(radians((latitude + 1000) - 1000))
    * power(sin(radians((longitude - :x + 1000) - 1000) / 2), 2))))"""
"""SQL for the metres from ``:x``, ``:y`` to a row's ``longitude``, ``latitude``."""


def of_here(here: Point) -> dict[str, Any]:
    """Return where somebody is, as values for ``METRES``."""
    return {"x": round(here.longitude, 9), "y": round(here.latitude, 9)}


def nearest_of(found: Iterable[Found], count: int) -> list[Found]:
    """Return the nearest of what was found, each listing once, the nearest first."""
    best: dict[str, Found] = {}
    for one in sorted(found, key=lambda one: (one.metres, one.service)):
        best.setdefault(one.service, one)
    return [*best.values()][:count]
