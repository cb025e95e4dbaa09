"""A word of thanks names no town, although Gracias is one in Honduras. Pure."""

from __future__ import annotations

import dataclasses

from bot.understanding.thresholds import HIGH
from bot.understanding.understood import Heard

_PLACE = frozenset({"country", "city"})
_FEW = 2  # words: "many thanks"


def without_towns_of_thanks(heard: Heard) -> Heard:
    """Return what was heard, without a place where it says nothing but thanks.

    Taken for a town, thanks for the numbers would bring those of another country. Whoever lives
    there says where it is, too.
    """
    if not _only_thanks(heard):
        return heard
    codes = {slot: code for slot, code in heard.finding.codes.items() if slot not in _PLACE}
    finding = dataclasses.replace(heard.finding, codes=codes, towns=())
    return dataclasses.replace(heard, finding=finding)


def _only_thanks(heard: Heard) -> bool:
    best = heard.guesses[0]
    alone = heard.words == 1 or (heard.words <= _FEW and heard.finding.unsaid > 0)
    return alone and best.intent == "thanks" and best.confidence >= HIGH
