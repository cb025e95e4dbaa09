"""A million listings that nobody runs: those of the packs, told anew for cities of 19 countries.

Each copies a real listing's kinds, layers, audience, status and cost, which belong together, and
stands in a city drawn by its people. Half have a point of their own, scattered around the city.
"""

from __future__ import annotations

import math
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from side import ROOT

from directory.pack_files import pack_folders, read_pack
from directory.withheld import is_withheld, stored

TODAY = date(2026, 11, 24)
# Kinds that no pack has, with how many there are in a million; the first in one country alone.
RARE = {
    "hate_crime_report": 20,
    "debt_advice": 200,
    "volunteering": 2_000,
    "faith_community": 9_000,
}
RARE_COUNTRY = "SE"
_LANGUAGES = ("en", "es", "ar", "fr", "fa", "uk", "ru", "tr", "so", "ti", "ps", "ur", "bn", "ht")
_LANGUAGE_WEIGHTS = (40, 30, 20, 15, 10, 10, 8, 6, 5, 4, 3, 3, 2, 1)
_ACCESS = {"step_free": 0.3, "lift": 0.15, "accessible_toilet": 0.15, "sign_language": 0.03}
_HOURS = ((8, 16), (9, 17), (8, 12), (14, 20), (20, 6))
_WORKDAYS = ["MO", "TU", "WE", "TH", "FR"]


@dataclass(frozen=True)
class City:
    """A city as the bench draws it. ``people`` is its weight."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    people: int


def cities(countries: Sequence[str]) -> list[City]:
    """Return every city of some countries that its own name leads to."""
    with sqlite3.connect(ROOT / "var" / "places.sqlite") as rows:
        marks = ",".join("?" * len(countries))
        found = rows.execute(
            "SELECT id, name, country, latitude, longitude, population FROM place"  # noqa: S608
            f" WHERE country IN ({marks}) ORDER BY id",
            countries,
        )
        return [City(*row) for row in found]


def packs() -> dict[str, Any]:
    """Return the packs by country."""
    read = [read_pack(folder)[0] for folder in pack_folders(ROOT / "data" / "packs")]
    return {pack.country: pack for pack in read if pack is not None}


def listings(
    count: int, drawn: Sequence[City], templates: Sequence[Mapping[str, Any]], seed: int = 6
) -> Iterator[tuple[str, City, dict[str, Any]]]:
    """Yield listings as id, city and body; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  # the same listings each time, not a secret
    rare = iter(_rare(count, dice))
    weights = [city.people for city in drawn]
    abroad = [city for city in drawn if city.country == RARE_COUNTRY]
    batch = 10_000
    for start in range(0, count, batch):
        towns = dice.choices(drawn, weights, k=batch)
        for number, town in enumerate(towns[: count - start], start):
            kind = next(rare)
            city = dice.choice(abroad) if kind == next(iter(RARE)) else town
            entry = f"{city.country.lower()}-s{number + 1000:08d}"
            yield entry, city, stored(_body(entry, city, dice.choice(templates), kind, dice))


def _rare(count: int, dice: random.Random) -> list[str | None]:
    kinds: list[str | None] = [
        kind for kind, often in RARE.items() for _ in range(max(1, often * count // 1_000_000))
    ]
    kinds = [*kinds, *([None] * (count - len(kinds)))]
    dice.shuffle(kinds)
    return kinds


def _body(
    entry: str, city: City, like: Mapping[str, Any], kind: str | None, dice: random.Random
) -> dict[str, Any]:
    spoken = dice.choices(_LANGUAGES, _LANGUAGE_WEIGHTS, k=dice.choice((1, 1, 2, 3)))
    body = {
        **like,
        "id": entry,
        "name": f"{like['organisation']} {city.name}",
        "kinds": [kind] if kind else like["kinds"],
        "scope": like["scope"] if like["scope"] != "unknown" else "city",
        "places": [{"city": city.name, "region": None}] if like["scope"] == "city" else [],
        "phones": [{"number": "000", "kind": "voice"}],
        "hours": _hours(dice),
        "languages_spoken": sorted(set(spoken)),
        "languages_interpreted": ["ar"] if dice.random() < 0.05 else [],
        "cost": {"text": None, "kind": dice.choices(("free", "unknown", "low_cost"), (5, 4, 1))[0]},
        "accessibility": [code for code, share in _ACCESS.items() if dice.random() < share],
        "not_taking": dice.random() < 0.05,
        "verified": str(TODAY - timedelta(days=dice.randrange(500)))
        if dice.random() < 0.7
        else "never",
        "superseded_by": None,
        "confidence": "medium" if like["confidence"] == "low" else like["confidence"],
    }
    if dice.random() < 0.5:
        code = dice.choices(("open", "limited", "full"), (6, 3, 1))[0]
        body["capacity"] = {"code": code, "as_of": str(TODAY)}
    if dice.random() < 0.02:
        body["paused_until"] = str(TODAY + timedelta(days=dice.randrange(-30, 30)))
    if dice.random() < 0.5 and body["scope"] == "city" and not is_withheld(body):
        body["point"] = _around(city, dice)
    return body


def _hours(dice: random.Random) -> dict[str, Any]:
    if dice.random() < 0.3:
        return {"text": None, "always": False, "periods": [], "known": False, "as_of": None}
    if dice.random() < 0.04:
        return {"text": None, "always": True, "periods": [], "known": True, "as_of": None}
    opens, closes = dice.choice(_HOURS)
    days = _WORKDAYS if dice.random() < 0.8 else [*_WORKDAYS, "SA", "SU"]
    period = {"days": days, "opens": f"{opens:02d}:00", "closes": f"{closes:02d}:00"}
    return {"text": None, "always": False, "periods": [period], "known": True, "as_of": None}


def _around(city: City, dice: random.Random) -> dict[str, float]:
    """Return a point near a city: a town of a million people is taken to be some 8 km wide."""
    km = 8.0 * math.sqrt(max(city.people, 500) / 1_000_000)
    north, east = dice.gauss(0, km), dice.gauss(0, km)
    width = 111.2 * math.cos(math.radians(city.latitude))
    return {
        "latitude": round(city.latitude + north / 111.2, 6),
        "longitude": round(city.longitude + east / width, 6),
    }
