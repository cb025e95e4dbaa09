"""The line of the country that somebody comes from: behind the local one, and only if they say it.

The state a person fled is not their helper, so its line is never the first and never the only one.
"""

from __future__ import annotations

from actions.asking import ask, ask_which_place, missing, question
from actions.origins import ORIGINS, is_abroad
from actions.slots import Answer, Slots
from wire.say import Say
from wire.strict import JsonValue

# What was talked about -> the purpose of the line that is named first.
_PURPOSES = {
    "gbv_partner_violence": "gbv",
    "violence_now": "gbv",
    "sexual_violence": "gbv",
    "child_abuse": "child",
    "trafficking_exploitation": "trafficking",
    "suicide_selfharm": "suicide_mental_health",
}
_STEPS = ("legal_asylum_aid", "menu_help")


def origin_line(slots: Slots) -> Answer:
    """Name the line where the person is, then the one of where they come from, if they say it."""
    purpose = slots.code("purpose") or _PURPOSES.get(
        slots.code("topic") or "", "asylum_refugee_info"
    )
    kept: dict[str, JsonValue] = {"purpose": purpose}
    if not slots.code("country") and slots.places():
        asked = ask_which_place(slots, "origin_line")
        return Answer(asked.says, {**asked.changes, **kept})
    if missing(slots, "country"):
        asked = ask("country", slots, "origin_line")
        return Answer(asked.says, {**asked.changes, **kept})
    country, origin = slots.code("country"), slots.code("origin")
    local = Say("helplines.list", {"country": country, "purposes": [purpose]}, _STEPS)
    if origin is None and not slots.declined("origin") and is_abroad(country):
        told = {"topic": "origin_line", "pending": "origin", **kept}
        return Answer((Say(local.message, local.values), question("origin", slots)), told)
    done: dict[str, JsonValue] = {"topic": "origin_line", "pending": None}
    if origin not in ORIGINS or origin == country:
        return Answer((local,), done)
    values = {"origin": origin, "status": slots.code("status")}
    behind = Say("origin.lines", values, _STEPS)
    return Answer((Say(local.message, local.values), behind), done)
