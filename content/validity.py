"""Which entries may be said today. One place for the rule (design: facts and danger lines)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def in_force(entry: Mapping[str, Any], today: date) -> bool:
    """Return whether an entry is valid on a day and was not replaced by another."""
    begins, ends = entry.get("valid_from"), entry.get("valid_until")
    return (
        entry.get("superseded_by") is None
        and (begins is None or date.fromisoformat(begins) <= today)
        and (ends is None or today <= date.fromisoformat(ends))
    )


def confirmed(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry may be said as it is; low confidence waits for an operator."""
    return bool(entry["confidence"] != "low")
