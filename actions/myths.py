"""Rumours: the card of one, a few to choose from, or a page of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

PAGE = 6  # choices at a time
_DATA = Path(__file__).parents[1] / "data"
# A rumour that has no card: the right in the country where the person is.
_NO_CARD = ("rights_care", "legal_asylum_aid", "myth", "menu_help")


def read_cards(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what stands in each file of a folder, by its id, in the order that it names."""
    files = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yml"))]
    return {str(card["id"]): card for card in sorted(files, key=lambda card: int(card["order"]))}


MYTHS = read_cards(_DATA / "myths")


def myth_misinformation(slots: Slots) -> Answer:
    """Answer a rumour that was asked about: its card, those that may be meant, or how to check."""
    found = slots.codes("card")  # some may have been published since the files were made
    if len(found) == 1:
        return _shown(found[0], slots)
    changes = {"topic": "rights_care", "pending": None}  # a place told next leads there
    if found:
        offered = tuple(write_choice("myth", {"card": card}) for card in found)
        return Answer((Say("myth.which", {}, (*offered, "myth", "menu_help")),), changes)
    check = Say("myth.check", {"country": slots.code("country")}, _NO_CARD)
    return Answer((check,), changes)


def myth(slots: Slots) -> Answer:
    """Show the card that was chosen, or a page of all cards.

    Only choices of ours lead here with a card: one that has no file was published since, or taken
    back, which whoever words it knows.
    """
    card = slots.code("card")
    if card is not None:
        return _shown(card, slots)
    choices = page_of("myth", tuple(MYTHS), slots)
    return Answer((Say("myth.list", {}, (*choices, "menu_help")),), {"pending": None})


def page_of(intent: str, cards: Sequence[str], slots: Slots) -> tuple[str, ...]:
    """Return the choices of one page of cards, and the one that leads to the next page."""
    page = max(1, slots.number("page"))
    start = (page - 1) * PAGE
    if start >= len(cards):
        page, start = 1, 0
    shown = [write_choice(intent, {"card": card}) for card in cards[start : start + PAGE]]
    if start + PAGE < len(cards):
        shown.append(write_choice(intent, {"page": str(page + 1), "step": "more"}))
    return tuple(shown)


def _shown(card: str, slots: Slots) -> Answer:
    offers = tuple(map(str, _offers(MYTHS[card]))) if card in MYTHS else ()
    values = {"card": card, "country": slots.code("country")}
    say = Say("myth.card", values, (*offers, "myth", "menu_help"))
    return Answer((say,), {"topic": "rights_care", "pending": None})


def _offers(card: Mapping[str, Any]) -> Sequence[Any]:
    offers: Sequence[Any] = card["offers"]
    return offers
