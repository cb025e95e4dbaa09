"""Small reviewed tables that answers look things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from content.cards import Cards, read_all_cards
from content.languages import Language, read_languages
from content.pictograms import Pictograms, read_pictograms
from content.recordings import Recordings, read_recordings
from content.rights_choice import Fallback
from content.steering_words import SteeringWords, read_steering


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
        early_care: Time limits and codes of care that cannot wait.
        obstacles: What stands in the way of care to the codes of facts that answer it.
        local_names: Local name to the message that explains it.
        offices: Kind of office to its sources and the codes of steps that lead there.
        desk_cards: Language of a country to sentences for a desk, where we do not answer in it.
        pictograms: Pictograms by the message that labels a choice.
        recordings: What is read aloud, by language and message.
        steering: Words that people are told to write.
        coping_sources: Exercise to the pages that it was read from, the one it follows most first.
    """

    fallbacks: Mapping[str, Sequence[Fallback]]
    neighbours: Mapping[str, Sequence[str]]
    kind_lines: Mapping[str, Sequence[str]]
    cities: CityNames
    languages: Mapping[str, Language]
    desk_cards: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cards: Cards = field(default_factory=Cards)
    early_care: Mapping[str, Any] = field(default_factory=dict)
    obstacles: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    local_names: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    pictograms: Pictograms = field(default_factory=lambda: Pictograms({}))
    recordings: Recordings = field(default_factory=Recordings)
    steering: SteeringWords = field(default_factory=SteeringWords)
    coping_sources: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def read_tables(data: Path) -> Tables:
    """Return the tables under ``data``. Raises OSError, YamlError or yaml.YAMLError."""
    languages = read_languages(data / "languages.yml")
    return Tables(
        read_fallbacks(data / "rights" / "status-fallback.yml"),
        _read(data / "packs" / "kind-neighbours.yml"),
        _read(data / "packs" / "kind-lines.yml"),
        CityNames(_read(data / "places" / "city-names.yml")),
        languages,
        desk_cards=_read(data / "desk-cards.yml"),
        cards=read_all_cards(data),
        early_care=_read(data / "rights" / "early-care.yml"),
        obstacles=_read(data / "rights" / "obstacles.yml"),
        local_names=_read(data / "rights" / "local-names.yml")["names"],
        offices=_read(data / "offices.yml"),
        pictograms=read_pictograms(data / "messages"),
        recordings=read_recordings(data / "recordings", tuple(languages)),
        steering=read_steering(data / "steering", tuple(languages)),
        coping_sources=_read(data / "coping" / "sources.yml"),
    )


def read_fallbacks(path: Path) -> dict[str, list[Fallback]]:
    """Return the fallback table: status to the rows that may answer for it, in order."""
    table: dict[str, list[Fallback]] = {}
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        table.setdefault(row["status"], []).append(Fallback(row["falls_to"], row["reason"]))
    return table


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
