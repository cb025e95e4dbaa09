"""One small step towards others: with whom the person chooses, and it can be refused."""

from __future__ import annotations

from typing import Any

import pytest

from actions.continuum import COMMUNITIES, LEFT_OUT, NEAR, OWN_COMMUNITY
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say

HERE = {"country": "GR", "city": "264371"}


def after(choice: str, **slots: Any) -> tuple[tuple[Say, ...], dict[str, Any]]:
    intent, codes = read_choice(choice)
    held = {**slots, **codes}
    said, changes = answer(intent, Slots(held))
    return said.says, {**held, **changes}


def listed(choice: str, **slots: Any) -> Say:
    return next(say for say in after(choice, **slots)[0] if say.message == "services.list")


def test_with_whom_is_the_persons_choice_and_not_now_is_one() -> None:
    (asked,), _ = after("next_step")
    assert asked.message == "next_step.with_whom"
    offered = {f"next_step:community={code}" for code in (*COMMUNITIES, "not_now")}
    assert offered == set(asked.choices)


def test_not_now_is_taken_for_an_answer() -> None:
    (said,), slots = after("next_step:community=not_now", topic="loneliness")
    assert said.message == "next_step.not_now"
    assert slots["pending"] is None
    assert slots["community"] is None


@pytest.mark.parametrize("word", ["decline", "deny"])
def test_a_bare_no_is_a_not_now_and_it_can_be_asked_again(word: str) -> None:
    _, slots = after("next_step", topic="volunteer")
    (said,), slots = after(word, **slots)
    assert said.message == "next_step.not_now"
    assert (slots["pending"], slots["declined"]) == (None, None)
    (asked,), _ = after("next_step", **slots)
    assert asked.message == "next_step.with_whom"


@pytest.mark.parametrize("community", COMMUNITIES)
def test_a_small_step_is_one_message_and_places_for_it(community: str) -> None:
    says, slots = after(f"next_step:community={community}", **HERE)
    assert [say.message for say in says][:2] == [f"next_step.{community}", "services.list"]
    assert "next_step:community=not_now" in says[1].choices
    assert slots["community"] is None  # the next time it is asked anew
    assert after("more", **slots)[0][0].message == "services.list"


@pytest.mark.parametrize("community", COMMUNITIES)
def test_a_small_step_goes_on_once_the_place_is_known(community: str) -> None:
    says, slots = after(f"next_step:community={community}")
    assert [say.message for say in says] == [f"next_step.{community}", "ask.city"]
    for answered in ("inform:city=264371", "decline"):
        assert after(answered, **slots)[0][0].message == "services.list"


def test_the_step_lies_near_what_was_asked_about() -> None:
    for topic, step in NEAR.items():
        says, _ = after("next_step", topic=topic)
        assert [say.message for say in says] == [f"next_step.{step}", "next_step.with_whom"]


@pytest.mark.parametrize("kind", [None, ["peer_group", "support_group"]])
def test_not_from_my_community_holds_for_every_group_that_follows(kind: list[str] | None) -> None:
    _, slots = after("next_step:community=other", **HERE)
    assert slots["declined"] == [OWN_COMMUNITY]
    intent = "find_service" if kind else "peer_groups_community"  # as a path to support leaves them
    told = listed(intent, **{**slots, "kind": kind}).values
    kinds = told["kinds"]
    assert isinstance(kinds, list)
    assert not set(kinds) & set(LEFT_OUT)
    assert {"mixed_activity", "mentoring", "volunteering"} <= set(kinds)
    assert told["without"] == list(LEFT_OUT)


@pytest.mark.parametrize("community", ["own", "mixed"])
def test_who_chooses_otherwise_later_sees_every_group_again(community: str) -> None:
    _, slots = after("next_step:community=other", **HERE)
    _, slots = after(f"next_step:community={community}", **slots)
    told = listed("peer_groups_community", **slots).values
    assert "peer_group" in told["kinds"]  # type: ignore[operator]  # a list here
    assert "without" not in told


def test_a_place_that_was_asked_for_by_name_is_never_left_out() -> None:
    _, slots = after("next_step:community=other", **HERE)
    told = listed("find_service:kind=cultural_association", **slots).values
    assert told["kinds"] == ["cultural_association"]
    assert "cultural_association" not in told["without"]  # type: ignore[operator]  # a list here


@pytest.mark.parametrize("topic", ["peer_groups_community", "loneliness"])
def test_whoever_looks_for_others_is_offered_a_small_step(topic: str) -> None:
    says, _ = after(topic, **HERE)
    assert "next_step" in [choice for say in says for choice in say.choices]
