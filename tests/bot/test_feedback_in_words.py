"""What was wrong can be written, in every language, and danger goes before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.components.knowledge import languages, words_of_feedback
from wire.normalise import normalise

ROOT = Path(__file__).parents[2]
WORDS = yaml.safe_load((ROOT / "data" / "feedback" / "words.yml").read_text("utf-8"))
ABOUT = ["services/GR/gr-s01"]
TOLD = {"country": "GR", "topic": "find_service", "kind": "food", "told": "yes", "about": ABOUT}
ASKED = {**TOLD, "pending": "why", "asked": "yes"}


def told(decision: Any) -> tuple[str, object]:
    say = decision.says[0]
    return say.message, say.values.get("answer")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("it was closed", "closed"),
        ("estaba cerrado", "closed"),
        ("c'était fermé", "closed"),
        ("كان مغلقا", "closed"),
        ("no me atendieron", "turned_away"),
        ("they turned me away", "turned_away"),
        ("me pidieron papeles", "asked_for_papers"),
        ("the number is wrong", "wrong"),
    ],
)
def test_words_say_what_was_wrong_with_what_was_told(bot: Any, text: str, why: str) -> None:
    decision = bot.hears(text, **TOLD)
    assert told(decision) == ("feedback.wrong", why)
    assert decision.says[0].values["about"] == ABOUT
    assert "about" not in decision.state.slots
    assert text not in str(decision.state.as_json())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "they asked me for papers"),
        ("it", "il numero è sbagliato"),
        ("ht", "yo mande m papye"),
        ("ru", "было закрыто"),
        ("fr", "fermé"),
    ],
)
def test_words_answer_the_question_what_it_was(bot: Any, language: str, text: str) -> None:
    assert told(bot.hears(text, language=language, **ASKED))[0] == "feedback.wrong"


@pytest.mark.parametrize("text", ["this is wrong", "esto está mal", "la información está mal"])
def test_words_without_a_reason_lead_to_the_reasons(bot: Any, text: str) -> None:
    assert told(bot.hears(text, **TOLD)) == ("feedback.what", "bad")


@pytest.mark.parametrize("text", ["he is hitting me", "me quiero matar", "mi esposo me pega"])
def test_danger_goes_before_the_question_what_it_was(bot: Any, text: str) -> None:
    decision = bot.hears(text, **ASKED)
    assert decision.risk is not None
    assert decision.says[0].message.startswith("danger.")


def test_a_new_question_is_no_answer(bot: Any) -> None:
    decision = bot.hears("where can I learn Greek?", **ASKED)
    assert decision.intent == "language_classes"


def test_every_language_has_words_for_every_reason() -> None:
    assert set(WORDS) == {language.tag for language in languages()}
    for language, slots in WORDS.items():
        assert set(slots["why"]) == {"closed", "turned_away", "asked_for_papers", "wrong"}
        for phrases in slots["why"].values():
            said = normalise(phrases[0].removesuffix("*"))
            assert "why" in words_of_feedback().find(language, said)
