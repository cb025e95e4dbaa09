"""What is written together with a word in some languages: articles, prepositions, endings.

Arabic writes "and in the hospital" as one word, French "l'hôpital". ``data/languages.yml`` says
which letters a language joins, and each word is looked up without them as well.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from wire.normalise import normalise

_MOST_READINGS = 8


@dataclass(frozen=True)
class Clitics:
    """What one language joins to its words, normalised.

    Attributes:
        before: What may stand at the start of a word.
        after: What may stand at its end.
        spelt: Letters that stand for others ("ue" for "ü"), and what those are folded to.
        leaves: Letters that must be left of a word.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    spelt: tuple[tuple[str, str], ...] = ()
    leaves: int = 3

    @classmethod
    def from_row(cls, row: object) -> Clitics:
        """Return what a row of ``data/languages.yml`` says under ``clitics``; nothing for None."""
        if not isinstance(row, dict):
            return NONE
        spelt = row.get("spelt") or {}
        return cls(
            before=_longest_first(row.get("before") or ()),
            after=_longest_first(row.get("after") or ()),
            spelt=tuple((normalise(two), normalise(one)) for two, one in spelt.items()),
            leaves=int(row.get("leaves", 3)),
        )

    def __bool__(self) -> bool:
        """Return whether the language joins anything."""
        return bool(self.before or self.after or self.spelt)


NONE = Clitics()


@functools.lru_cache(maxsize=20_000)
def readings(word: str, clitics: Clitics) -> tuple[str, ...]:
    """Return what else a normalised word may be: without what is joined to it, likeliest first."""
    if not clitics:
        return ()
    found = dict.fromkeys(_readings(word, clitics))
    found.pop(word, None)
    return tuple(found)[:_MOST_READINGS]


def _readings(word: str, clitics: Clitics) -> Iterator[str]:
    starts = [word[len(part) :] for part in clitics.before if word.startswith(part)]
    bare = [word, *(rest for rest in starts if len(rest) >= clitics.leaves)]
    yield from bare
    for rest in bare:
        for part in clitics.after:
            if rest.endswith(part) and len(rest) - len(part) >= clitics.leaves:
                yield rest[: -len(part)]
    for two, one in clitics.spelt:
        if two in word and len(word) > clitics.leaves:
            yield word.replace(two, one)


def _longest_first(parts: object) -> tuple[str, ...]:
    assert isinstance(parts, (list, tuple))  # noqa: S101  # the check reads the file before
    return tuple(
        sorted({normalise(str(part)) for part in parts} - {""}, key=lambda p: (-len(p), p))
    )
