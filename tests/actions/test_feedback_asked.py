"""How it was: asked behind what was told, never after harm, once, and answered in two taps."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from actions.danger import LINES, RISKS
from actions.feedback import ASK, FACES, REASONS, with_question
from actions.notice import with_notice
from actions.slots import Answer, Slots
from actions.speakers import SPEAKERS, answer
from wire.choice import read_choice

KNOWN = {"language": "en", "told": "yes", "country": "GR", "city": "264371", "status": "refugee"}
FOOD = {**KNOWN, "kind": "food"}
TOLD = ["services/GR/gr-s01"]
NEVER_AFTER = ("danger.", "exit.", "privacy.", "safe.", "safety.", "discreet.", "shared.", "stop.")
PENDING = [None, "country", "city", "status", "kind", "unsure", "need", "days", "safe_word", "why"]


def asked(intent: str, slots: dict[str, Any]) -> Answer:
    known = Slots(slots)
    told = answer(intent, known)[0]
    noticed = with_notice(intent, known, told)
    return noticed if noticed is not told else with_question(known, told)


def after(intent: str, slots: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    whole = with_question(Slots(slots), said)
    return [say.message for say in whole.says], {**slots, **changes, **whole.changes}


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("find_service", FOOD),
        ("service_details", {**KNOWN, "listing": "gr-s01"}),
        ("rights_care", {**KNOWN, "care": "primary"}),
        ("helpline", {**KNOWN, "purpose": "asylum_refugee_info"}),
    ],
)
def test_three_faces_stand_behind_places_rights_and_lines(
    intent: str, slots: dict[str, Any]
) -> None:
    last = asked(intent, slots).says[-1]
    assert (last.message, last.choices) == (ASK, FACES)
    assert len(FACES) == 3


def test_it_is_asked_once_and_never_in_the_turn_of_the_notice() -> None:
    first = asked("find_service", {**FOOD, "told": None})
    assert first.says[0].message == "notice.short"
    assert ASK not in [say.message for say in first.says]
    says, slots = after("find_service", FOOD)
    assert says[-1] == ASK
    for intent in SPEAKERS:
        assert ASK not in [say.message for say in asked(intent, slots).says]


def test_two_taps_say_what_was_wrong_and_nothing_more_is_asked() -> None:
    _, slots = after("find_service", FOOD)
    intent, codes = read_choice(FACES[-1])
    says, slots = after(intent, {**slots, **codes, "about": TOLD})
    assert says == ["feedback.what"]
    said, _ = answer(intent, Slots({**slots, **codes, "pending": None, "about": TOLD}))
    assert {read_choice(c)[1].get("why") for c in said.says[0].choices} >= set(REASONS)
    for why in REASONS:
        said, changes = answer("feedback_wrong_info", Slots({**slots, "why": why}))
        assert [say.message for say in said.says] == ["feedback.wrong"]
        assert said.says[0].values == {"answer": why, "about": TOLD}
        assert changes["about"] is None
        assert changes["pending"] is None


def test_one_tap_is_enough_for_the_two_other_faces() -> None:
    for face, expected in zip(FACES, ("good", "so_so"), strict=False):
        intent, codes = read_choice(face)
        said, changes = answer(intent, Slots({**KNOWN, **codes, "about": TOLD, "pending": "city"}))
        (say,) = said.says
        assert (say.message, say.values["answer"]) == (f"feedback.{expected}", expected)
        assert changes["about"] is None
        assert "pending" not in changes


def test_the_unhappy_face_and_words_after_it_count_once() -> None:
    slots = {**KNOWN, "about": TOLD}
    first, changes = answer("feedback_wrong_info", Slots(slots))
    again, _ = answer("feedback_wrong_info", Slots({**slots, **changes}))
    assert first.says[0].values["answer"] == "bad"
    assert again.says[0].values["answer"] is None


def test_where_nothing_was_told_nothing_can_be_meant() -> None:
    for why in (None, "closed"):
        said, _ = answer("feedback_wrong_info", Slots({**KNOWN, "why": why}))
        assert [say.message for say in said.says] == ["feedback.which"]
        assert "about" not in said.says[0].values


@pytest.mark.parametrize("risk", sorted(RISKS))
def test_after_danger_and_disclosure_it_is_never_asked_or_counted(risk: str) -> None:
    _, slots = after(risk, FOOD)
    for intent, pending in itertools.product(SPEAKERS, PENDING):
        says, later = after(intent, {**slots, "pending": pending, "about": TOLD})
        assert ASK not in says
        assert ASK not in after("find_service", {**later, "kind": "food"})[0]
    for why in (None, *REASONS):
        said, _ = answer("feedback_wrong_info", Slots({**slots, "about": TOLD, "why": why}))
        assert [say.message for say in said.says] == ["feedback.in_danger"]
        assert set(said.says[0].values) == {"country"}
    said, _ = answer("feedback_good", Slots({**slots, "about": TOLD}))
    assert not said.says[0].values["about"]


@pytest.mark.parametrize("harm", ["violence_now", "sexual_violence", "safety", "discreet_mode"])
def test_what_is_taken_back_may_have_been_true(harm: str) -> None:
    _, slots = after(harm, FOOD)
    _, slots = after("not_that", slots)
    assert ASK not in after("find_service", {**slots, "kind": "food"})[0]


@pytest.mark.parametrize("intent", sorted(SPEAKERS))
def test_it_never_stands_beside_what_keeps_safe_or_another_question(intent: str) -> None:
    for topic, pending in itertools.product((None, "find_service", "rights_care"), PENDING):
        for menu in (None, "exit", "forget", "shared", "safe", "code", "word"):
            slots = {**FOOD, "topic": topic, "pending": pending, "menu": menu}
            said = asked(intent, slots).says
            messages = [say.message for say in said]
            if ASK in messages:
                assert messages[-1] == ASK
                assert not any(m.startswith((*NEVER_AFTER, "ask.", "unsure.")) for m in messages)


def test_on_a_shared_phone_it_is_never_asked() -> None:
    for intent in SPEAKERS:
        assert ASK not in after(intent, {**FOOD, "shared": "yes"})[0]


@pytest.mark.parametrize("kind", ["gbv_support", "protection_shelter", "emergency_care", "police"])
def test_whoever_looks_for_help_after_harm_is_not_asked(kind: str) -> None:
    assert ASK not in after("find_service", {**KNOWN, "kind": kind})[0]


@pytest.mark.parametrize("purpose", [*LINES.values(), "police", "emergency_any"])
def test_lines_to_call_in_need_are_said_without_it(purpose: str) -> None:
    assert ASK not in after("helpline", {**KNOWN, "purpose": purpose})[0]
