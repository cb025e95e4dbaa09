"""What can be read about being safe, without telling anything. Nothing of it is remembered."""

from __future__ import annotations

from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

CARDS = ("self_check", "plan", "what_counts", "whom", "expect", "someone", "held", "evidence")
_LINE = write_choice("helpline", {"purpose": "gbv"})
_LEAVE = write_choice("discreet_mode", {"menu": "exit"})


def safety(slots: Slots) -> Answer:
    """Tell the card that was chosen; without one, which cards there are."""
    card, values = slots.code("card"), {"country": slots.code("country")}
    if card in CARDS:
        beside = (_LINE, "safety", _LEAVE, "menu_help")
        return Answer((Say(f"safety.{card}", values, beside),), {"pending": None})
    cards = tuple(write_choice("safety", {"card": card}) for card in CARDS)
    return Answer((Say("safety.start", values, (*cards, _LEAVE, "menu_help")),), {"pending": None})
