"""Which entries may be said today. One place for the rule (design: facts and danger lines)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from content.freshness import is_lost


def in_force(entry: Mapping[str, Any], today: date) -> bool:
    """Return whether an entry is valid on a day and was not replaced by another."""
    begins = entry.get("valid_from")
    return (
        entry.get("superseded_by") is None
        and (begins is None or date.fromisoformat(begins) <= today)
        and not ended_before(entry, today)
    )


def listed(entry: Mapping[str, Any], today: date) -> bool:
    """Return whether a listing may be shown: in force, and not left alone for too long."""
    return in_force(entry, today) and not is_lost(entry, today)


def ended_before(entry: Mapping[str, Any], today: date) -> bool:
    """Return whether an entry's time was over before a day, without another replacing it."""
    ends = entry.get("valid_until")
    return (
        entry.get("superseded_by") is None and ends is not None and date.fromisoformat(ends) < today
    )


def confirmed(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry may be said as it is; low confidence waits for an operator."""
    return bool(entry["confidence"] != "low")
