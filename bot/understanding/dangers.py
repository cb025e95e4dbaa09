"""The seven intents that come before everything else, most urgent first."""

from __future__ import annotations

NOW = ("medical_emergency", "violence_now", "suicide_selfharm")
CAREFUL = ("sexual_violence", "child_abuse", "trafficking_exploitation", "gbv_partner_violence")
DANGERS = (*NOW, *CAREFUL)


def urgency_of(danger: str) -> str:
    """Return ``now`` or ``careful``, for a danger of which nothing else is known."""
    return "now" if danger in NOW else "careful"
