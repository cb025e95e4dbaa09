"""Cards to show at a desk: in a language of the country and in the person's own."""

from __future__ import annotations

from actions.asking import ask, missing
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

# card -> the care whose rule stands on it; None: no rule, or the care that was asked about
CARDS: dict[str, str | None] = {
    "interpreter": None,
    "right": None,
    "emergency": "emergency",
    "pregnant": "maternity",
    "child": "child_health",
}
# Nobody is asked for their papers before they can say that they are ill.
_NEEDS_STATUS = frozenset({"right"})


def desk_card(slots: Slots) -> Answer:
    """Give the card that was chosen, or offer them."""
    card = slots.code("card")
    if card not in CARDS:
        return Answer((Say("desk.choose", {}, (*_others(None), "menu_help")),), {"pending": None})
    wanted = ("country", "status") if card in _NEEDS_STATUS else ("country",)
    if name := missing(slots, *wanted):
        asked = ask(name, slots, "desk_card")
        return Answer(asked.says, {**asked.changes, "card": card})
    say = Say(
        "desk.card",
        {
            "card": card,
            "country": slots.code("country"),
            "status": slots.code("status") or "prefer_not_to_say",
            "care": CARDS[card] or slots.code("care"),
        },
        (*_others(card), "menu_help"),
    )
    return Answer((say,), {"topic": "desk_card", "pending": None})


def _others(card: str | None) -> tuple[str, ...]:
    return tuple(write_choice("desk_card", {"card": other}) for other in CARDS if other != card)
