"""Something to do now: one step at a time, stopped at any step, and nobody asks how it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.coping import EXERCISES, step_message
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say

ROOT = Path(__file__).parents[2]
STOP = "exercise:card=stop"


def told(choice: str, **slots: Any) -> Say:
    intent, codes = read_choice(choice)
    (say,) = answer(intent, Slots({**slots, **codes}))[0].says
    return say


@pytest.mark.parametrize("card", EXERCISES)
def test_each_step_leads_to_the_next_until_the_last(card: str) -> None:
    choice, steps = f"exercise:card={card}", EXERCISES[card]["steps"]
    for number in range(1, steps + 1):
        say = told(choice)
        assert say.message == step_message(card, number)
        following = [one for one in say.choices if one.startswith(f"exercise:card={card}")]
        assert bool(following) is (number < steps)
        choice = following[0] if following else choice


@pytest.mark.parametrize("card", EXERCISES)
def test_an_exercise_can_be_stopped_at_every_step_before_the_last(card: str) -> None:
    for number in range(1, EXERCISES[card]["steps"]):
        assert STOP in told(f"exercise:card={card},step={number}").choices
    assert told(STOP).message == "coping.stopped"


@pytest.mark.parametrize("card", EXERCISES)
def test_the_end_offers_support_a_practical_service_and_a_person_and_asks_nothing(
    card: str,
) -> None:
    last = told(f"exercise:card={card},step={EXERCISES[card]['steps']}")
    assert {"find_support", "talk_to_human", EXERCISES[card]["practical"]} <= set(last.choices)


def test_every_exercise_is_offered_to_whoever_asks_for_one() -> None:
    say = told("coping_exercise_request")
    assert say.message == "coping.offer"
    assert {f"exercise:card={card}" for card in EXERCISES} <= set(say.choices)


@pytest.mark.parametrize("choice", ["exercise:card=no_such", "exercise:step=3", "exercise"])
def test_an_exercise_that_is_not_known_brings_back_the_offer(choice: str) -> None:
    assert told(choice).message == "coping.offer"


def test_a_step_past_the_end_is_the_last() -> None:
    assert told("exercise:card=sleep,step=99").message == step_message("sleep", 3)


def test_the_step_of_one_turn_is_not_taken_for_that_of_another() -> None:
    _, changes = answer("exercise", Slots({"card": "sleep", "step": "2"}))
    assert (changes["card"], changes["step"]) == (None, None)


def test_every_exercise_has_a_source_with_address_and_date() -> None:
    sources = yaml.safe_load((ROOT / "data" / "coping" / "sources.yml").read_text("utf-8"))
    assert sources.keys() == EXERCISES.keys()
    for rows in sources.values():
        for row in rows:
            assert row["address"].startswith("https://")
            assert row["title"]
            assert row["date"]
            assert row["takes"]
            assert str(row["seen"]).startswith("2026-")
