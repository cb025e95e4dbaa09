"""May I get care, what does it cost, what must I bring."""

from __future__ import annotations

from actions.asking import ask, ask_which_place, missing, question
from actions.obstacles import OBSTACLES, obstacle
from actions.slots import Answer, Slots, Speaker
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

# intent -> what the person wants to know, and the care it is about when they name none.
RIGHTS = {
    "rights_care": ("may", None),
    "cost_care": ("cost", None),
    "access_conditions": ("conditions", None),
    "emergency_care_info": ("may", "emergency"),
    "maternity_care": ("may", "maternity"),
    "child_health_vaccines": ("may", "child_health"),
    "medicines": ("may", "medicines"),
    "mental_health_entitlement": ("may", "mental_health"),
}
# Where one gets the care that was asked for, offered as the next step.
_PLACES = {
    "emergency": "emergency_care",
    "maternity": "maternity_care",
    "child_health": "child_health",
    "medicines": "pharmacy",
    "mental_health": "psychotherapy",
    "hospital": "hospital",
    "infectious_disease": "hiv_tb",
}
# Care that helps most in the first hours: no question may come before the answer.
EARLY = "sexual_violence_care"
# Where somebody tells what stands in the way, that is answered first.
_MEET_OBSTACLES = frozenset({"rights_care", "access_conditions"})
# Emergency care must not wait for a question about papers.
_WITHOUT_STATUS = frozenset({"emergency_care_info"})
_EARLY_STEPS = (
    write_choice("find_service", {"kind": EARLY}),
    write_choice("find_service", {"kind": "hospital"}),
    write_choice("find_service", {"kind": "gbv_support"}),
    write_choice("helpline", {"purpose": "gbv"}),
    "obstacle",
    "menu_help",
)


def rights_speaker(intent: str) -> Speaker:
    """Return the speaker of a rights intent."""
    focus, fixed_care = RIGHTS[intent]

    def speak(slots: Slots) -> Answer:
        care = fixed_care or slots.code("care")
        if care == EARLY:
            return _early(slots)
        if intent in _MEET_OBSTACLES and slots.code("obstacle") in OBSTACLES:
            return obstacle(slots)
        if not slots.code("country") and slots.places():
            return ask_which_place(slots, intent)
        wanted = ("country",) if intent in _WITHOUT_STATUS else ("country", "status")
        if name := missing(slots, *wanted):
            return ask(name, slots, intent)
        status = slots.code("status") or "prefer_not_to_say"
        values: dict[str, JsonValue] = {
            **_where(slots),
            "status": status,
            "care": care,
            "focus": focus,
            "age_group": slots.code("age_group"),
        }
        say = Say("rights.answer", values, _next_steps(care))
        return Answer((say,), {"topic": intent, "pending": None})

    return speak


def _early(slots: Slots) -> Answer:
    """Tell the time limits and where, whatever is known; ask for nothing but the country."""
    values: dict[str, JsonValue] = {**_where(slots), "status": slots.code("status")}
    says = [Say("early_care.answer", values, _EARLY_STEPS)]
    asks = not slots.code("country") and not slots.declined("country")
    if asks:
        says.append(question("country", slots))
    return Answer(tuple(says), {"topic": "rights_care", "pending": "country" if asks else None})


def _where(slots: Slots) -> dict[str, JsonValue]:
    return {"country": slots.code("country"), "city": slots.code("city")}


def _next_steps(care: str | None) -> tuple[str, ...]:
    place = _PLACES.get(care or "", "primary_care")
    steps = [write_choice("find_service", {"kind": place}), "obstacle", "office"]
    if care != "mental_health":
        steps.append("mental_health_entitlement")
    else:
        steps.append(write_choice("rights_care", {"care": "primary"}))
    steps.append("menu_help")
    return tuple(steps)
