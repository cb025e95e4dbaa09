"""What the enclave must reach against stock Rasa, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# size -> how many times the turns a second, and which share of the time until it is ready
_GOALS = {"small": (8.0, 1 / 5), "real": (5.0, 1 / 3)}
_SHARE_OF_MEMORY = 1 / 4
_MOST_MEMORY = 450.0  # MB, resident
_SAME = 1.5  # turn 5,000 takes at most this many times the fifth; noise of a shared machine


def judge(size: str, figures: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each goal of a comparison: what was reached, what was asked, whether it is met."""
    ours, stock = figures["ours"], figures["stock"]
    faster, sooner = _GOALS[size]
    long = ours["long_conversation"]
    return {
        "turns_per_second_times_stock": _at_least(
            ours["turns_per_second"] / stock["turns_per_second"], faster
        ),
        "ready_share_of_stock": _at_most(ours["ready_seconds"] / stock["ready_seconds"], sooner),
        "memory_share_of_stock": _at_most(
            ours["resident_mb"] / stock["resident_mb"], _SHARE_OF_MEMORY
        ),
        "resident_mb": _at_most(ours["resident_mb"], _MOST_MEMORY),
        "last_turn_times_turn_5": _at_most(long["last_turn_ms"] / long["turn_5_ms"], _SAME),
    }


def _at_least(reached: float, goal: float) -> dict[str, Any]:
    return {"reached": reached, "at_least": goal, "met": reached >= goal}


def _at_most(reached: float, goal: float) -> dict[str, Any]:
    return {"reached": reached, "at_most": goal, "met": reached <= goal}
