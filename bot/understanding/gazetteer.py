"""Names of towns and countries, from ``var/places.sqlite``, read with the standard library.

Tables, written by ``faro/places.py``::

    place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, latitude REAL, longitude REAL,
          population INTEGER)
    name(normalised TEXT, place INTEGER)             a row for each name in each language
    country_name(normalised TEXT, country TEXT)      country: ISO 3166-1 alpha-2

``normalised`` is what ``wire.normalise.normalise`` makes of a name, ``place.id`` a GeoNames id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wire.normalise import normalise

_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_SHORTEST_MISSPELT = 6  # letters
_SMALLEST_MISSPELT = 5_000  # people: a hamlet is not what a misspelt word means


class NoPlacesError(Exception):
    """``var/places.sqlite`` is missing or was not written by ``faro/places.py``."""


@dataclass(frozen=True)
class Town:
    """A populated place.

    Attributes:
        id: GeoNames id, as digits.
        country: ISO 3166-1 alpha-2.
        population: People.
        by_own_name: Whether it was found by the name that stands on maps.
    """

    id: str
    country: str
    population: int
    by_own_name: bool = True


class Gazetteer:
    """Looks names up. Most words are no names: a set of hashes answers those without the disk."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            raise NoPlacesError("var/places.sqlite is missing")
        self._database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        try:
            rows = self._database.execute("SELECT DISTINCT normalised FROM name")
            hashes = np.fromiter((hash(name) for (name,) in rows), dtype=np.int64)
            countries = self._database.execute("SELECT normalised, country FROM country_name")
            self._countries = dict(countries.fetchall())
        except sqlite3.Error as error:
            raise NoPlacesError("var/places.sqlite cannot be read") from error
        self._hashes = np.sort(hashes)

    def country(self, name: str) -> str | None:
        """Return the country of a normalised name."""
        return self._countries.get(name)

    def towns(self, name: str) -> list[Town]:
        """Return the towns of a normalised name, the largest first."""
        if not self._may_be_a_name(name):
            return []
        query = (
            "SELECT place.id, place.country, place.population, place.name FROM name JOIN place"
            " ON place.id = name.place WHERE name.normalised = ? ORDER BY population DESC, id"
        )
        rows = self._database.execute(query, (name,)).fetchall()
        return [
            Town(str(place), country, people, own_name(normalise(known), name))
            for place, country, people, known in rows
        ]

    def country_of(self, place: str) -> str | None:
        """Return the country of a place's id, or None."""
        if not place.isdigit():
            return None
        query = "SELECT country FROM place WHERE id = ?"
        row = self._database.execute(query, (int(place),)).fetchone()
        return str(row[0]) if row else None

    def meant(self, name: str) -> str | None:
        """Return the name that a misspelt one means: the largest town's or a country's, or None."""
        if len(name) < _SHORTEST_MISSPELT:
            return None
        best, people = None, _SMALLEST_MISSPELT
        for near in _one_away(name):
            if near in self._countries:
                return near
            for town in self.towns(near)[:1]:
                if town.population > people:
                    best, people = near, town.population
        return best

    def _may_be_a_name(self, name: str) -> bool:
        key = hash(name)
        at = int(np.searchsorted(self._hashes, key))
        return at < len(self._hashes) and int(self._hashes[at]) == key


def own_name(known: str, name: str) -> bool:
    """Return whether a name is a town's own one and not one of its other names."""
    return known == name or known.startswith(f"{name} ") or known.endswith(f" {name}")


def _one_away(name: str) -> Iterator[str]:
    """Yield what differs from ``name`` by one letter, or by two swapped neighbours."""
    for i in range(len(name)):
        yield name[:i] + name[i + 1 :]
        if i + 1 < len(name):
            yield name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        for letter in _LETTERS:
            yield name[:i] + letter + name[i + 1 :]
            yield name[:i] + letter + name[i:]
    for letter in _LETTERS.strip():
        yield name + letter
