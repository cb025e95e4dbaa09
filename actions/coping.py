"""Something to do now: short exercises, one step at a time, that can be stopped at any step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

EXERCISES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "coping" / "exercises.yml").read_text(encoding="utf-8")
)
STOP = "stop"
# Where the end of an exercise leads. How it was is not asked.
_PEOPLE = ("find_support", "talk_to_human")


def offer(slots: Slots) -> Answer:
    """Offer the exercises there are."""
    cards = tuple(write_choice("exercise", {"card": card}) for card in EXERCISES)
    values = {"country": slots.code("country")}
    return Answer(
        (Say("coping.offer", values, (*cards, "find_support", "menu_help")),), {"pending": None}
    )


def exercise(slots: Slots) -> Answer:
    """Tell the step of an exercise that was chosen; the first one without a step."""
    card = slots.code("card") or ""
    values = {"country": slots.code("country")}
    if card == STOP:
        stopped = Say("coping.stopped", values, (*_PEOPLE, "coping_exercise_request", "menu_help"))
        return Answer((stopped,), {"pending": None})
    if card not in EXERCISES:
        return offer(slots)
    known = EXERCISES[card]
    step = min(max(slots.number("step"), 1), known["steps"])
    choices = (
        (*_PEOPLE, known["practical"], "coping_exercise_request", "menu_help")
        if step == known["steps"]
        else (
            write_choice("exercise", {"card": card, "step": str(step + 1)}),
            write_choice("exercise", {"card": STOP}),
        )
    )
    return Answer((Say(step_message(card, step), values, choices),), {"pending": None})


def step_message(card: str, step: int) -> str:
    """Return the message of a step of an exercise."""
    first = EXERCISES[card].get("first")
    return str(first) if first and step == 1 else f"coping.{card}.{step}"
