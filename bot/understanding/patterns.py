"""The pattern language of ``data/safeguarding``, and what it becomes for spaCy's Matcher.

One token a word: ``a|b`` alternatives, ``stem*`` any ending, ``word?`` and ``a|b|`` may be
missing, ``_`` any one word, ``~3`` up to three words of anything, ``#`` a number, also among
alternatives.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from wire.normalise import normalise

MOST_SKIPPED = 9
_NUMBER = re.compile(r"~(\d)")


class PatternError(ValueError):
    """A pattern that cannot be read. Names the pattern, which is ours and nobody's words."""


def compile_pattern(pattern: str) -> list[dict[str, Any]]:
    """Return spaCy token patterns for one pattern. Raises PatternError."""
    tokens: list[dict[str, Any]] = []
    for written in pattern.split():
        tokens.extend(_token(written, pattern))
    if not required(pattern):
        raise PatternError(f"no word that must be there: {pattern}")
    return tokens


def required(pattern: str) -> tuple[frozenset[str], ...]:
    """Return, for each word that must be there, what it may be; a stem keeps its ``*``.

    The first is the one to look for: the longest, since it stands in the fewest messages.
    """
    needed = [written for written in pattern.split() if _is_required(written)]
    keys = [frozenset(_key(word) for word in written.split("|")) for written in needed]
    return tuple(sorted(keys, key=lambda words: -min(len(word) for word in words)))


def keys_of_words(words: Iterable[str]) -> set[str]:
    """Return what the words of a message can be in :func:`required`: themselves and their stems."""
    distinct = set(words)
    stems = {word[:length] + "*" for word in distinct for length in range(1, len(word) + 1)}
    return distinct | stems


def words_in(pattern: str) -> Iterator[str]:
    """Yield every word of a pattern, normalised; a stem keeps its ``*``."""
    for written in pattern.split():
        if written not in ("_", "#") and not _NUMBER.fullmatch(written):
            yield from (
                _key(word) for word in written.rstrip("?").split("|") if word not in ("#", "")
            )


def _is_required(written: str) -> bool:
    number = "#" in written.split("|")
    free = written in ("_", "#") or _NUMBER.fullmatch(written)
    return not number and not free and not _may_be_missing(written)


def _may_be_missing(written: str) -> bool:
    return written.endswith("?") or "" in written.split("|")


@functools.lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return normalise(word) + ("*" if word.endswith("*") else "")


def _token(written: str, pattern: str) -> list[dict[str, Any]]:
    if written == "_":
        return [{}]
    if written == "#":
        return [{"LIKE_NUM": True}]
    if skipped := _NUMBER.fullmatch(written):
        return [{"OP": "?"}] * int(skipped[1])
    optional = {"OP": "?"} if _may_be_missing(written) else {}
    alternatives = written.rstrip("?").split("|")
    number = "#" in alternatives
    alternatives = [a for a in alternatives if a not in ("#", "")]
    exact = [word for a in alternatives if not a.endswith("*") for word in [normalise(a)]]
    stems = [normalise(a) for a in alternatives if a.endswith("*")]
    if not all(exact) or not all(stems) or any(" " in word for word in [*exact, *stems]):
        raise PatternError(f"not one word each: {pattern}")
    if not stems and not number:
        return [{"LOWER": {"IN": exact}, **optional}]
    either = "|".join([*(re.escape(w) for w in exact), *(f"{re.escape(s)}.*" for s in stems)])
    either += r"|\d+" if number else ""
    return [{"LOWER": {"REGEX": f"^(?:{either})$"}, **optional}]
