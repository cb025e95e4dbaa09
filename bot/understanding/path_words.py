"""Free words that answer a question of the path to the right support, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wire.normalise import normalise

_MIXED_INTO_ALL = "en"


@dataclass(frozen=True)
class PathWords:
    """Read once.

    Attributes:
        phrases: Language to its phrases.
    """

    phrases: Mapping[str, tuple[tuple[str, str, str], ...]] = field(repr=False)

    def find(self, language: str, text: str) -> dict[str, str]:
        """Return slot to code for the longest phrase of each slot in a normalised text."""
        padded = f" {text} "
        found: dict[str, str] = {}
        for phrase, slot, code in self._of(language):
            if slot not in found and f" {phrase}" in padded:
                found[slot] = code
        return found

    def _of(self, language: str) -> tuple[tuple[str, str, str], ...]:
        own = self.phrases.get(language, ())
        mixed = self.phrases.get(_MIXED_INTO_ALL, ())
        return own if language == _MIXED_INTO_ALL else (*own, *mixed)


def path_words(written: Mapping[str, Mapping[str, Mapping[str, list[str]]]]) -> PathWords:
    """Return the phrases as they stand in ``data/triage/words.yml``, longest first."""
    return PathWords(
        {
            language: tuple(
                sorted(
                    (
                        (_pattern(phrase), slot, code)
                        for slot, codes in slots.items()
                        for code, phrases in codes.items()
                        for phrase in phrases
                    ),
                    # "for me" stands in "for my daughter" as well, in some languages.
                    key=lambda row: (row[2] == "self", -len(row[0])),
                )
            )
            for language, slots in written.items()
        }
    )


def _pattern(phrase: str) -> str:
    words = normalise(phrase.removesuffix("*"))
    return words if phrase.endswith("*") else f"{words} "
