"""What stands in the way of care, and what can be done about it."""

from __future__ import annotations

from actions.asking import ask, ask_which_place, missing
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue


def _place(kind: str) -> str:
    return write_choice("find_service", {"kind": kind})


_RIGHT_CARD = write_choice("desk_card", {"card": "right"})
# obstacle -> kinds of service that may help, nearest first; choices offered with the answer.
OBSTACLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "paper": (
        ("undocumented_care", "documents", "legal_aid"),
        ("office", _place("undocumented_care"), _place("legal_aid")),
    ),
    "money": (
        ("undocumented_care", "social_work", "cash"),
        ("cost_care", _place("undocumented_care"), _place("social_work")),
    ),
    "language": (
        ("interpretation", "cultural_mediation"),
        (write_choice("desk_card", {"card": "interpreter"}), _place("interpretation")),
    ),
    "distance": (
        ("transport",),
        (_place("transport"), "helpline", "talk_to_human"),
    ),
    "fear": (
        ("undocumented_care", "legal_aid"),
        (_place("undocumented_care"), _place("legal_aid"), "violence_now"),
    ),
    "refused": (
        ("complaints_ombudsman", "legal_aid", "undocumented_care"),
        (_RIGHT_CARD, _place("legal_aid"), _place("complaints_ombudsman")),
    ),
}
_WHICH = tuple(write_choice("obstacle", {"obstacle": code}) for code in OBSTACLES)


def obstacle(slots: Slots) -> Answer:
    """Ask what stands in the way, or answer it with what is known where the person is."""
    code = slots.code("obstacle")
    if code not in OBSTACLES:
        return Answer((Say("obstacle.which", {}, _WHICH),), {"pending": None})
    if not slots.code("country") and slots.places():
        asked = ask_which_place(slots, "obstacle")
        return Answer(asked.says, {**asked.changes, "obstacle": code})
    if name := missing(slots, "country"):
        asked = ask(name, slots, "obstacle")
        return Answer(asked.says, {**asked.changes, "obstacle": code})
    kinds, steps = OBSTACLES[code]
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "city": slots.code("city"),
        "status": slots.code("status"),
        "care": slots.code("care"),
        "kinds": list(kinds),
    }
    say = Say(f"obstacle.{code}", values, (*steps, "obstacle", "menu_help"))
    # A city that is named now asks for these places.
    return Answer((say,), {"topic": "find_service", "kind": kinds[0], "pending": None})
