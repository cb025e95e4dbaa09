"""A message as numbers: n-grams of letters, n-grams of words, concepts.

Letters carry endings and misspellings, words what letters cannot tell apart, concepts what
is the same in every language. Each block has length one, so that none drowns the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LONGEST_NGRAM = 5  # letters
_LONGEST_TEXT = 600  # characters that n-grams are taken from; a message says what it wants sooner
# Block -> its length in the vector, and in how many messages a feature must stand to count.
BLOCKS: Mapping[str, tuple[float, int]] = {"c": (1.2, 2), "w": (0.6, 1), "k": (1.0, 1)}


def features_of(words: Sequence[str], concepts: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how often each feature stands in a message, by block."""
    text = f" {' '.join(words)} "[:_LONGEST_TEXT]
    letters: Counter[str] = Counter()
    for size in range(1, LONGEST_NGRAM + 1):
        letters.update([text[i : i + size] for i in range(len(text) - size + 1)])
    del letters[" "]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    named = sorted(set(concepts))
    both = (f"{one}+{other}" for i, one in enumerate(named) for other in named[i + 1 :])
    return {"c": letters, "w": Counter([*words, *pairs]), "k": Counter([*named, *both])}


class Vocabulary:
    """Which features count, and how rare each one is.

    Attributes:
        names: The features, ``block:feature``, in the order of the columns.
        rarity: Inverse document frequency of each.
    """

    def __init__(self, names: Sequence[str], rarity: NDArray[np.float32]) -> None:
        self.names = tuple(names)
        self.rarity = rarity
        self._columns: dict[str, dict[str, int]] = {block: {} for block in BLOCKS}
        for column, name in enumerate(self.names):
            self._columns[name[0]][name[2:]] = column

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, Counter[str]]]) -> Vocabulary:
        """Return the vocabulary of a training set."""
        found: Counter[str] = Counter()
        for document in documents:
            for block, counts in document.items():
                found.update([f"{block}:{name}" for name in counts])
        names = sorted(name for name, times in found.items() if times >= BLOCKS[name[0]][1])
        times = np.array([found[name] for name in names], dtype=np.float64)
        rarity = np.log((1 + len(documents)) / (1 + times)) + 1
        return cls(names, rarity.astype(np.float32))

    def vector(
        self, document: Mapping[str, Counter[str]]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the columns of a message and their values, in the order of the columns."""
        columns: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float32]] = []
        for block, (length, _) in BLOCKS.items():
            known = self._columns[block]
            pairs = sorted((known[n], times) for n, times in document[block].items() if n in known)
            if not pairs:
                continue
            at = np.array([column for column, _ in pairs], dtype=np.int64)
            much = np.array([times for _, times in pairs], dtype=np.float32)
            weight = (1 + np.log(much)) * self.rarity[at]
            columns.append(at)
            values.append((length * weight / np.linalg.norm(weight)).astype(np.float32))
        if not columns:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return np.concatenate(columns), np.concatenate(values)

    def knows(self, document: Mapping[str, Counter[str]]) -> bool:
        """Return whether a message holds a word, a concept or a longest n-gram of the training."""
        if any(name in self._columns[block] for block in "wk" for name in document[block]):
            return True
        return any(len(n) == LONGEST_NGRAM and n in self._columns["c"] for n in document["c"])
