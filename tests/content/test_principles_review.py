"""Every dialogue is reviewed against the five principles, with sentences that are really said."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml
from saying import ROOT, all_messages

from content.principles_review import TABLE, page, read_review

REVIEW = read_review()
DIALOGUES: list[dict[str, Any]] = REVIEW["dialogues"]
NAMES = [dialogue["name"] for dialogue in DIALOGUES]


def says() -> list[str]:
    listed = yaml.safe_load((ROOT / "data" / "messages" / "says.yml").read_text("utf-8"))
    return list(listed["says"])


def reviews(dialogue: dict[str, Any], say: str) -> bool:
    for name in dialogue["says"]:
        family = name.removesuffix("*")
        if say == name or (name.endswith((".", "*")) and say.startswith(family)):
            return True
    return False


def test_the_five_principles_are_those_of_the_source() -> None:
    assert list(REVIEW["principles"]) == ["safety", "calming", "efficacy", "connectedness", "hope"]
    assert REVIEW["source"]["address"].startswith("https://")


def test_every_intent_is_in_one_dialogue() -> None:
    listed = yaml.safe_load((ROOT / "domain" / "intents.yml").read_text("utf-8"))["intents"]
    reviewed = Counter(intent for dialogue in DIALOGUES for intent in dialogue["intents"])
    assert set(reviewed) == set(listed)
    assert max(reviewed.values()) == 1


@pytest.mark.parametrize("say", says())
def test_every_say_is_in_one_dialogue(say: str) -> None:
    assert len([d["name"] for d in DIALOGUES if reviews(d, say)]) == 1


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=NAMES)
def test_each_principle_is_served_by_a_sentence_that_is_said_or_a_reason_is_given(
    dialogue: dict[str, Any],
) -> None:
    for principle in REVIEW["principles"]:
        served = dialogue[principle]
        if isinstance(served, str):
            assert served.strip()
            continue
        message, sentence = served
        assert sentence in all_messages().wording(message, "en").text, f"{principle}: {message}"


def test_the_table_shows_the_review_as_it_is() -> None:
    told = "run python -m content.principles_review"
    assert TABLE.read_text(encoding="utf-8") == page(REVIEW), told
