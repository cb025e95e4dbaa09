"""The path to the right support: short, kind, left at any moment, and nothing stays of it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from actions.danger import RISKS
from actions.distress import OPENINGS
from actions.layers import QUESTIONS, TABLE, UNSAID
from actions.rights import RIGHTS
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say

ATHENS = {"country": "GR", "city": "264371"}
PENDING = ["need", "whom", "days", "wish"]
TOLD = ("need", "days", "wish")
MIDDLE: dict[str, Any] = {
    "topic": "find_support",
    "need": "feel_better",
    "for_whom": "self",
    "days": "hard",
}


def after(intent: str, slots: dict[str, Any]) -> tuple[tuple[Say, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says, {**slots, **changes}


def tell(slots: dict[str, Any], **told: str) -> tuple[tuple[Say, ...], dict[str, Any]]:
    return after("find_support", {**slots, **told})


def ids(says: tuple[Say, ...]) -> list[str]:
    return [say.message for say in says]


def test_the_whole_path_asks_four_questions_and_then_where() -> None:
    says, slots = after("find_support", {})
    asked = []
    for told in ({"need": "feel_better"}, {"for_whom": "self"}, {"days": "hard"}):
        asked += ids(says)
        says, slots = tell(slots, **told)
    asked += ids(says)
    says, slots = tell(slots, wish="person")
    assert asked == ["ask.need", "ask.whom", "ask.days", "ask.wish"]
    assert ids(says) == ["support.psychological_support", "ask.city"]
    says, slots = after("inform", {**slots, **ATHENS})
    assert ids(says) == ["services.list", "support.beside"]
    assert says[0].values["kinds"][0] == "counselling"


def test_each_answer_is_a_choice_and_each_question_can_be_skipped() -> None:
    for question, pending in zip(QUESTIONS, PENDING, strict=True):
        says, _ = after("affirm", {**MIDDLE, "pending": pending})
        told = [read_choice(choice)[1].get(question) for choice in says[0].choices]
        assert told[:-1] == list(TABLE.choices[question])
        assert says[0].choices[-1] == "decline"


def test_whoever_skips_everything_is_led_to_support_all_the_same() -> None:
    says, slots = after("find_support", {})
    while slots["pending"]:
        says, slots = after("decline", slots)
    assert ids(says) == ["services.list", "support.beside"]
    assert not slots["declined"] or not set(slots["declined"]) & set(PENDING)


@pytest.mark.parametrize("intent", OPENINGS)
def test_warm_words_come_first_then_at_most_one_question(intent: str) -> None:
    says, _ = after(intent, {"for_whom": "self"})
    assert says[0].message == f"distress.{intent}"
    assert sum(say.message.startswith("ask.") for say in says) == 1


@pytest.mark.parametrize("intent", OPENINGS)
@pytest.mark.parametrize("place", [{}, ATHENS])
def test_every_answer_on_support_has_a_practical_service(
    intent: str, place: dict[str, str]
) -> None:
    says, _ = after(intent, {"for_whom": "self", **place})
    told = [str(say.values["practical"]) for say in says if say.values.get("practical")]
    assert len(told) == 1
    offered = {choice for say in says for choice in say.choices}
    assert f"find_service:kind={told[0]}" in offered


@pytest.mark.parametrize(
    ("intent", "heavy"), [(intent, opening.heavy) for intent, opening in OPENINGS.items()]
)
def test_what_is_hard_to_read_is_announced(intent: str, *, heavy: bool) -> None:
    assert after(intent, {})[0][0].values["heavy"] is heavy
    assert OPENINGS["low_mood_grief"].heavy
    assert OPENINGS["discrimination_racism"].heavy


def test_an_exercise_or_a_place_is_never_further_than_one_choice() -> None:
    says, _ = after("low_mood_grief", {})
    assert {"coping_exercise_request", "find_service:kind=counselling"} <= set(says[-1].choices)


def test_whom_an_older_message_was_about_is_asked_again() -> None:
    says, slots = after("distress_anxiety", {"for_whom": "child"})
    assert ids(says)[-1] == "ask.whom"
    assert slots["for_whom"] is None


@pytest.mark.parametrize("wish", ["professional", "specialist"])
def test_asking_for_a_professional_is_enough(wish: str) -> None:
    says, _ = tell({}, wish=wish)
    assert ids(says)[-1] == "ask.city"
    assert ids(says)[0] in ("support.psychological_support", "support.specialised_care")


@pytest.mark.parametrize("days", ["stopped", "medicine_running_out"])
def test_a_life_that_stopped_or_medicine_that_runs_out_leads_to_specialised_care(days: str) -> None:
    for need in ("feel_better", "talk", "other", "care"):
        says, _ = tell({"need": need, "for_whom": "self"}, days=days)
        assert ids(says)[0] == "support.specialised_care"


def test_a_practical_cause_gets_the_practical_help_first() -> None:
    says, slots = tell({}, need="practical")
    assert ids(says) == ["ask.practical"]
    says, _ = tell({**slots, **ATHENS}, need="papers")
    assert ids(says) == ["support.broader_community", "services.list"]
    assert says[1].values["kinds"][0] == "legal_aid"
    says, _ = after("decline", {**slots, **ATHENS})
    assert ids(says) == ["support.broader_community", "services.list"]


def test_nothing_is_an_answer() -> None:
    says, slots = tell(MIDDLE, wish="nothing")
    assert ids(says) == ["support.nothing"]
    assert not any(slots.get(name) for name in (*TOLD, "pending"))


def test_something_to_do_now_is_given_now() -> None:
    says, _ = tell(MIDDLE, wish="now")
    assert ids(says) == ["support.basic_psychosocial", "coping.offer", "support.beside"]


def test_not_being_safe_comes_with_numbers_and_asks_for_the_country_alone() -> None:
    says, slots = tell({}, need="unsafe")
    assert ids(says) == ["support.protection", "ask.country"]
    assert "violence_now" in says[0].choices
    says, slots = after("inform", {**slots, "country": "GR"})
    assert ids(says) == ["helplines.list"]
    assert not slots["need"]


@pytest.mark.parametrize(
    "young", [{"for_whom": "child"}, {"age_group": "adolescent"}, {"status": "unaccompanied_child"}]
)
def test_who_is_under_eighteen_gets_what_is_for_children(young: dict[str, str]) -> None:
    says, _ = tell({**ATHENS, **young, "need": "feel_better"}, days="very_hard")
    (listed,) = [say for say in says if say.message == "services.list"]
    assert "art_therapy" in listed.values["kinds"]
    assert listed.values["audience"] in ("children", "adolescents")


@pytest.mark.parametrize("risk", sorted(RISKS))
@pytest.mark.parametrize("pending", PENDING)
def test_danger_leaves_the_path_and_nothing_stays_of_it(risk: str, pending: str) -> None:
    says, slots = after(risk, {**MIDDLE, "pending": pending})
    assert ids(says)[0] == f"danger.{risk}"
    assert not any(slots.get(name) for name in TOLD)


@pytest.mark.parametrize("intent", sorted(RIGHTS))
def test_a_question_about_rights_is_answered_and_ends_the_path(intent: str) -> None:
    says, slots = after(intent, {**MIDDLE, "pending": "days"})
    assert not any(say.message.startswith("support.") for say in says)
    assert not any(slots.get(name) for name in TOLD)


def test_nothing_that_was_told_outlives_the_path() -> None:
    for codes in itertools.product(*((*TABLE.choices[name], UNSAID) for name in QUESTIONS)):
        told = {n: c for n, c in zip(QUESTIONS, codes, strict=True) if c != UNSAID}
        slots = {"topic": "find_support", "declined": PENDING, **ATHENS, **told}
        says, slots = after("find_support", slots)
        if slots.get("pending") is None:
            assert not any(slots.get(name) for name in TOLD), says
            assert not set(slots["declined"] or ()) & set(PENDING)


def test_a_layer_is_offered_with_one_neighbour_of_another_layer() -> None:
    for row in TABLE.rows[:1] + TABLE.rows[2:]:
        assert row.neighbour != row.layer
        told = {name: min(codes) for name, codes in row.conditions.items()}
        said = {n: c for n, c in told.items() if c != UNSAID}
        says, _ = after("find_support", {**ATHENS, "declined": PENDING, **said})
        offered = {choice for say in says for choice in say.choices}
        assert offered & {f"find_service:kind={TABLE.first_kind(row.neighbour or '')}"}, row


@pytest.mark.parametrize("small_talk", ["thanks", "greet", "gibberish"])
def test_small_talk_keeps_the_question_open(small_talk: str) -> None:
    _, slots = after(small_talk, {**MIDDLE, "pending": "wish"})
    assert (slots["pending"], slots["days"]) == ("wish", "hard")


def test_a_search_for_a_psychologist_is_led_like_the_path() -> None:
    says, slots = after("find_service", {"kind": "psychotherapy"})
    assert ids(says) == ["support.psychological_support", "ask.city"]
    says, _ = after("inform", {**slots, **ATHENS})
    assert ids(says) == ["services.list", "support.beside"]
    says, _ = after("find_service", {"kind": "psychotherapy", **ATHENS})
    assert ids(says) == ["services.list", "support.beside"]


def test_more_places_of_the_same_kinds_follow() -> None:
    _, slots = tell({**MIDDLE, **ATHENS}, wish="person")
    says, _ = after("more", slots)
    assert ids(says) == ["services.list"]
    assert says[0].values["offset"] == 3
    assert says[0].values["kinds"][:2] == ["counselling", "psychotherapy"]
