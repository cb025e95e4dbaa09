"""A simulated person with each need answers truthfully: where does the path lead?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.danger import RISKS
from actions.rights import RIGHTS
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say

PERSONAS = yaml.safe_load(
    (Path(__file__).parents[1] / "triage" / "personas.yml").read_text("utf-8")
)
QUESTIONS = {"ask.need": "need", "ask.practical": "need", "ask.whom": "whom", "ask.days": "days"}
QUESTIONS |= {"ask.wish": "wish"}
PRACTICAL = ("papers", "home", "money", "work", "learning")
Held = tuple[str, list[str], list[Say]]  # where it led, the questions of the path, all says


def held(persona: dict[str, Any]) -> Held:
    """Return where a conversation with a persona leads first."""
    slots: dict[str, Any] = {"for_whom": persona.get("whom")} if _speaks_of_self(persona) else {}
    slots |= {"kind": persona["kind"]} if "kind" in persona else {}
    intent, asked, said = persona["about"], [], []
    for _ in range(8):
        told, changes = answer(intent, Slots(slots))
        slots = {**slots, **changes}
        said += told.says
        if end := _end(told.says):
            return end, asked, said
        question = told.says[-1]
        asked.append(question.message)
        intent, codes = _truthfully(persona, question)
        slots = {**slots, **codes}
    raise AssertionError(persona["name"])


def _speaks_of_self(persona: dict[str, Any]) -> bool:
    return persona.get("whom") == "self" and persona["about"] != "find_support"


def _end(says: tuple[Say, ...]) -> str | None:
    for say in says:
        family, _, name = say.message.partition(".")
        if family == "danger":
            return "protection"
        if family == "support" and name != "beside":
            return name
        if family in ("rights", "myth") or say.message == "ask.status":
            return "information"
        if say.message == "domain.peer_groups_community":
            return "focused_psychosocial"
        if family in ("domain", "services"):
            return "broader_community"
    asks_for_country = says[-1].message == "ask.country"
    return "information" if asks_for_country else None


def _truthfully(persona: dict[str, Any], question: Say) -> tuple[str, dict[str, str]]:
    told = persona[QUESTIONS[question.message]]
    if told in RISKS:
        return told, {}
    offered = {c: codes for c in question.choices for i, codes in [read_choice(c)]}
    wanted = [c for c, codes in offered.items() if told in codes.values()]
    if not wanted and told in PRACTICAL:
        wanted = [c for c, codes in offered.items() if "practical" in codes.values()]
    return read_choice(wanted[0]) if wanted else ("decline", {})


CONVERSATIONS = {persona["name"]: (persona, held(persona)) for persona in PERSONAS}


def _led_to(*destinations: str) -> list[tuple[dict[str, Any], Held]]:
    return [(p, h) for p, h in CONVERSATIONS.values() if p["goes_to"] in destinations]


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(CONVERSATIONS) == len(PERSONAS) >= 60


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_at_most_four_questions(name: str) -> None:
    _, (_, asked, _) = CONVERSATIONS[name]
    assert len(asked) <= 4
    assert len(set(asked)) == len(asked)


def test_most_are_led_to_the_right_place_at_first() -> None:
    right = [p for p, (end, _, _) in CONVERSATIONS.values() if end == p["goes_to"]]
    wrong = [(p["name"], h[0]) for p, h in CONVERSATIONS.values() if h[0] != p["goes_to"]]
    assert len(right) >= 0.85 * len(PERSONAS), wrong


def test_hardly_anybody_is_sent_to_specialised_care_who_does_not_need_it() -> None:
    over = [
        p["name"]
        for p, (end, _, _) in CONVERSATIONS.values()
        if end == "specialised_care" != p["goes_to"]
    ]
    assert len(over) <= 0.03 * len(PERSONAS), over


def test_nobody_in_danger_is_missed() -> None:
    assert {end for _, (end, _, _) in _led_to("protection")} == {"protection"}


def test_whoever_wants_to_know_something_is_never_led_onto_the_path() -> None:
    for _, (end, asked, said) in _led_to("information"):
        assert end == "information"
        assert not asked
        assert not any(say.message.startswith("support.") for say in said)


def test_every_question_of_theirs_is_one_of_the_four_or_a_right() -> None:
    for persona, _ in CONVERSATIONS.values():
        if persona["goes_to"] == "information":
            assert persona["about"] in {*RIGHTS, "myth_misinformation"}
