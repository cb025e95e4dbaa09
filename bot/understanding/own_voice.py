"""What our own messages and concepts say about the language of a word.

Each word speaks for the languages whose messages hold it, and with its letters for the languages
whose words look like it. Transliterated words count like all others: they are in the messages.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wire.normalise import is_word_character, normalise
from wire.scripts import script_of

_LONGEST_GRAM = 4
_FEWEST = 3  # times that letters must be seen in a row, over all languages
_PRIOR_OF_WORD = 1_500.0  # words that a language seems to have seen before its first
_PRIOR_OF_LETTERS = 3_000.0
_STEP = 16.0  # whole numbers a unit of log odds, in the stored table
_LETTERS_COUNT = 0.15  # letters in a row overlap: they do not speak independently
_MOST_OF_ONE_WORD = 5.0  # log odds: one word never decides against all others
_LONGEST_WORD = 24
_STRETCHED = re.compile(r"(.)\1{2,}")
_APOSTROPHES = frozenset("'’‘ʼʹ`´ʻ‛ـ")


class OwnVoice:
    """Tells how much each word speaks for each language. Does not change once it is made."""

    def __init__(self, tags: Sequence[str], grams: Sequence[str], table: NDArray[np.int8]) -> None:
        self.tags = tuple(tags)
        self._rows = {gram: row for row, gram in enumerate(grams)}
        self._table = table
        self.weigh = functools.lru_cache(maxsize=20_000)(self._weigh)

    def knows(self, word: str) -> bool:
        """Return whether a word as :func:`written` gives it is in any message or concept."""
        return _whole(word) in self._rows

    def _weigh(self, word: str) -> NDArray[np.float64]:
        """Return the log odds of each language for a word of :func:`written`; 0 at most."""
        rows = [self._rows[gram] for gram in _grams(word) if gram in self._rows]
        score = self._table[rows].sum(axis=0, dtype=np.float64) * (_LETTERS_COUNT / _STEP)
        whole = self._rows.get(_whole(word))
        if whole is not None:
            score += self._table[whole] / _STEP
        return np.asarray(np.maximum(score - score.max(), -_MOST_OF_ONE_WORD))


def learn(messages: Iterable[tuple[str, str]]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return arrays and lists to store, from texts and their languages; see :func:`own_voice`."""
    words: dict[str, Counter[str]] = {}
    for tag, text in messages:
        words.setdefault(tag, Counter()).update(written(text))
    tags = sorted(words)
    whole = {
        tag: _summed((_whole(word), times) for word, times in counts.items())
        for tag, counts in words.items()
    }
    letters = {
        tag: _summed((gram, times) for word, times in counts.items() for gram in _grams(word))
        for tag, counts in words.items()
    }
    seen = sum(letters.values(), Counter())
    often = sorted(gram for gram, times in seen.items() if times >= _FEWEST)
    known = sorted({word for counts in whole.values() for word in counts})
    table = np.concatenate(
        [_odds(tags, known, whole, _PRIOR_OF_WORD), _odds(tags, often, letters, _PRIOR_OF_LETTERS)]
    )
    return {"table": table}, {"tags": tags, "grams": [*known, *often]}


def own_voice(arrays: Mapping[str, NDArray[Any]], lists: Mapping[str, Any]) -> OwnVoice:
    """Return what :func:`learn` learnt."""
    return OwnVoice(lists["tags"], lists["grams"], arrays["table"])


def written(text: str) -> list[str]:
    """Return the words of a text in small letters, accents kept, without digits and signs."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_SIGNS)
    return [_STRETCHED.sub(r"\1", word)[:_LONGEST_WORD] for word in small.split()]


def _odds(
    tags: Sequence[str],
    grams: Sequence[str],
    counts: Mapping[str, Counter[str]],
    prior: float,
) -> NDArray[np.int8]:
    """Return how much likelier each gram is in each language than in all, as log odds.

    A language of few messages says little by a gram that it has not: Dirichlet smoothing.
    """
    if not grams:
        return np.zeros((0, len(tags)), dtype=np.int8)
    times = np.array([[counts[tag][gram] for tag in tags] for gram in grams], dtype=np.float64)
    times = times.reshape(len(grams), len(tags))
    scripts = np.array([script_of(gram) for gram in grams])
    # Of all Latin letters of a language that has its own script: transliterated text is compared
    # with text, and not every word of it speaks against the language.
    totals = np.zeros_like(times)
    for script in np.unique(scripts):
        totals[scripts == script] = times[scripts == script].sum(axis=0)
    everywhere = (times / np.maximum(totals, 1)).mean(axis=1, keepdims=True)
    likelier = (times / np.maximum(everywhere, 1e-12) + prior) / (totals + prior)
    odds: NDArray[np.int8] = np.clip(np.rint(np.log(likelier) * _STEP), -127, 127).astype(np.int8)
    return odds


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, times in counts:
        total[name] += times
    return total


@functools.lru_cache(maxsize=20_000)
def _whole(word: str) -> str:
    return f"={normalise(word)}"


def _grams(word: str) -> Iterator[str]:
    framed = f"_{word}_"
    for size in range(1, _LONGEST_GRAM + 1):
        for start in range(len(framed) - size + 1):
            yield framed[start : start + size]


class _Signs(dict[int, "int | str"]):
    """What each character is for a word: itself, nothing, or the end of it."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        kept: int | str = " "
        if character in _APOSTROPHES or unicodedata.category(character) == "Cf":
            kept = " " if character == "\u200c" else ""
        elif is_word_character(character) and not character.isdigit():
            kept = code
        if len(self) < 20_000:  # noqa: PLR2004  # characters, not messages
            self[code] = kept
        return kept


_SIGNS = _Signs()
