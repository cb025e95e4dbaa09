"""What a message means at this point of a conversation. Pure.

Danger always wins. Then an answer to what was asked, then what the classifier is sure of;
between sure and clueless the likeliest intents are offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.classifier import Guess
from bot.understanding.dangers import DANGERS
from bot.understanding.entities import Finding
from bot.understanding.safeguarding import Risk
from bot.understanding.thresholds import (
    ALTERNATIVES,
    HIGH,
    LOW,
    SHORT_ANSWER,
    SURE_OF_ANOTHER,
)

# What was asked -> the slots that answer it.
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "country": ("country", "city"),
    "city": ("city", "country"),
    "place": ("city",),
    "status": ("status",),
    "care": ("care",),
    "kind": ("kind",),
    "language": ("language",),
}
_PLACE = ("country", "city")
_BARE = (*_PLACE, "status", "care")  # said alone, they go on with the topic
_NOT_SAYING = frozenset({"DONT_KNOW", "PREFER_NOT_TO_SAY"})
_STEERING = frozenset({"affirm", "deny", "thanks", "greet", "goodbye"})


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
    """

    guesses: Sequence[Guess]
    finding: Finding
    risk: Risk | None
    words: int
    concepts: frozenset[str] = field(default=frozenset())
    known: bool = True


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


def meaning(heard: Heard, slots: Mapping[str, object]) -> Meaning:
    """Return what a message means in a conversation with these slots."""
    entities = [*heard.finding.codes.items()]
    entities += [("alternatives", town) for town in heard.finding.towns]
    best = heard.guesses[0]
    if heard.risk is not None:
        return Meaning(heard.risk.intent, 1.0, tuple(entities), heard.risk)
    if _declines(heard, slots):
        return Meaning("decline", best.confidence)
    if _answers(heard, slots) or _goes_on(heard, slots):
        return Meaning("inform", 1.0, tuple(entities))
    if heard.words == 0 or best.confidence < LOW or not heard.known:
        return Meaning("gibberish", best.confidence, tuple(entities))
    if best.confidence >= HIGH:
        return Meaning(best.intent, best.confidence, tuple(entities))
    offered = [g.intent for g in heard.guesses if g.intent not in _STEERING | {"gibberish"}]
    alternatives = [("alternatives", intent) for intent in offered[:ALTERNATIVES]]
    kept = [(slot, code) for slot, code in entities if slot != "alternatives"]
    return Meaning("unsure", best.confidence, (*kept, *alternatives))


def _given(heard: Heard, wanted: Sequence[str]) -> bool:
    several = bool(heard.finding.towns) and "city" in wanted
    return several or any(slot in heard.finding.codes for slot in wanted)


def _declines(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message says that the person does not know or want to say what was asked."""
    pending = str(slots.get("pending"))
    if pending not in _ANSWERS or heard.words > SHORT_ANSWER:
        return False
    silent = heard.finding.codes.get("status") == "prefer_not_to_say" and pending != "status"
    return silent or (bool(heard.concepts & _NOT_SAYING) and not _given(heard, _ANSWERS[pending]))


def _answers(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message gives what was asked, rather than asking something new."""
    wanted = _ANSWERS.get(str(slots.get("pending")), ())
    if not _given(heard, wanted):
        return False
    sure = heard.guesses[0].confidence
    if heard.finding.unsaid == 0 or heard.words <= 2:  # noqa: PLR2004  # nothing but the answer
        return True
    return sure < (SURE_OF_ANOTHER if heard.words <= SHORT_ANSWER else HIGH)


def _goes_on(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message gives a place, a status or a kind of care and asks nothing."""
    if not _given(heard, _BARE):
        return False
    sure = heard.guesses[0].confidence
    if sure < HIGH:  # better to note what is clear than to offer what is not
        return _given(heard, _PLACE) or bool(slots.get("topic"))
    if set(heard.finding.codes) > {*_PLACE}:
        return False
    return not heard.finding.unsaid or heard.guesses[0].intent == "out_of_scope"


def chosen(intent: str, codes: Mapping[str, str]) -> Meaning:
    """Return what a choice means that we offered ourselves."""
    risk = Risk(intent, "now") if intent in DANGERS else None
    return Meaning(intent, 1.0, tuple(codes.items()), risk)
