"""The seven intents that come before everything else, most urgent first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bot.understanding.thresholds import ALARM_COUNTS, DENIAL_COUNTS

NOW = ("medical_emergency", "violence_now", "suicide_selfharm")
CAREFUL = ("sexual_violence", "child_abuse", "trafficking_exploitation", "gbv_partner_violence")
DANGERS = (*NOW, *CAREFUL)
_LEAST = 0.01  # no model is surer than that


def urgency_of(danger: str) -> str:
    """Return ``now`` or ``careful``, for a danger of which nothing else is known."""
    return "now" if danger in NOW else "careful"


def odds_of_danger(
    likely: Mapping[str, float], alarm: float, *, phrase: float, denied: bool
) -> float:
    """Return how likely it is that a message speaks of any danger, as a logarithm of odds.

    Args:
        likely: The classifier's probability of each intent.
        alarm: Its probability of any danger, learnt apart.
        phrase: What the phrases that stand count for.
        denied: Whether phrases were found and all of them are voided by an exception.
    """
    any_of_them = sum(likely.get(danger, 0.0) for danger in DANGERS)
    odds = _log_odds(any_of_them) + ALARM_COUNTS * _log_odds(alarm)
    return odds + phrase - DENIAL_COUNTS * denied


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))
