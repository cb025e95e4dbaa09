"""What a decision does beside being said: the id of a say tells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from wire.decision import Decision


class Effect(Enum):
    """What the delivery does in the transaction that commits a turn."""

    ERASE = "erase"  # everything about the person goes
    LEAVE = "leave"  # everything that waits or runs goes
    STOP = "stop"  # nothing is sent first any more
    START = "start"  # that is taken back
    KEEP_WORD = "keep_word"  # what they wrote is their safe word from now on
    MAKE_CODE = "make_code"  # a code lets them go on elsewhere


EFFECTS: Mapping[str, Effect] = {
    "privacy.forgotten": Effect.ERASE,
    "exit.line": Effect.LEAVE,
    "stop.done": Effect.STOP,
    "safe.word_set": Effect.KEEP_WORD,
    "resume.code": Effect.MAKE_CODE,
}
_WISH_TO_HEAR = "reminder_subscribe"  # intent


def effects_of(decision: Decision) -> frozenset[Effect]:
    """Return what a decision does."""
    found = {EFFECTS[say.message] for say in decision.says if say.message in EFFECTS}
    if decision.intent == _WISH_TO_HEAR:
        found.add(Effect.START)
    return frozenset(found)
