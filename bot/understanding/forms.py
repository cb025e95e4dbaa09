"""Finds written forms, of one or several words, in a list of words.

A form's word may be a stem (``embaraz*``). Longer words are found with one letter wrong,
missing, too much or swapped with its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wire.normalise import fold, normalise

SHORTEST_MISSPELT = 7  # letters; shorter words turn into other words too easily
SHORTEST_STEM = 4


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

    With ``misspelt=False`` only exact words count: "Germany" is no misspelt "Germans".
    """

    def __init__(self, named: Iterable[tuple[str, str]], *, misspelt: bool = True) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._words: set[str] = set()
        for name, form in named:
            if keys := keys_of(form):
                self._by_first.setdefault(keys[0], []).append((keys, name))
                self._words.update(keys)
        whole = (word for word in self._words if not word.endswith("*"))
        self._misspelt = _misspellings(whole) if misspelt else {}

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return every form in ``words``, in order; forms inside of others too."""
        readings = [self.readings(word) for word in words]
        found: dict[Hit, None] = {}
        for start, first in enumerate(readings):
            for key in first:
                for keys, name in self._by_first.get(key, ()):
                    if _goes_on(keys, readings, start):
                        found[Hit(name, start, start + len(keys))] = None
        return list(found)

    def readings(self, word: str) -> list[str]:
        """Return the words of forms that ``word`` may be: itself, stems, a misspelling."""
        found = [word] if word in self._words else []
        for length in range(SHORTEST_STEM, len(word) + 1):
            stem = word[:length] + "*"
            if stem in self._words:
                found.append(stem)
        if not found and len(word) >= SHORTEST_MISSPELT and word.isalpha():
            found.extend(sorted(self._meant(word)))
        return found

    def _meant(self, word: str) -> set[str]:
        keys = [word, *_without_one(word)]
        near = {known for key in keys for known in self._misspelt.get(key, ())}
        return {known for known in near if one_apart(word, known)}


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


def _goes_on(keys: tuple[str, ...], readings: Sequence[list[str]], start: int) -> bool:
    if start + len(keys) > len(readings):
        return False
    return all(key in readings[start + i] for i, key in enumerate(keys))


def _without_one(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _misspellings(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return long words by what is left of them without one letter, and by themselves."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_MISSPELT and word.isalpha():
            for key in {word, *_without_one(word)}:
                found[key] = (*found.get(key, ()), word)
    return found
