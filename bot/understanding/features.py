"""A message as numbers: n-grams of letters, words and pairs of words, concepts and their pairs.

Letters carry endings and misspellings, words what letters cannot tell apart, concepts what
is the same in every language. Each block has length one times its share, so that none drowns
the others.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations, pairwise

import numpy as np
from numpy.typing import NDArray

SHORTEST_NGRAM, LONGEST_NGRAM = 2, 4  # letters of a word, the spaces around it included
_MOST_WORDS = 120  # of a message that n-grams are taken from; it says what it wants sooner
_MOST_CONCEPTS = 24  # whose pairs are looked at
# Block -> its length in the vector, and in how many messages a feature must stand to count.
BLOCKS: Mapping[str, tuple[float, int]] = {"c": (1.2, 2), "w": (1.0, 1), "k": (0.5, 1)}
_SEEN_BEFORE = 0.5  # share of the longest n-grams that makes unseen words a misspelling of known

Document = Mapping[str, Sequence[str]]


def features_of(words: Sequence[str], concepts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the features that stand in a message, by block, each once."""
    words = words[:_MOST_WORDS]
    letters = chain.from_iterable(ngrams(word) for word in words)
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    named = sorted(set(concepts))
    both = (f"{one}+{other}" for one, other in combinations(named[:_MOST_CONCEPTS], 2))
    return {
        "c": tuple(dict.fromkeys(letters)),
        "w": tuple(dict.fromkeys([*words, *pairs])),
        "k": (*named, *both),
    }


@functools.lru_cache(maxsize=50_000)
def ngrams(word: str) -> tuple[str, ...]:
    """Return the n-grams of a word; the space before and after it counts as a letter."""
    text = f" {word[:40]} "
    sizes = range(SHORTEST_NGRAM, LONGEST_NGRAM + 1)
    return tuple(text[i : i + size] for size in sizes for i in range(len(text) - size + 1))


class Vocabulary:
    """Which features count, and how rare each one is.

    Attributes:
        rarity: Inverse document frequency of each feature, in the order of the columns.
    """

    def __init__(self, names: Sequence[str], rarity: NDArray[np.float32]) -> None:
        self.rarity = rarity
        self._columns: dict[str, dict[str, int]] = {block: {} for block in sorted(BLOCKS)}
        for column, name in enumerate(names):
            self._columns[name[0]][name[2:]] = column

    @property
    def names(self) -> tuple[str, ...]:
        """The features, ``block:feature``, in the order of the columns; made when asked for."""
        return tuple(f"{block}:{name}" for block, known in self._columns.items() for name in known)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Vocabulary:
        """Return the vocabulary of a training set."""
        names: list[str] = []
        times: list[int] = []
        for block, (_, fewest) in sorted(BLOCKS.items()):
            found: Counter[str] = Counter()
            for document in documents:
                found.update(document[block])
            kept = sorted(name for name, count in found.items() if count >= fewest)
            names.extend(f"{block}:{name}" for name in kept)
            times.extend(found[name] for name in kept)
        rarity = np.log((1 + len(documents)) / (1 + np.array(times, dtype=np.float64))) + 1
        return cls(names, rarity.astype(np.float32))

    def vector(self, document: Document) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the columns of a message and their values, in the order of the columns."""
        columns: list[NDArray[np.int32]] = []
        values: list[NDArray[np.float32]] = []
        for block, (length, _) in sorted(BLOCKS.items()):
            known = self._columns[block]
            found = sorted(known[name] for name in document[block] if name in known)
            if found:
                at = np.array(found, dtype=np.int32)
                weight = self.rarity[at]
                columns.append(at)
                values.append(weight * np.float32(length / np.sqrt(weight @ weight)))
        if not columns:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        return np.concatenate(columns), np.concatenate(values)

    def knows(self, document: Document) -> bool:
        """Return whether a message holds a word or concept of the training, or nearly one."""
        if any(name in self._columns[block] for block in "wk" for name in document[block]):
            return True
        longest = [name for name in document["c"] if len(name) == LONGEST_NGRAM]
        seen = sum(name in self._columns["c"] for name in longest)
        return bool(longest) and seen >= _SEEN_BEFORE * len(longest)
