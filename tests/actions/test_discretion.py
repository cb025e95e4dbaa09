"""Leaving, the safe word, a shared phone and the notice: from wherever a conversation stands."""

from __future__ import annotations

from typing import Any

import pytest

from actions.danger import RISKS
from actions.notice import NOTICE, with_notice
from actions.safety import CARDS
from actions.slots import Answer, Slots
from actions.speakers import SPEAKERS, answer

KNOWN = {"language": "es", "country": "GR", "status": "refugee", "topic": "rights_care"}


def after(intent: str, slots: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return [say.message for say in said.says], {**slots, **changes}


def noticed(intent: str, slots: dict[str, Any]) -> Answer:
    asked = Slots(slots)
    return with_notice(intent, asked, answer(intent, asked)[0])


def test_leaving_says_one_line_offers_nothing_and_forgets_all_but_the_language() -> None:
    said, _ = answer("discreet_mode", Slots({**KNOWN, "menu": "exit", "shared": "yes"}))
    assert [(say.message, say.choices) for say in said.says] == [("exit.line", ())]
    _, left = after("discreet_mode", {**KNOWN, "menu": "exit", "shared": "yes"})
    assert {name for name, value in left.items() if value is not None} == {"language"}


@pytest.mark.parametrize("risk", [r for r in RISKS if r != "medical_emergency"])
def test_the_safe_word_shows_the_line_of_the_last_danger_again(risk: str) -> None:
    said, _ = answer("menu_help", Slots({"country": "GR", "topic": risk, "menu": "safe"}))
    again, _ = answer("danger_follow_up", Slots({"country": "GR", "topic": risk}))
    assert [say.message for say in said.says] == ["safe.called_up", "helplines.list"]
    assert said.says[1].values["purposes"] == again.says[1].values["purposes"]


def test_the_safe_word_keeps_the_question_that_is_open() -> None:
    _, slots = after("menu_help", {**KNOWN, "pending": "status", "menu": "safe"})
    assert (slots["pending"], slots["topic"]) == ("status", "rights_care")


def test_the_safe_word_gives_a_number_first_and_then_asks_for_the_country() -> None:
    says, slots = after("menu_help", {"menu": "safe"})
    assert says == ["safe.called_up", "ask.country"]
    says, _ = after("inform", {**slots, "country": "MT"})
    assert says == ["safe.called_up", "helplines.list"]


def test_a_shared_phone_can_be_told_and_taken_back() -> None:
    says, slots = after("discreet_mode", {**KNOWN, "pending": "status", "menu": "shared"})
    assert (says, slots["shared"], slots["pending"]) == (["shared.on"], "yes", "status")
    says, slots = after("discreet_mode", {**slots, "menu": "mine"})
    assert (says, slots["shared"]) == (["shared.off"], "no")


def test_a_word_of_ones_own_is_asked_for_and_danger_goes_before_it() -> None:
    says, slots = after("menu_help", {**KNOWN, "menu": "word"})
    assert (says, slots["pending"]) == (["safe.choose_word"], "safe_word")
    says, danger = after("violence_now", slots)
    assert says == ["danger.violence_now"]
    says, _ = after("not_that", danger)
    assert says == ["danger.taken_back", "safe.choose_word"]


def test_the_notice_comes_once_before_what_is_personal_and_offers_the_shared_phone() -> None:
    first = noticed("rights_care", {"language": "es"})
    assert first.says[0].message == NOTICE
    assert first.changes["told"] == "yes"
    assert "discreet_mode:menu=shared" in first.says[-1].choices
    second = noticed("rights_care", {"language": "es", **first.changes})
    assert NOTICE not in [say.message for say in second.says]


@pytest.mark.parametrize("risk", RISKS)
def test_the_notice_never_stands_before_danger(risk: str) -> None:
    for slots in ({"language": "es"}, {**KNOWN, "topic": risk}):
        assert NOTICE not in [say.message for say in noticed(risk, slots).says]
    follow = noticed("find_service", {"language": "es", "topic": risk, "country": "GR"})
    assert NOTICE not in [say.message for say in follow.says]


def test_the_notice_asks_for_nothing() -> None:
    for intent in SPEAKERS:
        for say in noticed(intent, {"language": "es"}).says:
            assert say.message != NOTICE or not say.choices


@pytest.mark.parametrize("card", CARDS)
def test_being_safe_can_be_read_without_telling_anything(card: str) -> None:
    says, slots = after("safety", {"language": "es", "card": card})
    assert says == [f"safety.{card}"]
    assert {name for name, value in slots.items() if value is not None} == {"language"}


@pytest.mark.parametrize("risk", [r for r in RISKS if r != "medical_emergency"])
def test_a_child_is_referred_nowhere_but_to_the_line_for_children(risk: str) -> None:
    said, _ = answer(risk, Slots({"country": "GR", "age_group": "child"}))
    offered = [choice for say in said.says for choice in say.choices]
    assert offered[0] == "helpline:purpose=child"
    assert not any(choice.startswith("find_service") for choice in offered)


@pytest.mark.parametrize("risk", RISKS)
def test_two_or_three_next_steps_the_police_never_first_and_a_way_back(risk: str) -> None:
    said, _ = answer(risk, Slots({"country": "GR"}))
    offered = said.says[0].choices
    beside = {"helpline:purpose=police", "find_support", "origin_line", "not_that"}
    assert 1 <= len([choice for choice in offered if choice not in beside]) <= 3
    assert offered[0] != "helpline:purpose=police"
    assert offered[-1] == "not_that"
    if RISKS[risk][0] == "careful":
        assert {"helpline:purpose=police", "find_support"} <= {*offered}


@pytest.mark.parametrize("risk", [r for r, (urgency, _) in RISKS.items() if urgency == "careful"])
def test_an_answer_to_a_disclosure_ends_with_rights(risk: str) -> None:
    assert after(risk, {"country": "GR"})[0][-1] == "danger.rights"


def test_before_any_hand_over_the_duty_to_report_is_told() -> None:
    says, _ = after("talk_to_human", {"country": "GR"})
    assert says.index("human.duty") < says.index("helplines.list")


def test_the_police_number_comes_with_what_is_known_of_papers() -> None:
    says, _ = after("helpline", {"country": "GR", "purpose": "police"})
    assert says == ["police.papers", "helplines.list"]
