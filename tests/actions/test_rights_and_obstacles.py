"""Rights answers lead on; care that cannot wait asks nothing first; obstacles and offices."""

from __future__ import annotations

from typing import Any

import pytest

from actions.obstacles import OBSTACLES
from actions.offices import FEARS_STATE, OFFICES
from actions.rights import EARLY
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say


def after(intent: str, slots: dict[str, Any]) -> tuple[tuple[Say, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says, {**slots, **changes}


def ids(says: tuple[Say, ...]) -> list[str]:
    return [say.message for say in says]


def test_a_rights_answer_offers_the_obstacle_and_at_most_six_choices() -> None:
    (say,), _ = after("rights_care", {"country": "GR", "status": "refugee"})
    assert "obstacle" in say.choices
    assert "office" in say.choices
    assert len(say.choices) <= 5  # one more comes from the facts


@pytest.mark.parametrize("intent", ["rights_care", "cost_care", "access_conditions"])
def test_care_that_cannot_wait_is_answered_before_anything_is_asked(intent: str) -> None:
    says, changed = after(intent, {"care": EARLY})
    assert ids(says) == ["early_care.answer", "ask.country"]
    assert changed["pending"] == "country"
    says, changed = after("inform", {**changed, "country": "GT"})
    assert ids(says) == ["early_care.answer"]
    assert says[0].values["country"] == "GT"
    says, changed = after(intent, {"care": EARLY, "declined": ["country"]})
    assert ids(says) == ["early_care.answer"]


def test_which_obstacle_is_a_choice_and_the_country_is_asked_for_once() -> None:
    says, changed = after("obstacle", {})
    assert ids(says) == ["obstacle.which"]
    codes = [read_choice(choice)[1]["obstacle"] for choice in says[0].choices]
    assert codes == list(OBSTACLES)
    says, changed = after("obstacle", {**changed, "obstacle": "fear"})
    assert ids(says) == ["ask.country"]
    says, changed = after("gibberish", changed)
    assert ids(says)[-1] == "ask.country"
    says, changed = after("inform", {**changed, "country": "DE"})
    assert ids(says) == ["obstacle.fear"]
    assert changed["obstacle"] is None


@pytest.mark.parametrize("obstacle", list(OBSTACLES))
def test_every_obstacle_is_answered_and_leads_to_places(obstacle: str) -> None:
    slots = {"country": "DE", "status": "undocumented", "obstacle": obstacle}
    (say,), changed = after("obstacle", slots)
    assert say.message == f"obstacle.{obstacle}"
    assert say.values["kinds"]
    assert len(say.choices) <= 6
    says, _ = after("inform", {**changed, "city": "2950159"})
    assert ids(says)[0] == "services.list"


def test_whoever_does_not_say_the_country_still_gets_the_advice() -> None:
    says, _ = after("obstacle", {"obstacle": "refused", "declined": ["country"]})
    assert ids(says) == ["obstacle.refused"]


@pytest.mark.parametrize("intent", ["rights_care", "access_conditions"])
def test_what_stands_in_the_way_is_answered_first_when_it_was_told(intent: str) -> None:
    says, _ = after(intent, {"country": "DE", "obstacle": "refused"})
    assert ids(says) == ["obstacle.refused"]
    says, _ = after("emergency_care_info", {"country": "DE", "obstacle": "refused"})
    assert ids(says) == ["rights.answer"]


def test_every_office_is_told() -> None:
    says, changed = after("office", {})
    assert ids(says) == ["office.which"]
    for office in OFFICES:
        (say,), _ = after("office", {**changed, "card": office})
        assert say.message == f"office.{office}"
        assert len(say.choices) <= 6


def test_a_consulate_is_offered_to_nobody_who_may_fear_their_state() -> None:
    consulate = "find_service:kind=consulate"
    for status in FEARS_STATE:
        (say,), _ = after("office", {"card": "consulate", "status": status})
        assert consulate not in say.choices
        assert "find_service:kind=legal_aid" in say.choices
    (say,), _ = after("office", {"card": "consulate", "status": "regular_migrant"})
    assert say.choices.index("find_service:kind=legal_aid") < say.choices.index(consulate)


def test_care_after_is_told_behind_whom_to_call() -> None:
    known = {"country": "CR", "status": "asylum_seeker", "care": "sexual_violence_care"}
    says, _ = after("sexual_violence", known)
    assert ids(says) == ["danger.sexual_violence", "early_care.answer", "danger.rights"]
    says, _ = after("sexual_violence", {"country": "CR"})
    assert ids(says) == ["danger.sexual_violence", "danger.rights"]
    says, _ = after("sexual_violence", {"care": "sexual_violence_care"})
    assert ids(says) == ["danger.sexual_violence", "ask.country"]
