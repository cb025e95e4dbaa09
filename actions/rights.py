"""May I get care, what does it cost, what must I bring."""

from __future__ import annotations

from actions.asking import ask, ask_which_place, missing
from actions.slots import Answer, Slots, Speaker
from wire.choice import write_choice
from wire.say import Say

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
    "sexual_violence_care": "sexual_violence_care",
    "infectious_disease": "hiv_tb",
}
# Emergency care must not wait for a question about papers.
_WITHOUT_STATUS = frozenset({"emergency_care_info"})


def rights_speaker(intent: str) -> Speaker:
    """Return the speaker of a rights intent."""
    focus, fixed_care = RIGHTS[intent]

    def speak(slots: Slots) -> Answer:
        if not slots.code("country") and slots.places():
            return ask_which_place(slots, intent)
        wanted = ("country",) if intent in _WITHOUT_STATUS else ("country", "status")
        if name := missing(slots, *wanted):
            return ask(name, slots, intent)
        care = fixed_care or slots.code("care")
        say = Say(
            "rights.answer",
            {
                "country": slots.code("country"),
                "status": slots.code("status") or "prefer_not_to_say",
                "care": care,
                "focus": focus,
                "age_group": slots.code("age_group"),
            },
            _next_steps(focus, care),
        )
        return Answer((say,), {"topic": intent, "pending": None})

    return speak


def _next_steps(focus: str, care: str | None) -> tuple[str, ...]:
    place = _PLACES.get(care or "", "primary_care")
    steps = [write_choice("find_service", {"kind": place})]
    if care not in (None, "primary", "emergency"):
        steps.append(write_choice("rights_care", {"care": "primary"}))
    if care != "mental_health":
        steps.append("mental_health_entitlement")
    steps += ["legal_asylum_aid", "menu_help"]
    return tuple(steps)
