"""The words of the exercises: a step is short, in every full language, and promises no cure."""

from __future__ import annotations

import re

import pytest
import yaml
from saying import ROOT, all_messages

from wire.normalise import words

EXERCISES = yaml.safe_load((ROOT / "data" / "coping" / "exercises.yml").read_text("utf-8"))
STEPS = [
    str(row["first"]) if number == 1 and "first" in row else f"coping.{card}.{number}"
    for card, row in EXERCISES.items()
    for number in range(1, row["steps"] + 1)
]
# What would claim that an exercise treats something; "not a treatment" is the one way to say it.
CLAIMS = {
    "en": re.compile(
        r"\b(cur(e|es|ed)|heal\w*|treat\w*|therap\w*|symptom\w*|disorder\w*|trauma\w*)\b"
    ),
    "es": re.compile(
        r"\b(curar\w*|cura|sanar\w*|tratamiento|terap\w*|sintoma\w*|trastorno\w*|trauma\w*)\b"
    ),
}
DENIED = {"en": ("not a treatment",), "es": ("no es un tratamiento", "no son un tratamiento")}
LONGEST = 320  # characters: two or three parts of an SMS


@pytest.mark.parametrize("message", [*STEPS, "coping.offer", "coping.stopped"])
def test_every_step_is_worded_in_every_full_language_and_short(message: str) -> None:
    messages = all_messages()
    assert messages.everywhere(message)
    for language in ("en", "es"):
        assert len(messages.wording(message, language).text) <= LONGEST


@pytest.mark.parametrize("language", CLAIMS)
@pytest.mark.parametrize("message", [*STEPS, "coping.offer", "coping.stopped"])
def test_no_step_claims_to_treat(message: str, language: str) -> None:
    wording = all_messages().wording(message, language).text
    told = " ".join(words(wording))
    for denied in DENIED[language]:
        told = told.replace(denied, "")
    assert not CLAIMS[language].search(told)


@pytest.mark.parametrize("language", CLAIMS)
def test_the_offer_says_that_it_is_no_treatment_and_can_be_stopped(language: str) -> None:
    told = " ".join(words(all_messages().wording("coping.offer", language).text))
    assert any(denied in told for denied in DENIED[language])
    assert re.search(r"\b(stop|parar)\b", told)
