"""Which languages are switched on, and how far answers go in each: rows of data/languages.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.yaml_lines import read_yaml


@dataclass(frozen=True)
class Language:
    """A language that is switched on.

    Attributes:
        tag: BCP 47.
        name: Its name in itself.
        short: Only the short set of messages is in it (``data/messages/short.yml``); anything
            else is offered in the languages that are whole.
        reads_too: Languages that its speakers read most often, the likeliest first.
        script: ISO 15924 of its own script.
        messages: How many messages to learn from an intent should have; twice that for danger,
            disclosure, rights and what is out of scope.
        countries: Where people who write in it mostly are, ISO 3166-1 alpha-2; offered when
            the country is asked for.
    """

    tag: str
    name: str
    short: bool = False
    reads_too: tuple[str, ...] = ()
    script: str = "Latn"
    messages: int = 60
    countries: tuple[str, ...] = ()


def read_languages(path: Path) -> dict[str, Language]:
    """Return the languages that are switched on by tag, in the order of the file.

    Raises YamlError.
    """
    rows = (row for row in read_yaml(path).data["languages"] if row.get("enabled", True))
    return {
        row["tag"]: Language(
            row["tag"],
            row.get("name", row["tag"]),
            short=row.get("answers", "full") == "short",
            reads_too=tuple(row.get("reads_too", ())),
            script=row.get("scripts", ["Latn"])[0],
            messages=int(row.get("messages", 60)),
            countries=tuple(row.get("countries", ())),
        )
        for row in rows
    }


def enabled_languages(path: Path) -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that are switched on. Raises YamlError."""
    return tuple(read_languages(path))


def whole(languages: Mapping[str, Language], language: str) -> tuple[str, ...]:
    """Return the languages that everything is said in, likeliest to be read first."""
    tags = [tag for tag, row in languages.items() if not row.short]
    known = languages.get(language)
    first = [tag for tag in known.reads_too if tag in tags] if known else []
    return tuple(dict.fromkeys([*first, *tags]))
