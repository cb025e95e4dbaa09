"""Names of places that are ordinary words, learnt from the training messages.

People write "Athens" with a capital and "gente" or "home" without, although all three are
names of towns. A name that is written small more often than not is an ordinary word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.understanding.gazetteer import Gazetteer
from bot.understanding.tokenise import Word

_LONGEST = 3  # words
_WELL_KNOWN = 15_000  # people: somebody who writes everything small may mean such a town


def learn_ordinary(messages: Iterable[Sequence[Word]], gazetteer: Gazetteer) -> list[str]:
    """Return the names of towns that the messages use as words, in order."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for words in messages:
        for size in range(1, _LONGEST + 1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                name = " ".join(word.text for word in part)
                if part[-1].capital and start:
                    large[name] += 1
                elif not part[-1].capital:
                    small[name] += 1
    return sorted(
        name
        for name, times in small.items()
        if times > large[name] and _is_ordinary(name, times, gazetteer)
    )


def learn_words(messages: Iterable[Sequence[Word]]) -> list[str]:
    """Return the words that are written small; none of them is a misspelt name."""
    return sorted({word.text for words in messages for word in words if not word.capital})


def _is_ordinary(name: str, times: int, gazetteer: Gazetteer) -> bool:
    towns = gazetteer.towns(name)
    if not towns or gazetteer.country(name):
        return False
    known = any(town.by_own_name and town.population >= _WELL_KNOWN for town in towns)
    return times > 1 or not known
