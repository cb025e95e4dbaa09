"""The commands explain themselves, and a mistake is one sentence and what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from faro.__main__ import COMMANDS
from faro.root import ROOT


def faro(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "faro", *arguments],
        capture_output=True, text=True, check=False, cwd="/", timeout=60, stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environment},
    )  # fmt: skip


def test_the_help_names_every_command():
    told = faro("--help")
    assert told.returncode == 0
    assert all(command in told.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command):
    told = faro(command, "--help")
    assert told.returncode == 0
    assert len(told.stdout) > 100
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sing",), "No such command"),
        (("ask", "--country", "Spain", "hola"), "--country takes two letters"),
        (("ask", "--channel", "fax", "hola"), "webchat, telegram, sms, whatsapp"),
        (("ask", "--language", "not a tag", "hola"), "not a language tag"),
        (("explain",), "Missing argument"),
        (("check", "--packs", "/no/such/folder"), "no pack in this folder"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(arguments, says):
    told = faro(*arguments)
    assert told.returncode != 0
    assert says in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_a_database_that_does_not_answer_is_told_without_its_address():
    told = faro("load", DATABASE_URL="postgresql://user:hunter2@127.0.0.1:1/faro")
    assert told.returncode == 1
    assert "does not answer" in told.stderr
    assert "hunter2" not in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_a_setting_whose_file_is_missing_is_named():
    told = faro("load", DATABASE_URL_FILE="/no/such/file")
    assert told.returncode == 1
    assert "DATABASE_URL_FILE" in told.stderr
    assert "/no/such/file" not in told.stderr
