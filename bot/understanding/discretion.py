"""Whole messages on a list: leaving at once, the safe word, forgetting, no more messages. Pure.

They work wherever a conversation stands. Only the whole message counts: "para mi hija" asks for
something for a daughter, and "para" alone asks for silence.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.thresholds import HIGH
from bot.understanding.understood import Heard, Meaning

# How ``data/steering`` names them -> intent and what is asked of it.
_LISTED: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "safe_word": ("menu_help", (("menu", "safe"),)),
    "exit": ("discreet_mode", (("menu", "exit"),)),
    "forget": ("privacy_delete", (("menu", "forget"),)),
    "stop": ("stop_subscribe", ()),
}
# Understood in every language: people use the word that they read, whatever they write in.
EVERYWHERE = frozenset({"safe_word", "exit"})
# A phrase of danger comes before these: "enough" may be a cry.
_AFTER_DANGER = frozenset({"forget", "stop"})
_NO_WORD = frozenset({"affirm", "deny", "thanks", "greet", "goodbye", "menu_help"})


def listed_words(heard: Heard) -> Meaning | None:
    """Return what a message on one of the lists means, or None."""
    way = heard.steering or ""
    if way not in _LISTED:
        return None
    if way in _AFTER_DANGER and heard.risk is not None and heard.risk.phrases:
        return None
    intent, codes = _LISTED[way]
    return Meaning(intent, 1.0, codes)


def chosen_word(heard: Heard, slots: Mapping[str, object]) -> Meaning | None:
    """Return that somebody chose a safe word of their own, where that was asked, or None.

    The word itself goes no further than the delivery, which keeps it sealed.
    """
    if slots.get("pending") != "safe_word":
        return None
    best = heard.guesses[0]
    plain_answer = best.intent in _NO_WORD and best.confidence >= HIGH
    if heard.steering == "decline" or (best.intent == "deny" and plain_answer):
        return Meaning("decline", 1.0)
    if heard.words != 1 or heard.number or heard.steering or plain_answer:
        return None
    return Meaning("menu_help", 1.0, (("menu", "word_set"),))
