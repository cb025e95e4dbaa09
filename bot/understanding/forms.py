"""Finds written forms, of one or several words, in a list of words.

A form's word may be a stem (``embaraz*``). Longer words are found with one letter wrong,
missing, too much or swapped with its neighbour.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from bot.understanding.clitics import NONE, Clitics, readings
from wire.normalise import fold, normalise

SHORTEST_MISSPELT = 7  # letters; shorter words turn into other words too easily
SHORTEST_STEM = 4
_END = 3  # letters
_MOST_READ = 20_000  # words kept


@dataclass(frozen=True)
class Hit:
    """A form that was found.

    Attributes:
        name: What the form stands for.
        start: Index of its first word.
        end: Index behind its last word.
    """

    name: str
    start: int
    end: int


class Forms:
    """A set of forms, each with the name it stands for. Does not change once it is made.

    With ``misspelt=False`` only exact words count: "Germany" is no misspelt "Germans". What a
    language joins to its words (``clitics``) is taken off where the whole word is no form.
    """

    def __init__(
        self, named: Iterable[tuple[str, str]], *, misspelt: bool = True, clitics: Clitics = NONE
    ) -> None:
        self._single: dict[str, list[str]] = {}
        self._several: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        self._words: set[str] = set()
        for name, form in named:
            keys = keys_of(form)
            self._words.update(keys)
            if len(keys) == 1:
                self._single.setdefault(keys[0], []).append(name)
            elif keys:
                self._several.setdefault((keys[0], keys[1]), []).append((keys, name))
        stems = {len(word) - 1 for word in self._words if word.endswith("*")}
        self._stem_lengths = tuple(sorted(stems))
        self._mends = misspelt
        self._clitics = clitics
        self._read: dict[str, tuple[str, ...]] = {}  # grows with the words met

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return every form in ``words``, in order; forms inside of others too."""
        readings = [self.readings(word) for word in words]
        found: dict[Hit, None] = {}
        for start, first in enumerate(readings):
            for key in first:
                for name in self._single.get(key, ()):
                    found[Hit(name, start, start + 1)] = None
            for pair in product(first, readings[start + 1] if start + 1 < len(readings) else ()):
                for keys, name in self._several.get(pair, ()):
                    if _goes_on(keys, readings, start):
                        found[Hit(name, start, start + len(keys))] = None
        return list(found)

    def readings(self, word: str) -> tuple[str, ...]:
        """Return the words of forms that ``word`` may be: itself, stems, a misspelling."""
        found = self._read.get(word)
        if found is None:
            found = tuple(self._readings(word))
            if len(self._read) < _MOST_READ:
                self._read[word] = found
        return found

    def _readings(self, word: str) -> list[str]:
        found = self._exact(word)
        for bare in readings(word, self._clitics) if self._clitics else ():
            found += [key for key in self._exact(bare) if key not in found]
        if not found and self._mends and len(word) >= SHORTEST_MISSPELT and word.isalpha():
            found = sorted(self._meant(word))
        return found

    def _exact(self, word: str) -> list[str]:
        found = [word] if word in self._words else []
        stems = (word[:length] + "*" for length in self._stem_lengths if length <= len(word))
        return [*found, *(stem for stem in stems if stem in self._words)]

    def _meant(self, word: str) -> set[str]:
        # Whatever is wrong with one letter, the first three are right or the last three.
        ends = self._ends
        near = {*ends.get(word[:_END] + "-", ()), *ends.get("-" + word[-_END:], ())}
        return {known for known in near if one_apart(word, known)}

    @functools.cached_property
    def _ends(self) -> dict[str, list[str]]:
        """Long words by their first and by their last letters; made when it is first needed."""
        found: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= SHORTEST_MISSPELT and word.isalpha():
                found.setdefault(word[:_END] + "-", []).append(word)
                found.setdefault("-" + word[-_END:], []).append(word)
        return found


def keys_of(form: str) -> tuple[str, ...]:
    """Return the normalised words of a form; a stem keeps its ``*``."""
    keys: list[str] = []
    for part in fold(form).split():
        words = normalise(part).split()
        keys.extend(words)
        if part.endswith("*") and words and len(words[-1]) >= SHORTEST_STEM:
            keys[-1] += "*"
    return tuple(keys)


def one_apart(one: str, other: str) -> bool:
    """Return whether two words differ by one letter or by two swapped neighbours, at most."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    first = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[first:] == other[first + 1 :]
    rest, swapped = one[first + 1 :], one[first : first + 2][::-1] + one[first + 2 :]
    return rest == other[first + 1 :] or swapped == other[first:]


def _goes_on(keys: tuple[str, ...], readings: Sequence[tuple[str, ...]], start: int) -> bool:
    if start + len(keys) > len(readings):
        return False
    return all(key in readings[start + i] for i, key in enumerate(keys))
