"""Messages that say the same in nearly the same words, found without comparing all with all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

MOST_SHARED = 0.6  # of the words of two messages, counted once each
FEWEST_WORDS = 4  # in shorter messages every word is shared by many


def near_duplicates(messages: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of messages, the later first, and the share of words that they have in common.

    Two sets that share so much must share one of their rarest words (prefix filtering,
    Chaudhuri et al. 2006), so that only those are looked up.
    """
    sets = [frozenset(words) if len(words) >= FEWEST_WORDS else frozenset() for words in messages]
    common = Counter(word for words in sets for word in words)
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for later, words in enumerate(sets):
        rare = sorted(words, key=lambda word: (common[word], word))
        rare = rare[: len(rare) - math.ceil(MOST_SHARED * len(rare)) + 1]
        for earlier in sorted({other for word in rare for other in standing[word]}):
            shared = len(words & sets[earlier]) / len(words | sets[earlier])
            if shared > MOST_SHARED:
                yield later, earlier, shared
        for word in rare:
            standing[word].append(later)
