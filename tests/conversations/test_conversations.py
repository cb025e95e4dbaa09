"""Whole conversations with the real enclave: what is said to each turn, by its message id."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import needs
import pytest
import yaml

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]
ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(Path(__file__).parent.glob("*.yml"))
PATIENCE = 300  # seconds; a first run trains
RENEWS = os.environ.get("FARO_RENEW_CONVERSATIONS") == "1"
_SAYS = re.compile(r"^(\s+says: ).*$", re.MULTILINE)
_CONVERSE = ("-m", "faro", "converse")
EXPECTED = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES
}  # fmt: skip
NAMES = [(stem, c["name"]) for stem, conversations in EXPECTED.items() for c in conversations]
Answers = dict[tuple[str, str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """All conversations, held at once in one process."""
    told = subprocess.run(
        [sys.executable, *_CONVERSE],
        cwd=ROOT, input="\n".join(json.dumps(turn) for _, turn in _turns()), capture_output=True,
        text=True, check=False, timeout=PATIENCE, env=_environment(),
    )  # fmt: skip
    records = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(records) == sum(1 for _ in _turns()), told.stderr
    found: Answers = {}
    for (name, _), record in zip(_turns(), records, strict=True):
        found.setdefault(name, []).append(record)
    if RENEWS:
        _renew(found)
    return found


@pytest.mark.parametrize(("file", "name"), NAMES)
def test_conversation(answers: Answers, file: str, name: str) -> None:
    wanted = next(c for c in EXPECTED[file] if c["name"] == name)["turns"]
    for turn, answer in zip(wanted, answers[file, name], strict=True):
        said = turn.get("text", turn.get("choice"))
        assert "error" not in answer, f"{said}: {answer}"
        assert RENEWS or answer["says"] == turn["says"], f"to {said!r} ({answer['intent']})"
        text = "\n".join(answer["texts"])
        for piece in turn.get("shows", ()):
            assert piece in text, f"to {said!r}"
        for piece in turn.get("hides", ()):
            assert piece not in text, f"to {said!r}"
        for field in ("language", "risk", "urgency"):
            if field in turn:
                assert answer[field] == turn[field], f"to {said!r}"
        if turn.get("risk") is None:
            assert answer["risk"] is None, f"to {said!r}"


def test_no_two_conversations_have_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


def _turns() -> Iterator[tuple[tuple[str, str], dict[str, object]]]:
    for file, conversations in EXPECTED.items():
        for conversation in conversations:
            shared = {
                "conversation": f"{file}: {conversation['name']}",
                "channel": conversation.get("channel", "webchat"),
            }
            for turn in conversation["turns"]:
                said = {key: turn[key] for key in ("text", "choice") if key in turn}
                yield (file, conversation["name"]), {**shared, **said}


def _renew(found: Answers) -> None:
    """Write what is said now; each turn has one line for it, so all else stays as it is."""
    for path in FILES:
        said = iter(
            ", ".join(answer["says"])
            for conversation in EXPECTED[path.stem]
            for answer in found[path.stem, conversation["name"]]
        )
        text = path.read_text(encoding="utf-8")
        path.write_text(_SAYS.sub(lambda m, said=said: f"{m[1]}[{next(said)}]", text), "utf-8")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT)}
