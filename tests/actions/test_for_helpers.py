"""Those who help find what fits, what not to ask, and a place to say that nothing exists."""

from __future__ import annotations

from typing import Any

import pytest

from actions.desk_cards import CARDS
from actions.slots import PASSING, Slots
from actions.speakers import SPEAKERS, answer
from wire.choice import read_choice
from wire.say import Say

MOST = 6  # choices of an answer


def after(intent: str, slots: dict[str, Any]) -> tuple[tuple[Say, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says, {**slots, **changes}


def choose(choice: str, slots: dict[str, Any]) -> tuple[tuple[Say, ...], dict[str, Any]]:
    intent, values = read_choice(choice)
    return after(intent, {**slots, **values})


def reached(choice: str, slots: dict[str, Any]) -> set[str]:
    """Return every choice that helpers are led to from one, through their own menus."""
    found, waiting = set[str](), [choice]
    while waiting:
        now = waiting.pop()
        if now in found or not now.startswith("worker_professional"):
            found.add(now)
            continue
        found.add(now)
        waiting += [c for say in choose(now, slots)[0] for c in say.choices]
    return found


def test_helpers_reach_everything_that_is_there_for_them() -> None:
    led = reached("worker_professional", {})
    wanted = {"country_profile", "desk_card", "practice", "gap_note", "find_service"}
    wanted |= {"exercise:card=first_aid", "find_support:for_whom=client"}
    wanted |= {f"worker_professional:card={c}" for c in ("layers", "not_ask", "referral", "more")}
    assert wanted <= led


@pytest.mark.parametrize("card", [None, "layers", "not_ask", "referral", "more", "unknown"])
def test_no_answer_to_helpers_offers_more_than_a_person_can_take_in(card: str | None) -> None:
    says, changed = after("worker_professional", {"card": card})
    assert all(len(say.choices) <= MOST for say in says)
    assert changed["card"] is None


def test_what_is_missing_needs_a_country_and_a_kind() -> None:
    says, slots = after("gap_note", {})
    assert says[0].message == "ask.country"
    says, slots = after("inform", {**slots, "country": "GR"})
    assert says[0].message == "gap.kind"
    says, slots = choose("gap_note:kind=food", slots)
    assert says[0].message == "gap.noted"
    assert says[0].values == {"country": "GR", "kinds": ["food"]}
    assert slots["pending"] is None


def test_a_search_that_found_nothing_can_be_noted_at_once() -> None:
    says, _ = after("gap_note", {"country": "GR", "kind": "food", "topic": "find_service"})
    assert says[0].message == "gap.noted"


def test_an_old_wish_is_not_noted_by_mistake() -> None:
    says, _ = after("gap_note", {"country": "GR", "kind": "food", "topic": "rights_care"})
    assert says[0].message == "gap.kind"


def test_the_same_is_not_noted_twice_by_asking_again() -> None:
    _, slots = after("gap_note", {"country": "GR", "kind": "food", "topic": "find_service"})
    says, _ = after("gap_note", slots)
    assert says[0].message == "gap.kind"


@pytest.mark.parametrize("declined", ["country", "kind"])
def test_nothing_is_noted_when_something_is_not_said(declined: str) -> None:
    known = {"country": "GR"} if declined == "kind" else {}
    _, slots = after("gap_note", known)
    says, slots = after("decline", slots)
    if slots["pending"]:
        says, slots = after("decline", slots)
    assert says[0].message == "helper.more"


def test_the_page_that_was_chosen_is_told_once_the_country_is_known() -> None:
    says, slots = choose("country_profile:page=3", {})
    assert says[0].message == "ask.country"
    says, slots = after("inform", {**slots, "country": "GR"})
    assert says[0].values == {"country": "GR", "page": "3"}
    assert not any(slots.get(name) for name in PASSING)


@pytest.mark.parametrize("card", sorted(CARDS))
def test_the_card_that_was_chosen_is_given_once_all_is_known(card: str) -> None:
    says, slots = choose(f"desk_card:card={card}", {})
    while slots["pending"]:
        told = {"country": "GR", "status": "refugee"}[slots["pending"]]
        says, slots = after("inform", {**slots, slots["pending"]: told})
    assert says[0].message == "desk.card"
    assert says[0].values["card"] == card
    assert len(says[0].choices) <= MOST


def test_nobody_is_asked_for_papers_before_they_can_say_it_is_an_emergency() -> None:
    says, _ = choose("desk_card:card=emergency", {"country": "GR"})
    assert says[0].message == "desk.card"


def test_every_speaker_for_helpers_is_registered() -> None:
    assert {"worker_professional", "gap_note", "country_profile", "desk_card"} <= set(SPEAKERS)
