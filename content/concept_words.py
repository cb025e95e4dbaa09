"""The concepts that rumours are recognised by, with some of their words, for who writes a card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.yaml_lines import read_yaml

_LISTED_IN = "en"  # where a language has no list of its own


@cache
def concept_words(data: Path, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each concept in a language, as they are compared, by its name.

    Args:
        data: Holds ``concepts/meanings.yml`` and a list for each language.
        language: BCP 47 tag; English where it has no list.

    Raises:
        directory.yaml_lines.YamlError: A list cannot be read.
    """
    folder = data / "concepts"
    own = folder / f"{language}.yml"
    listed = read_yaml(own if own.exists() else folder / f"{_LISTED_IN}.yml").data
    names = read_yaml(folder / "meanings.yml").data
    named = sorted(name for name in names if isinstance(name, str))  # YAML reads YES as true
    return {name: tuple(map(str, listed.get(name) or ())) for name in named}
