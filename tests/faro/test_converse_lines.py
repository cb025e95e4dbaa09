"""`faro converse` refuses a line that is no turn, and says why without repeating it."""

from __future__ import annotations

import json

import pytest

from faro.commands.converse import LineError, read_turn


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_a_turn_is_read_with_its_hint():
    turn = read_turn(line(conversation="c", channel="sms", text="hola", language="es"))
    assert (turn.conversation, turn.channel, turn.text, turn.language) == ("c", "sms", "hola", "es")


@pytest.mark.parametrize(("choice", "read"), [(2, "2"), ("2", "2"), ("menu_help", "menu_help")])
def test_a_choice_is_an_id_or_a_number(choice, read):
    assert read_turn(line(conversation="c", channel="sms", choice=choice)).choice == read


def test_a_line_without_a_channel_is_the_web_chat():
    assert read_turn(line(conversation="c", text="hola")).channel == "webchat"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"tengo miedo", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["tengo miedo"]', "not an object"),
        (line(text="tengo miedo"), "conversation is missing"),
        (line(conversation=1, text="tengo miedo"), "conversation is not a string"),
        (line(conversation="c"), "needs either text or choice"),
        (line(conversation="c", text="tengo miedo", choice="a"), "needs either text or choice"),
        (line(conversation="c", text=["tengo miedo"]), "text is not a string"),
        (line(conversation="c", choice=True), "choice is not a string"),
        (line(conversation="c", text="a", channel="tengo miedo"), "channel is none of"),
        (line(conversation="c", text="a", language="tengo miedo"), "language is not a tag"),
    ],
)
def test_a_line_that_is_no_turn_is_refused_by_name(raw, problem):
    with pytest.raises(LineError, match=problem) as raised:
        read_turn(raw)
    assert "miedo" not in str(raised.value)
