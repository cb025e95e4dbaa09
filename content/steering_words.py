"""Whole messages that steer a conversation, by what they do: rows of data/steering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from directory.yaml_lines import read_yaml
from wire.normalise import normalise

SAFE_WORD, EXIT, STOP = "safe_word", "exit", "stop"


@dataclass(frozen=True)
class SteeringWords:
    """The lists under ``data/steering``.

    Attributes:
        by_language: BCP 47 tag to what a message does, to the messages that do it.
    """

    by_language: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def told(self, way: str, language: str) -> str:
        """Return the word that people of a language are told to write; "" without one."""
        return next(iter(self.by_language.get(language, {}).get(way, ())), "")

    def all_of(self, way: str) -> frozenset[str]:
        """Return the messages of every language that do the same, normalised."""
        lists = (words.get(way, ()) for words in self.by_language.values())
        return frozenset(normalise(text) for texts in lists for text in texts)


def read_steering(folder: Path, languages: Iterable[str]) -> SteeringWords:
    """Return the lists of some languages; a language without a file has none.

    Raises YamlError.
    """
    files = {language: folder / f"{language}.yml" for language in languages}
    return SteeringWords(
        {
            language: {str(way): [*map(str, texts)] for way, texts in _rows(file).items()}
            for language, file in files.items()
            if file.exists()
        }
    )


def _rows(file: Path) -> Mapping[str, Sequence[object]]:
    return read_yaml(file).data or {}
