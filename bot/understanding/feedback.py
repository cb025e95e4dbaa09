"""What words mean that tell how a place, a fact or a line turned out. Pure.

Looked for only behind an answer that told one, and never instead of a danger.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.dangers import DANGERS
from bot.understanding.thresholds import HIGH, SHORT_ANSWER, SURE_OF_MORE
from bot.understanding.understood import Heard, Meaning

WHY = "why"  # slot; and what stands in ``pending`` while it is asked
_INTENT = "feedback_wrong_info"


def tells_what_was_wrong(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a few words answer what was wrong, whatever danger is guessed in them.

    "They asked me for papers" is no exploitation to anybody but the classifier.
    """
    asked = slots.get("pending") == WHY and heard.why is not None
    return asked and _is_short(heard) and heard.guesses[0].confidence < SURE_OF_MORE


def what_was_wrong(heard: Heard, slots: Mapping[str, object]) -> Meaning | None:
    """Return that something was wrong with what was told, and what, or None."""
    if heard.why is None or not slots.get("about") or slots.get("topic") in DANGERS:
        return None
    best = heard.guesses[0]
    answers = _is_short(heard) and (slots.get("pending") == WHY or best.confidence < HIGH)
    if best.intent == _INTENT or answers:
        return Meaning(_INTENT, max(best.confidence, HIGH), ((WHY, heard.why),))
    return None


def _is_short(heard: Heard) -> bool:
    return heard.words <= SHORT_ANSWER
