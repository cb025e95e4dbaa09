"""Cities by number and by name, from var/places.sqlite (GeoNames through a library).

The table is written by ``faro.places`` and read by the enclave too; see there for its shape.
"""

from __future__ import annotations

import math
import sqlite3
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from wire.normalise import normalise

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_COLUMNS = "id, name, country, latitude, longitude, population, zone"
_REMEMBERED = 10_000  # cities by name, which only packs, files and operators write


class PlacesMissingError(RuntimeError):
    """var/places.sqlite is not there. `make setup` writes it."""


@dataclass(frozen=True)
class Place:
    """A city. ``latitude`` and ``longitude`` in degrees (WGS 84); ``zone`` is an IANA name."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    zone: str = ""


class Gazetteer:
    """Read-only questions to the places. Opens one connection; safe for one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the table. Raises PlacesMissingError."""
        if not path.exists():
            raise PlacesMissingError(f"{path} is missing: run make setup")
        self._rows = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )
        # Looked up thrice for each listing of a load or an import, and most are in the same cities.
        self._named = lru_cache(_REMEMBERED)(partial(_named, self._rows))
        # Whoever drops the gazetteer drops its connection too.
        self._closing = weakref.finalize(self, self._rows.close)

    def close(self) -> None:
        """Close the connection; nothing can be asked after it."""
        self._closing()

    def place(self, number: int) -> Place | None:
        """Return the place with this GeoNames number, or None."""
        found = self._rows.execute(
            f"SELECT {_COLUMNS} FROM place WHERE id = ?",  # noqa: S608 -- names of ours
            (number,),
        ).fetchone()
        return Place(*found) if found else None

    def numbered(self, number: str | None) -> Place | None:
        """Return a place by its number as it stands in slots and values; None for anything else."""
        return self.place(int(number)) if number and number.isdigit() else None

    def named(self, name: str, country: str) -> Place | None:
        """Return the most populous place of that name in a country, or None."""
        return self._named(name, country)

    def largest(self, country: str, most: int) -> list[Place]:
        """Return the most populous places of a country, at most so many."""
        found = self._rows.execute(
            f"SELECT {_COLUMNS} FROM place"  # noqa: S608 -- names of ours
            " WHERE country = ? ORDER BY population DESC, id LIMIT ?",
            (country, most),
        ).fetchall()
        return [Place(*row) for row in found]


def _named(rows: sqlite3.Connection, name: str, country: str) -> Place | None:
    found = rows.execute(
        f"SELECT {_COLUMNS}"  # noqa: S608 -- names of ours
        " FROM name JOIN place ON place.id = name.place"
        " WHERE normalised = ? AND country = ?"
        " ORDER BY population DESC LIMIT 1",
        (normalise(name), country),
    ).fetchone()
    return Place(*found) if found else None


def distance_km(here: Place, points: Iterable[tuple[float, float]]) -> float | None:
    """Return the great-circle distance to the nearest point in km, or None without points.

    Haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope, 1984).
    """
    distances = [_haversine(here.latitude, here.longitude, *point) for point in points]
    return min(distances, default=None)


def _haversine(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
