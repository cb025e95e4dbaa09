"""A line to call, by its purpose."""

from __future__ import annotations

from actions.asking import ask, missing
from actions.origins import is_abroad
from actions.slots import Answer, Slots
from wire.say import Say
from wire.strict import JsonValue


def helpline(slots: Slots) -> Answer:
    """Tell the lines of a purpose in the country; ask for the country when it is missing."""
    purpose = slots.code("purpose") or "asylum_refugee_info"
    if missing(slots, "country"):
        asked = ask("country", slots, "helpline")
        return Answer(asked.says, {**asked.changes, "purpose": purpose})
    values: dict[str, JsonValue] = {"country": slots.code("country"), "purposes": [purpose]}
    beside = ("origin_line",) if is_abroad(slots.code("country")) else ()
    say = Say("helplines.list", values, (*beside, "menu_help"))
    says = (Say("police.papers"), say) if purpose == "police" else (say,)
    return Answer(says, {"topic": "helpline", "pending": None})
