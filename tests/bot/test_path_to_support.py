"""The path to the right support with the real enclave: first words, free words, danger in between."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def _simulated():
    """The simulated person of the actions' tests; answers truthfully."""
    file = TESTS / "actions" / "test_triage_personas.py"
    spec = importlib.util.spec_from_file_location("personas", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PERSON = _simulated()


def _held(bot, persona, language):
    """Where the conversation leads first, and the questions of the path."""
    decision = bot.hears(persona["says"][language], language=language)
    asked = []
    for _ in range(8):
        if end := PERSON._end(decision.says):
            return end, asked
        question = decision.says[-1]
        slots = dict(decision.state.slots)
        if question.message == "unsure.choose":
            meant = persona["about"] if persona["about"] in question.choices else "menu_help"
            decision = bot.chooses(meant, **slots)
        elif question.message in PERSON.QUESTIONS:
            asked.append(question.message)
            intent, codes = PERSON._truthfully(persona, question)
            told = ",".join(f"{name}={code}" for name, code in codes.items())
            decision = bot.chooses(f"{intent}:{told}" if told else intent, **slots)
        else:
            return question.message, asked
    raise AssertionError(persona["name"])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "en"])
def test_most_are_led_to_the_right_place_by_their_own_first_words(bot, language):
    told = [(persona, *_held(bot, persona, language)) for persona in PERSON.PERSONAS]
    wrong = [(p["name"], end) for p, end, _ in told if end != p["goes_to"]]
    over = [p["name"] for p, end, _ in told if end == "specialised_care" != p["goes_to"]]
    assert len(wrong) <= 0.15 * len(told), wrong
    assert len(over) <= 0.03 * len(told), over
    assert all(len(asked) <= 4 for _, _, asked in told)
    for persona, end, asked in told:
        if persona["goes_to"] == "protection":
            assert end == "protection", persona["name"]
        if persona["goes_to"] == "information":
            assert end == "information", persona["name"]
            assert not asked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pending", "text", "language", "told"),
    [
        ("need", "quiero conocer gente", "es", {"need": "people"}),
        ("need", "papeles", "es", {"need": "papers"}),
        ("need", "ich brauche eine Wohnung", "de", {"need": "home"}),
        ("need", "un psicólogo", "es", {"wish": "professional"}),
        ("need", "je veux parler à quelqu'un", "fr", {"need": "talk"}),
        ("whom", "para mi hija", "es", {"for_whom": "child"}),
        ("whom", "for me", "en", {"for_whom": "self"}),
        ("whom", "per mio figlio", "it", {"for_whom": "child"}),
        ("days", "no puedo levantarme de la cama", "es", {"days": "stopped"}),
        ("days", "I hardly manage", "en", {"days": "very_hard"}),
        ("days", "se me acaban las pastillas", "es", {"days": "medicine_running_out"}),
        ("days", "zor ama idare ediyorum", "tr", {"days": "hard"}),
        ("wish", "un grupo", "es", {"wish": "group"}),
        ("wish", "un psychiatre", "fr", {"wish": "specialist"}),
        ("wish", "با یک نفر حرف بزنم", "fa", {"wish": "person"}),
        ("wish", "nothing", "en", {"wish": "nothing"}),
    ],
)
def test_free_words_answer_each_question(bot, pending, text, language, told):
    state = {"topic": "find_support", "pending": pending, "language": language}
    decision = bot.hears(text, **state)
    assert decision.intent == "find_support"
    assert told.items() <= dict(decision.entities).items()


@pytest.mark.slow
@pytest.mark.parametrize("pending", ["need", "whom", "days", "wish"])
@pytest.mark.parametrize("text", ["me quiero morir", "my husband beats me", "mi papá no respira"])
def test_danger_leaves_the_path_at_any_point(bot, pending, text):
    decision = bot.hears(text, topic="find_support", pending=pending, need="feel_better")
    assert decision.risk
    assert decision.says[0].message == f"danger.{decision.risk}"
    assert not decision.state.slots.get("need")


@pytest.mark.slow
@pytest.mark.parametrize("pending", ["need", "whom", "days", "wish"])
@pytest.mark.parametrize("text", ["no sé", "prefiero no decirlo"])
def test_not_saying_skips_the_question(bot, pending, text):
    state = {"topic": "find_support", "pending": pending, "language": "es"}
    decision = bot.hears(text, **state)
    assert decision.intent == "decline"


@pytest.mark.slow
def test_a_question_about_rights_is_answered_in_the_middle_of_the_path(bot):
    decision = bot.hears(
        "¿cuánto cuesta el hospital en Grecia?", topic="find_support", pending="days", language="es"
    )
    assert decision.intent == "cost_care"
    assert not decision.state.slots.get("need")
