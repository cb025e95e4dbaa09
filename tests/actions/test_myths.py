"""Rumours and practices: the card that was meant, a few to choose from, or all of them, by page."""

from __future__ import annotations

from typing import Any

from actions.myths import MYTHS, PAGE
from actions.practices import PRACTICES
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice


def hear(intent: str, **slots: Any) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says[-1].message, said.says[-1].choices, changes


def test_a_rumour_that_is_clear_is_answered_with_its_card() -> None:
    message, choices, changes = hear("myth_misinformation", card="hospital_police", country="SE")
    assert message == "myth.card"
    assert choices == ("rights_care", "legal_asylum_aid", "myth", "menu_help")
    assert changes["card"] is None


def test_several_rumours_are_offered_with_a_way_out() -> None:
    message, choices, _ = hear("myth_misinformation", card=["only_papers", "bill_papers"])
    assert message == "myth.which"
    assert choices == ("myth:card=only_papers", "myth:card=bill_papers", "myth", "menu_help")


def test_a_rumour_without_a_card_leads_to_the_right_and_to_the_list() -> None:
    message, choices, changes = hear("myth_misinformation")
    assert message == "myth.check"
    assert "myth" in choices
    assert changes["topic"] == "rights_care"


def test_a_card_without_a_file_is_left_to_whoever_words_it() -> None:
    for intent, leads in (("myth", "myth"), ("myth_misinformation", "myth"), ("practice",) * 2):
        message, choices, _ = hear(intent, card="published_since")
        assert message == f"{leads}.card"
        assert choices == (leads, "menu_help")


def test_every_card_is_reached_page_by_page() -> None:
    for intent, cards in (("myth", MYTHS), ("practice", PRACTICES)):
        seen: list[str] = []
        slots: dict[str, str] = {}
        while True:
            message, choices, _ = hear(intent, **slots)
            assert message == f"{intent}.list"
            told = [read_choice(choice)[1] for choice in choices]
            page = [codes["card"] for codes in told if "card" in codes]
            assert len(page) <= PAGE
            seen += page
            following = [codes for codes in told if "page" in codes]
            if not following:
                break
            slots = following[0]
        assert seen == list(cards)


def test_the_page_does_not_outlive_its_turn() -> None:
    assert hear("myth", page="2", step="more")[2] == {"page": None, "step": None, "pending": None}


def test_there_are_cards_for_people_on_the_move_and_for_those_who_receive_them() -> None:
    audiences = [card["audience"] for card in MYTHS.values()]
    assert len(audiences) >= 25
    assert audiences.count("migrants") >= 14
    assert audiences.count("receiving") >= 11


def test_practices_begin_with_the_four_that_helpers_ask_for() -> None:
    assert list(PRACTICES)[:4] == ["canada_arts", "panama_standard", "casa_joven", "unicef_guide"]
