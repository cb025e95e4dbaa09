"""What an office decides, what to bring, and what it may not ask."""

from __future__ import annotations

from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

OFFICES = (
    "asylum_office",
    "health_insurance_office",
    "hospital",
    "social_work",
    "legal_aid",
    "complaints_ombudsman",
    "police",
    "consulate",
)
# Whoever asked for protection from a state hears of a lawyer before its consulate.
FEARS_STATE = frozenset({"asylum_seeker", "refugee", "stateless"})
_WHICH = tuple(write_choice("office", {"card": kind}) for kind in OFFICES)


def office(slots: Slots) -> Answer:
    """Explain an office; without one, ask which."""
    kind = slots.code("card")
    if kind not in OFFICES:
        return Answer((Say("office.which", {}, (*_WHICH, "menu_help")),), {"pending": None})
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "status": slots.code("status"),
        "care": slots.code("care"),
    }
    place: tuple[str, ...] = (
        () if kind == "police" else (write_choice("find_service", {"kind": kind}),)
    )
    if kind == "consulate":
        place = (write_choice("find_service", {"kind": "legal_aid"}),)
        place += () if slots.code("status") in FEARS_STATE else (_CONSULATE,)
    steps = (*place, "office", "obstacle", "menu_help")
    return Answer((Say(f"office.{kind}", values, steps),), {"pending": None})


_CONSULATE = write_choice("find_service", {"kind": "consulate"})
