"""The held-back messages: written apart from the training, never trained on, open to everybody.

``data/held-back/<language>/messages.yml`` has the form of the training messages. Its blocks may
say ``form`` (misspelt, transliterated, mixed), ``hard`` (what only sounds like a danger: idiom,
negation, news, joke, past, quotation) and ``accept``, other intents that answer as well.
``places.yml`` beside it has rows of ``text``, the ``country`` and ``city`` where the person is
(null when none is said), and ``not``: countries that are named and are not where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.examples import messages_in


@dataclass(frozen=True)
class Labelled:
    """A message and what it means.

    Attributes:
        intents: The right intent first, then those that answer as well.
        form: ``misspelt``, ``transliterated``, ``mixed``, or None for clean writing.
        hard: Why it only sounds like a danger, or None.
    """

    language: str
    text: str = field(repr=False)
    intents: tuple[str, ...]
    form: str | None = None
    hard: str | None = None


@dataclass(frozen=True)
class Placed:
    """A message and where the person is.

    Attributes:
        country: ISO 3166-1 alpha-2, or None where none is said.
        city: Its name, or None.
        elsewhere: Countries that it names and where the person is not.
    """

    language: str
    text: str = field(repr=False)
    country: str | None
    city: str | None
    elsewhere: frozenset[str] = frozenset()


def read_labelled(folder: Path, languages: Sequence[str]) -> list[Labelled]:
    """Return the held-back messages of some languages."""
    return [
        Labelled(
            language,
            text,
            (block["intent"], *_listed(told.get("accept"))),
            told.get("form"),
            told.get("hard"),
        )
        for language in languages
        for block in _read(folder / language / "messages.yml", "nlu")
        for told in [dict(block.get("metadata") or {})]
        for text in messages_in(str(block["examples"]))
    ]


def read_placed(folder: Path, languages: Sequence[str]) -> list[Placed]:
    """Return the held-back messages about places of some languages."""
    return [
        Placed(
            language,
            str(row["text"]),
            row.get("country"),
            row.get("city"),
            frozenset(_listed(row.get("not"))),
        )
        for language in languages
        for row in _read(folder / language / "places.yml", None)
    ]


def _read(file: Path, key: str | None) -> list[Any]:
    if not file.exists():
        return []
    # Every value a string: NO is a country, not false. Null stays null.
    written = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506  # a safe loader
    return list((written.get(key) if key else written) or [])


class _Loader(yaml.CSafeLoader):
    """Knows strings and null."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag == "tag:yaml.org,2002:null"]
    for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
