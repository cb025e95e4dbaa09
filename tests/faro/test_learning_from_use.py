"""Operators see numbers and write in their own words; what a person wrote is nowhere."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from faro.commands.counts import told
from faro.errors import FaroError
from faro.taught import LONGEST, teach

MINE = {"language": "es", "intent": "cost_care", "author": "ana-1"}


def test_small_numbers_are_hidden():
    month = date(2026, 11, 1)
    lines = list(
        told([(month, "ti", "danger", "answered", 4), (month, "es", "greet", "answered", 5)])
    )
    assert lines[1] == ("2026-11", "ti", "danger", "answered", "<5")
    assert lines[2] == ("2026-11", "es", "greet", "answered", "5")


def test_a_taught_message_is_training_data_like_any_other(tmp_path):
    teach(tmp_path, text="cuánto me van a cobrar por la placa", **MINE)
    path = teach(tmp_path, text="  sale caro   que me vean? ", **MINE)
    (block,) = yaml.safe_load(path.read_text("utf-8"))["nlu"]
    assert block["intent"] == "cost_care"
    assert block["metadata"] == {"language": "es", "author": "ana-1"}
    assert block["examples"].splitlines() == [
        "- cuánto me van a cobrar por la placa",
        "- sale caro que me vean?",
    ]


def test_a_message_is_taught_beside_those_held_back_and_their_places(tmp_path):
    held = tmp_path / "held-back" / "es"
    held.mkdir(parents=True)
    block = "- intent: cost_care\n  metadata: {author: es-h}\n  examples: |\n    - ¿Me cobran?\n"
    (held / "messages.yml").write_text(f'version: "3.1"\nnlu:\n{block}', "utf-8")
    (held / "places.yml").write_text(
        "- {text: estoy en Patras, country: GR, city: Patra}\n", "utf-8"
    )
    assert teach(tmp_path, text="¿es caro?", **MINE).exists()
    with pytest.raises(FaroError, match="already"):
        teach(tmp_path, text="me cobran", **MINE)


def test_a_message_that_is_known_is_not_added_twice(tmp_path):
    teach(tmp_path, text="¿Sale caro?", **MINE)
    with pytest.raises(FaroError):
        teach(tmp_path, text="sale CARO", **MINE)


def test_a_message_that_is_held_back_is_not_learnt(tmp_path):
    held = tmp_path / "held-back" / "es" / "messages.yml"
    held.parent.mkdir(parents=True)
    held.write_text("nlu:\n- intent: cost_care\n  examples: |\n    - sale caro\n", encoding="utf-8")
    with pytest.raises(FaroError):
        teach(tmp_path, text="¿sale caro?", **MINE)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1), "cuesta [mucho](cost)"])
def test_what_cannot_be_a_message_is_refused_and_changes_nothing(tmp_path, text):
    with pytest.raises(FaroError):
        teach(tmp_path, text=text, **MINE)
    assert not list(tmp_path.rglob("*.yml"))
