"""Right after `make setup` every command works, and leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import needs
import pytest

from faro.postgres import Postgres
from faro.postgres_place import place_of
from faro.root import ROOT

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]
_PATIENCE = 300  # seconds; a first run trains


@pytest.fixture(autouse=True)
def _nothing_is_left_running() -> Iterator[None]:
    yield
    assert Postgres(place_of(ROOT)).pid() is None or _faro_runs()


def _faro_runs() -> bool:
    return (ROOT / "var" / "run" / "faro.json").exists()


def faro(*arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "faro", *arguments],
        input=lines, capture_output=True, text=True, check=False, cwd="/", timeout=_PATIENCE, env=_environment(),
    )  # fmt: skip


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT)}


def records(told: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_a_question_is_answered_with_facts_and_standard_output_is_json_alone():
    told = faro("ask", "soy solicitante de asilo en Grecia, ¿el doctor es gratis?")
    assert told.returncode == 0, told.stderr
    assert "PAAYPA" in " ".join(str(record["text"]) for record in records(told))
    assert set(records(told)[0]) == {"say", "text", "choices"}


def test_each_line_is_a_conversation_of_its_own_and_sms_counts_segments():
    told = faro("ask", "--channel", "sms", "--country", "SV", lines="hola\n\nhello\n")
    assert told.returncode == 0, told.stderr
    assert all(isinstance(record["segments"], int) for record in records(told))
    assert len(records(told)) >= 2


def test_a_conversation_goes_on_by_number_and_a_bad_line_stops_nothing():
    lines = [
        '{"conversation": "a", "channel": "sms", "text": "hello"}',
        "tengo miedo",
        '{"conversation": "a", "channel": "sms", "choice": 1}',
        '{"conversation": "a", "channel": "sms", "choice": "no_such_intent"}',
        '{"conversation": "b", "channel": "telegram", "text": "hola", "language": "es"}',
    ]
    told = faro("converse", lines="\n".join(lines))
    assert told.returncode == 1
    first, bad, chosen, refused, other = records(told)
    assert set(first) == {
        "conversation", "language", "intent", "risk", "urgency", "says", "texts", "choices",
    }  # fmt: skip
    assert (bad["line"], bad["error"]) == (2, "not JSON")
    assert chosen["intent"] == str(first["choices"][0]["id"]).partition(":")[0]  # type: ignore[index]  # answers are read as plain JSON
    assert refused["line"] == 4
    assert (other["conversation"], other["language"]) == ("b", "es")
    assert "miedo" not in told.stdout + told.stderr


def test_200_messages_a_second_are_parsed_in_order_and_their_words_appear_nowhere():
    texts = [
        "canary-7391 tengo miedo",
        "where is a doctor in Athens",
        "gracias",
        "",
        "🙂",
    ]
    lines = "".join(json.dumps({"id": n, "text": texts[n % 5]}) + "\n" for n in range(1200))
    told = faro("parse", lines=lines)
    assert told.returncode == 0, told.stderr
    assert [record["id"] for record in records(told)] == list(range(1200))
    assert "canary-7391" not in told.stdout + told.stderr
    rate = float(told.stderr.rpartition("(")[2].partition(" ")[0])
    assert rate >= 200


def test_an_explanation_is_readable_or_json():
    told = faro("explain", "--json", "mi esposo me pega")
    assert told.returncode == 0, told.stderr
    assert isinstance(json.loads(told.stdout), dict)
    assert "Language" in faro("explain", "mi esposo me pega").stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_chat_that_is_stopped_leaves_nothing_running(number):
    with subprocess.Popen(
        [sys.executable, "-m", "faro", "chat"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment(), cwd="/",
    ) as process:  # fmt: skip
        _wait_until_it_listens(process)
        before = _children(process.pid)
        process.send_signal(number)
        assert process.wait(60) == 128 + number
    assert before
    assert not [pid for pid in before if _alive(pid)]


def test_a_chat_answers_and_ends_with_quit():
    told = faro("chat", "--language", "en", lines="hello\n1\n/quit\nnot read\n")
    assert told.returncode == 0, told.stderr
    assert "1. " in told.stdout


def test_a_killed_command_leaves_no_enclave():
    with subprocess.Popen(
        [sys.executable, "-m", "faro", "chat"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=_environment(), cwd="/",
    ) as process:  # fmt: skip
        _wait_until_it_listens(process)
        enclaves = [pid for pid in _children(process.pid) if "bot.serve" in _command(pid)]
        process.kill()
        process.wait(10)
    assert enclaves
    until = time.monotonic() + 15
    while any(_alive(pid) for pid in enclaves) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in enclaves if _alive(pid)]
    assert faro("ask", "hola").returncode == 0  # takes the database over, and stops it


def _wait_until_it_listens(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    told = iter(process.stderr.readline, "")
    assert any("/quit" in line for line in told), "it ended before it listened"


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
