"""Small reviewed tables that answers look things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.languages import Language, read_languages
from content.rights_choice import Fallback


@dataclass(frozen=True)
class CityNames:
    """What cities are called in a language, where it is not as in the packs."""

    names: Mapping[str, Mapping[str, Mapping[str, str]]]

    def name(self, country: str, city: str, language: str) -> str:
        """Return the name of a city of a country in a language; as it is without a row."""
        return self.names.get(country, {}).get(city, {}).get(language, city)


@dataclass(frozen=True)
class Tables:
    """Read once; never changes while running.

    Attributes:
        fallbacks: Status to the statuses that may answer for it.
        neighbours: Kind of service to the kinds nearest to it.
        kind_lines: Kind of service to the purposes of lines that may know one.
        cities: Names of cities by language.
        languages: The languages that are switched on, by tag.
    """

    fallbacks: Mapping[str, Sequence[Fallback]]
    neighbours: Mapping[str, Sequence[str]]
    kind_lines: Mapping[str, Sequence[str]]
    cities: CityNames
    languages: Mapping[str, Language]


def read_tables(data: Path) -> Tables:
    """Return the tables under ``data``. Raises OSError, YamlError or yaml.YAMLError."""
    return Tables(
        read_fallbacks(data / "rights" / "status-fallback.yml"),
        _read(data / "packs" / "kind-neighbours.yml"),
        _read(data / "packs" / "kind-lines.yml"),
        CityNames(_read(data / "places" / "city-names.yml")),
        read_languages(data / "languages.yml"),
    )


def read_fallbacks(path: Path) -> dict[str, list[Fallback]]:
    """Return the fallback table: status to the rows that may answer for it, in order."""
    table: dict[str, list[Fallback]] = {}
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        table.setdefault(row["status"], []).append(Fallback(row["falls_to"], row["reason"]))
    return table


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
