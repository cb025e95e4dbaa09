"""Names of places that are ordinary words, learnt from the training messages.

People write "Athens" with a capital and "gente" or "home" without, and say "in Athens", although
all three are names of towns. A name that stands more often without both than with one of them is an
ordinary word; in scripts without capitals the words around it alone decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.understanding.gazetteer import Gazetteer
from bot.understanding.places import PlaceFinder
from bot.understanding.tokenise import Word

_WELL_KNOWN = 15_000  # people: somebody who writes everything small may mean such a town
_LARGEST = 300_000  # people: nobody who writes that name means anything else
_OFTEN = 8  # times that it must be a word to be one all the same


def learn_ordinary(
    messages: Iterable[tuple[str, Sequence[Word]]], finder: PlaceFinder, gazetteer: Gazetteer
) -> list[str]:
    """Return the names of towns that messages, each with its language, use as words, in order."""
    as_word: Counter[str] = Counter()
    as_name: Counter[str] = Counter()
    for language, words in messages:
        for name, used_like_one in finder.names(words, language):
            (as_name if used_like_one else as_word)[name] += 1
    return sorted(
        name
        for name, times in as_word.items()
        if times > as_name[name] and _is_ordinary(name, times, as_name[name], gazetteer)
    )


def learn_words(messages: Iterable[Sequence[Word]]) -> list[str]:
    """Return the words that are written small; none of them is a misspelt name."""
    return sorted({word.text for words in messages for word in words if not word.capital})


def _is_ordinary(name: str, as_word: int, as_name: int, gazetteer: Gazetteer) -> bool:
    if gazetteer.country(name):  # of some language: "suis" is Switzerland to a Persian
        return as_word >= _OFTEN * max(as_name, 1)
    towns = gazetteer.towns(name)
    people = max((town.population for town in towns if town.by_own_name), default=0)
    if not towns or people >= _LARGEST or gazetteer.is_said(name):
        return as_word >= _OFTEN
    return as_word > 1 or people < _WELL_KNOWN
