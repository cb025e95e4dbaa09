"""The result as a table for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]
_ROWS: tuple[tuple[str, Callable[[Figures], float], str], ...] = (
    ("turns a second, 8 clients", lambda f: f["turns_per_second"], "{:,.1f}"),
    ("median of a turn, 1 client (ms)", lambda f: f["median_ms_one_client"], "{:,.1f}"),
    ("median of a turn, 8 clients (ms)", lambda f: f["median_ms_eight_clients"], "{:,.1f}"),
    ("turns without an answer", lambda f: f["turns_without_answer"], "{:,.0f}"),
    ("ready after start (s)", lambda f: f["ready_seconds"], "{:,.1f}"),
    ("resident memory (MB)", lambda f: f["resident_mb"], "{:,.0f}"),
    ("training (s)", lambda f: f["training_seconds"], "{:,.0f}"),
    ("turn 5 (ms)", lambda f: f["long_conversation"]["turn_5_ms"], "{:,.1f}"),
    ("last turn (ms)", lambda f: f["long_conversation"]["last_turn_ms"], "{:,.1f}"),
    ("number of the last turn", lambda f: f["long_conversation"]["last_turn"], "{:,.0f}"),
    ("of them copied", lambda f: f["long_conversation"]["copied_turns"], "{:,.0f}"),
    ("state after turn 5 (bytes)", lambda f: f["long_conversation"]["state_5_bytes"], "{:,.0f}"),
    ("state at the end (bytes)", lambda f: f["long_conversation"]["last_state_bytes"], "{:,.0f}"),
)


def lines(result: Figures) -> Iterator[str]:
    """Yield the lines of the table."""
    for size, figures in result["comparisons"].items():
        sides = [name for name in ("ours", "stock") if name in figures]
        head = f"{size}: {figures['intents']} intents, {figures['training_messages']} messages"
        yield ""
        yield f"{head:<44}" + "".join(f"{name:>14}" for name in sides)
        if len(sides) > 1:
            same = figures["same_answers_share"]
            yield f"  {'turns with the same answer (share)':<42}{same:>14.2f}"
        for title, read, form in _ROWS:
            yield f"  {title:<42}" + "".join(
                f"{form.format(read(figures[name])):>14}" for name in sides
            )
        for name, goal in figures.get("goals", {}).items():
            asked = (
                f"at least {goal['at_least']:.2f}"
                if "at_least" in goal
                else (f"at most {goal['at_most']:.2f}")
            )
            met = "met" if goal["met"] else "NOT MET"
            yield f"  {name:<42}{goal['reached']:>14,.2f}{asked:>18}   {met}"
