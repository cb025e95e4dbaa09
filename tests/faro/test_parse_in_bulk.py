"""`faro parse` answers in order, and one message spoils no other."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import typer

from faro.commands import parse
from faro.door import Door, DoorError

FIELDS = ("language", "intent", "confidence", "alternatives", "risk", "urgency", "entities")


class Client:
    """A door that refuses some messages, as a broken one would."""

    requests: list[int]

    def __init__(self, _door: Door) -> None:
        Client.requests = []

    async def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        Client.requests.append(len(texts))
        if "refused" in texts:
            raise DoorError("the enclave answered with status 400")
        return [{"id": "0", **dict.fromkeys(FIELDS), "intent": text} for text in texts]

    async def aclose(self) -> None:
        pass


@pytest.fixture(autouse=True)
def door(monkeypatch):
    @asynccontextmanager
    async def running_enclave():
        yield Door("http://127.0.0.1:1", "secret")

    monkeypatch.setattr(parse, "running_enclave", running_enclave)
    monkeypatch.setattr(parse, "DoorClient", Client)


def run(monkeypatch, raw: bytes) -> int:
    reader, writer = os.pipe()
    os.write(writer, raw)
    os.close(writer)
    original = parse.read_lines
    monkeypatch.setattr(parse, "read_lines", lambda: original(reader))
    with pytest.raises(typer.Exit) as ended:
        parse.command()
    os.close(reader)
    return ended.value.exit_code


def messages(*texts: str) -> bytes:
    return b"".join(
        json.dumps({"id": f"m{n}", "text": t}).encode() + b"\n" for n, t in enumerate(texts)
    )


def test_answers_come_in_order_with_exactly_the_promised_fields(monkeypatch, capsys):
    assert run(monkeypatch, messages("a", "b", "c")) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["intent"] for record in records] == ["a", "b", "c"]
    assert [record["id"] for record in records] == ["m0", "m1", "m2"]
    assert set(records[0]) == {"id", *FIELDS}


def test_a_request_never_holds_more_messages_than_the_door_takes(monkeypatch):
    run(monkeypatch, messages(*("x" for _ in range(1200))))
    assert max(Client.requests) <= 500
    assert sum(Client.requests) == 1200


def test_a_bad_line_is_told_by_number_and_the_others_are_answered(monkeypatch, capsys):
    raw = (
        messages("a")
        + b"tengo miedo\n[]\n"
        + b'{"id": "x"}\n{"id": "x", "text": 5}\n'
        + messages("b")
    )
    assert run(monkeypatch, raw) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["intent"] for line in told.out.splitlines()] == ["a", "b"]
    for problem in (
        "line 2: not JSON",
        "line 3: not an object",
        "line 4: text is missing",
        "line 5: text is not",
    ):
        assert problem in told.err
    assert "miedo" not in told.err


def test_a_message_that_the_door_refuses_spoils_no_other(monkeypatch, capsys):
    texts = ["a", "b", "refused", "c", "d"]
    assert run(monkeypatch, messages(*texts)) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["intent"] for line in told.out.splitlines()] == ["a", "b", "c", "d"]
    assert "line 3: the enclave answered with status 400" in told.err


def test_ids_are_given_back_as_they_came(monkeypatch, capsys):
    run(monkeypatch, b'{"id": 7, "text": "a"}\n{"id": "7", "text": "b"}\n')
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [7, "7"]


def test_no_input_is_no_error(monkeypatch, capsys):
    assert run(monkeypatch, b"") == 0
    assert capsys.readouterr().out == ""
