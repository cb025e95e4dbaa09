"""Names of towns and countries, from ``var/places.sqlite``, read with the standard library.

Tables, written by ``faro/places.py``::

    place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, latitude REAL, longitude REAL,
          population INTEGER)
    name(normalised TEXT, place INTEGER)             a row for each name in each language
    said(normalised TEXT, place INTEGER)             those of them in data/places/<language>.yml
    country_name(normalised TEXT, country TEXT)      country: ISO 3166-1 alpha-2

``normalised`` is what ``wire.normalise.normalise`` makes of a name, ``place.id`` a GeoNames id.
"""

from __future__ import annotations

import bisect
import functools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wire.normalise import normalise
from wire.scripts import script_of

# What may be missing in a name. Bengali and Ge'ez signs are many, and few of their names are known.
_LETTERS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz ",
    "Cyrl": "абвгдежзиклмнопрстуфхцчшщъыьэюяєі ",
    "Grek": "αβγδεζηθικλμνξοπρστυφχψω ",
    "Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ ",
}
_SHORTEST_MISSPELT = 5  # letters
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
        by_own_name: Whether it was found by the name that stands on maps, or that a language
            has for it, and not by a nickname or an airport's code.
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
            self._said = frozenset(self._database.execute("SELECT normalised, place FROM said"))
        except sqlite3.Error as error:
            raise NoPlacesError("var/places.sqlite cannot be read") from error
        self._hashes = np.sort(hashes) if len(hashes) else np.zeros(1, dtype=np.int64)
        self._country_names = sorted(self._countries)
        self.towns = functools.lru_cache(maxsize=20_000)(self._towns)
        self.meant = functools.lru_cache(maxsize=5_000)(self._meant)

    def country(self, name: str) -> str | None:
        """Return the country of a normalised name."""
        return self._countries.get(name)

    def is_said(self, name: str) -> bool:
        """Return whether people call a town by a normalised name, as our own lists have it."""
        return any((name, int(town.id)) in self._said for town in self.towns(name))

    def longer(self, start: str, most: int) -> list[str]:
        """Return the names that begin with ``start`` and have at most ``most`` letters more."""
        end, longest = start + "\U0010ffff", len(start) + most
        first = bisect.bisect_left(self._country_names, start)
        last = bisect.bisect_left(self._country_names, end)
        query = "SELECT DISTINCT normalised FROM name WHERE normalised >= ? AND normalised < ?"
        rows = self._database.execute(query, (start, end))
        towns = [name for (name,) in rows if len(name) <= longest]
        return [*(n for n in self._country_names[first:last] if len(n) <= longest), *towns]

    def _towns(self, name: str) -> tuple[Town, ...]:
        """Return the towns of a normalised name, the largest first."""
        if not self.may_be_towns((name,))[0]:
            return ()
        query = (
            "SELECT place.id, place.country, place.population, place.name FROM name JOIN place"
            " ON place.id = name.place WHERE name.normalised = ? ORDER BY population DESC, id"
        )
        rows = self._database.execute(query, (name,)).fetchall()
        return tuple(
            Town(str(place), country, people, self._is_own(known, name, place))
            for place, country, people, known in rows
        )

    def _is_own(self, known: str, name: str, place: int) -> bool:
        own = own_name(normalise(known), name) or (name, place) in self._said
        return own or script_of(name) != "Latn"

    def country_of(self, place: str) -> str | None:
        """Return the country of a place's id, or None."""
        if not place.isdigit():
            return None
        query = "SELECT country FROM place WHERE id = ?"
        row = self._database.execute(query, (int(place),)).fetchone()
        return str(row[0]) if row else None

    def _meant(self, name: str) -> str | None:
        """Return the name that a misspelt one means: the largest town's or a country's, or None."""
        if len(name) < _SHORTEST_MISSPELT:
            return None
        best, people = None, _SMALLEST_MISSPELT
        near = list(dict.fromkeys(_one_away(name, _LETTERS.get(script_of(name), ""))))
        for other, is_name in zip(near, self.may_be_towns(near), strict=True):
            if other in self._countries:
                return other
            for town in self.towns(other)[:1] if is_name else ():
                if town.population > people:
                    best, people = other, town.population
        return best

    def may_be_towns(self, names: Sequence[str]) -> NDArray[np.bool_]:
        """Return which of ``names`` may be names of towns; a wrong yes is rare."""
        keys = np.fromiter((hash(name) for name in names), dtype=np.int64, count=len(names))
        at = np.minimum(np.searchsorted(self._hashes, keys), len(self._hashes) - 1)
        found: NDArray[np.bool_] = self._hashes[at] == keys
        return found


def own_name(known: str, name: str) -> bool:
    """Return whether a name is a town's own one and not one of its other names."""
    return known == name or known.startswith(f"{name} ") or known.endswith(f" {name}")


def _one_away(name: str, letters: Iterable[str]) -> Iterator[str]:
    """Yield what differs from ``name`` by one letter, or by two swapped neighbours."""
    for i in range(len(name)):
        yield name[:i] + name[i + 1 :]
        if i + 1 < len(name):
            yield name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        for letter in letters:
            yield name[:i] + letter + name[i + 1 :]
            yield name[:i] + letter + name[i:]
    for letter in letters:
        yield name + letter
