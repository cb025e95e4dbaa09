"""What crosses between the two environments. Runs in both: Python 3.10 and 3.13."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from wire.choice import read_choice, write_choice
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.strict import WireError
from wire.turn import Turn

STATE = State({"country": "GR", "seen": 3, "declined": ["city"], "topic": None, "sure": True})
SAY = Say("rights.answer", {"country": "GR", "kinds": ["food"]}, ("menu_help",))
TURN = Turn("c1", "sms", STATE, text="tengo miedo")
DECISION = Decision("es", "rights_care", 0.9, (SAY,), STATE, "violence_now", "now", {"care": None})
THINGS: list[tuple[Any, Callable[[object], Any]]] = [
    (STATE, State.from_json),
    (SAY, Say.from_json),
    (TURN, Turn.from_json),
    (Turn("c1", "telegram", choice="inform:country=GR", language="es"), Turn.from_json),
    (Turn("c1", "sms", text="hi", rumours={"bill": ["BILL PAPERS"], "gone": []}), Turn.from_json),
    (DECISION, Decision.from_json),
]


@pytest.mark.parametrize(("thing", "read"), THINGS)
def test_what_is_written_is_read_again(thing: Any, read: Callable[[object], Any]) -> None:
    assert read(json.loads(json.dumps(thing.as_json()))) == thing


@pytest.mark.parametrize(("thing", "read"), THINGS)
def test_an_unknown_field_is_refused_and_not_named(
    thing: Any, read: Callable[[object], Any]
) -> None:
    with pytest.raises(WireError) as refused:
        read({**thing.as_json(), "tengo miedo": 1})
    assert "tengo miedo" not in str(refused.value)


@pytest.mark.parametrize("version", [None, 0, 2, "1"])
@pytest.mark.parametrize(("thing", "read"), THINGS)
def test_another_version_is_refused(
    thing: Any, read: Callable[[object], Any], version: object
) -> None:
    with pytest.raises(WireError, match="version"):
        read({**thing.as_json(), "version": version})


@pytest.mark.parametrize(("thing", "read"), THINGS)
def test_a_missing_field_is_named(thing: Any, read: Callable[[object], Any]) -> None:
    first = next(name for name in thing.as_json() if name != "version")
    cut = {name: value for name, value in thing.as_json().items() if name != first}
    with pytest.raises(WireError, match=first):
        read(cut)


@pytest.mark.parametrize("data", [None, [], "turn", 3])
@pytest.mark.parametrize(("thing", "read"), THINGS)
def test_what_is_no_object_is_refused(
    thing: Any, read: Callable[[object], Any], data: object
) -> None:
    with pytest.raises(WireError, match="not an object"):
        read(data)


def test_a_turn_holds_either_words_or_a_choice() -> None:
    for both in ({}, {"text": "hola", "choice": "greet"}):
        with pytest.raises(WireError):
            Turn("c1", "sms", **both)


def test_a_decision_without_anything_to_say_is_refused() -> None:
    with pytest.raises(WireError, match="nothing to say"):
        Decision("es", "greet", 1.0, (), State())


@pytest.mark.parametrize("value", [{"a": 1}, [1], object()])
def test_a_state_holds_codes_and_nothing_deeper(value: object) -> None:
    with pytest.raises(WireError) as refused:
        State.from_json({"version": 1, "slots": {"country": value}})
    assert "country" not in str(refused.value)


@pytest.mark.parametrize("thing", [thing for thing, _ in THINGS])
def test_a_repr_holds_no_words_no_place_and_no_status(thing: Any) -> None:
    for secret in ("tengo miedo", "GR", "city", "inform"):
        assert secret not in repr(thing)


@pytest.mark.parametrize(
    ("choice", "read"),
    [
        ("rights_care", ("rights_care", {})),
        ("inform:country=GR", ("inform", {"country": "GR"})),
        ("find_service:kind=food,offset=3", ("find_service", {"kind": "food", "offset": "3"})),
    ],
)
def test_a_choice_is_written_and_read(choice: str, read: tuple[str, dict[str, str]]) -> None:
    assert read_choice(choice) == read
    assert write_choice(*read) == choice


@pytest.mark.parametrize(
    "choice", ["", "/restart", "Inform", "inform:", "inform:country", "a b", "inform:x={}", "é"]
)
def test_what_is_no_choice_is_refused(choice: str) -> None:
    with pytest.raises(WireError):
        read_choice(choice)
