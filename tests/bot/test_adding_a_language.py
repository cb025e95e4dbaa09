"""A language is added with files and a row, as docs/adding-a-language.md says; no Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.process import ROOT

TOY = ROOT / "tests" / "toy_language" / "data"
_ASK = """
import json, sys
from bot import process
process.prepare()
from bot.enclave import Enclave
from bot.train import MODEL
enclave = Enclave(MODEL, "actions")
texts = json.loads(sys.argv[1])
print(json.dumps([*enclave.parse(texts), enclave.explain(texts[0])]))
"""
ASKED = [
    "mi ricevis fakturon kaj ne scias kiom mi pagos al la kuracisto",
    "li batas min nun, helpu",
    "mi volas morti",
    "mi ne volas morti, mi estas malgaja",
    "mi logas en berlino",
    "kia vetero estos hodiaŭ",
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a copy of the checkout with English and the toy language understands."""
    checkout = tmp_path_factory.mktemp("checkout")
    for folder in ("bot", "actions", "wire", "domain", "data"):
        skipped = shutil.ignore_patterns(
            ".venv", "__pycache__", "nlu", "held-back", "packs", "*.po"
        )
        shutil.copytree(ROOT / folder, checkout / folder, ignore=skipped)
    shutil.copytree(ROOT / "data" / "nlu" / "en", checkout / "data" / "nlu" / "en")
    shutil.copytree(TOY, checkout / "data", dirs_exist_ok=True)
    (checkout / "var").mkdir()
    (checkout / "var" / "places.sqlite").symlink_to(ROOT / "var" / "places.sqlite")
    _run(checkout, "-m", "bot.train")
    found: list[dict[str, Any]] = json.loads(_run(checkout, "-c", _ASK, json.dumps(ASKED)))
    return found


def _run(checkout: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(checkout)}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


def test_its_messages_are_known_to_be_in_it(answers: list[dict[str, Any]]) -> None:
    assert [answer["language"] for answer in answers[:6]] == ["eo"] * 6


def test_its_messages_are_understood(answers: list[dict[str, Any]]) -> None:
    assert answers[0]["intent"] == "cost_care"
    assert answers[5]["intent"] == "out_of_scope"


def test_its_danger_is_danger_and_its_denial_is_not(answers: list[dict[str, Any]]) -> None:
    assert [answer["risk"] for answer in answers[1:4]] == ["violence_now", "suicide_selfharm", None]


def test_its_way_to_say_where_somebody_is_is_understood(answers: list[dict[str, Any]]) -> None:
    assert answers[4]["entities"]["country"] == "DE"


def test_its_concepts_explain_a_guess(answers: list[dict[str, Any]]) -> None:
    concepts = {hit["concept"] for hit in answers[6]["concepts"]}
    assert {"BILL", "HOW_MUCH", "DOCTOR"} <= concepts
