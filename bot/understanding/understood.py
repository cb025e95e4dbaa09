"""A message as it was understood on its own, and what it means in a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.classifier import Guess
from bot.understanding.entities import Finding
from bot.understanding.safeguarding import Risk


@dataclass(frozen=True)
class Heard:
    """A message, understood on its own.

    Attributes:
        guesses: Every intent, likeliest first.
        finding: The codes that it names.
        risk: What safeguarding found.
        words: How many words it has.
        concepts: Names of its concepts.
        known: Whether any of its words was ever seen in training.
        steering: a key of ``data/steering``, for a message that says nothing else.
        number: Whether it is digits alone.
        path: What its words would answer on the path to the right support: slot to code.
        why: What its words tell that was wrong with a place, a fact or a line.
    """

    guesses: Sequence[Guess]
    finding: Finding
    risk: Risk | None
    words: int
    concepts: frozenset[str] = field(default=frozenset())
    known: bool = True
    steering: str | None = None
    number: bool = False
    path: Mapping[str, str] = field(default_factory=dict, repr=False)
    why: str | None = None


@dataclass(frozen=True)
class Meaning:
    """What a message means here.

    Attributes:
        intent: Has a rule of its own.
        confidence: 0 to 1.
        entities: Slot and code, in order; a slot may come several times.
        risk: What safeguarding found.
    """

    intent: str
    confidence: float
    entities: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    risk: Risk | None = None
