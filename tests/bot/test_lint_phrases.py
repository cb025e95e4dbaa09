"""Phrases of danger that fire on everyday messages are told, by file and line."""

import pytest

from bot.lint_phrases import LEAST, faults, main
from bot.process import ROOT

LANGUAGES = """languages:
- {tag: en, name: English, direction: ltr, scripts: [Latn], spacy: en, lingua: ENGLISH,
   answers: full, enabled: true, letters: "", reads_too: [], countries: [MT]}
"""
PHRASES = """phrases:
- id: en.suicide.die
  risk: suicide_selfharm
  urgency: now
  patterns: ["want ~1 to? die", "killing me"]
  exceptions: ["of laughter"]
"""


@pytest.fixture
def data(tmp_path):
    (tmp_path / "languages.yml").write_text(LANGUAGES)
    for folder in ("safeguarding", "everyday"):
        (tmp_path / folder).mkdir()
    (tmp_path / "safeguarding" / "en.yml").write_text(PHRASES)
    return tmp_path


def everyday(data, *lines):
    known = [f"a bus ticket for line {number}" for number in range(LEAST)]
    (data / "everyday" / "en.txt").write_text("\n".join([*lines, *known]))


def test_a_phrase_that_fires_on_an_everyday_message_is_told(data):
    everyday(data, "where is the bank", "this queue is killing me")
    (found,) = faults(data)
    assert found == "en.txt:2: en.suicide.die fires on: this queue is killing me"


def test_a_hit_that_an_exception_voids_is_none(data):
    everyday(data, "i want to die of laughter")
    assert list(faults(data)) == []


def test_too_few_everyday_messages_prove_nothing(data):
    (data / "everyday" / "en.txt").write_text("hello\n")
    assert list(faults(data)) == [f"en.txt: 1 everyday messages, at least {LEAST} are needed"]


def test_the_phrases_of_this_checkout_fire_on_no_everyday_message():
    assert list(faults(ROOT / "data")) == []


def test_a_language_that_is_fine_leaves_in_silence(capsys):
    main(["en"])
    assert capsys.readouterr().out == ""
