"""Practices of other countries, for whoever helps: one of them, or a list."""

from __future__ import annotations

from pathlib import Path

from actions.myths import page_of, read_cards
from actions.slots import Answer, Slots
from wire.say import Say

PRACTICES = read_cards(Path(__file__).parents[1] / "data" / "practices")


def practice(slots: Slots) -> Answer:
    """Show the practice that was chosen, or a page of all of them; see ``actions.myths.myth``."""
    card = slots.code("card")
    if card is not None:
        offers = tuple(map(str, PRACTICES.get(card, {}).get("offers", ())))
        shown = Say("practice.card", {"card": card}, (*offers, "practice", "menu_help"))
        return Answer((shown,), {"pending": None})
    choices = page_of("practice", tuple(PRACTICES), slots)
    return Answer((Say("practice.list", {}, (*choices, "menu_help")),), {"pending": None})
