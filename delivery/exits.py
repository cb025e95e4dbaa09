"""Recognises that somebody wants out, at the moment their message arrives."""

from __future__ import annotations

from delivery.envelope import Inbound
from delivery.memory import Remembered
from wire.normalise import normalise

EXIT = "discreet_mode:menu=exit"  # id of the choice


def is_exit(inbound: Inbound, known: Remembered | None, words: frozenset[str]) -> bool:
    """Return whether a message is nothing but the wish to leave.

    Args:
        inbound: The message.
        known: Its conversation, or None before the first message.
        words: Whole messages, normalised, that mean it in any language.
    """
    if inbound.text is not None and normalise(inbound.text) in words:
        return True
    chosen = known.offers.chosen(inbound.text, inbound.choice) if known else None
    return chosen is not None and chosen.id == EXIT
