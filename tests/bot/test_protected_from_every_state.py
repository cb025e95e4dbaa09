"""From every state that can be reached, danger is answered and every way out works.

The states are found by walking what the actions say and offer; nothing is sampled. What a message
means there is decided by the real code, on what the pipeline would have heard.
"""

from collections import Counter

import pytest
from reachable import move, reachable

from bot.understanding.classifier import Guess
from bot.understanding.context import chosen, meaning
from bot.understanding.dangers import DANGERS
from bot.understanding.entities import Finding
from bot.understanding.safeguarding import Risk
from bot.understanding.understood import Heard
from wire.choice import read_choice

WAYS = {
    "safe_word": "safe.called_up",
    "exit": "exit.line",
    "forget": "privacy.forgotten",
    "stop": "stop.done",
}
CHOICES = {
    "menu_help:menu=safe": "safe.called_up",
    "discreet_mode:menu=exit": "exit.line",
    "privacy_delete:menu=forget": "privacy.forgotten",
    "stop_subscribe": "stop.done",
}
EMPTIED = frozenset({"exit.line", "privacy.forgotten"})
# What a classifier thinks of a word that it never saw; the lists stand above it.
GUESSES = [Guess("affirm", 0.9), Guess("deny", 0.05), Guess("find_service", 0.03)]


def heard(steering=None, risk=None, **codes):
    finding = Finding(codes, ("3583361",) if codes else (), 0)
    return Heard(GUESSES, finding, risk, 1 if steering else 4, frozenset(), True, steering)


def said(meant, state):
    codes = dict(meant.entities)
    urgency = meant.risk.urgency if meant.risk else None
    return move(meant.intent, {**state, **codes, "urgency": urgency})


def known(state):
    return {name for name, value in state.items() if value not in (None, [], "")}


def test_the_walk_comes_to_every_question_and_every_topic():
    pending = Counter(state.get("pending") for state in reachable())
    assert set(pending) >= {
        *(None, "country", "city", "place", "status", "kind", "language", "unsure", "safe_word"),
        *("need", "whom", "days", "wish", "origin", "community"),
    }
    assert {state.get("topic") for state in reachable()} >= {*DANGERS, "called_up", "find_support"}
    assert {state.get("shared") for state in reachable()} >= {None, "yes", "no"}
    assert len(reachable()) > 500


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_word_on_a_list_does_what_it_says(way):
    for state in reachable():
        for codes in ({}, {"country": "HN", "city": "3609586"}):  # Gracias, Salida: towns as well
            says, after = said(meaning(heard(way, **codes), state), state)
            assert says[0] == WAYS[way], state
            if says[0] in EMPTIED:
                assert known(after) <= {"language"}, state


@pytest.mark.parametrize("choice", sorted(CHOICES))
def test_a_choice_does_what_its_word_does(choice):
    for state in reachable():
        says, after = said(chosen(*read_choice(choice)), state)
        assert says[0] == CHOICES[choice], state
        if says[0] in EMPTIED:
            assert known(after) <= {"language"}, state


@pytest.mark.parametrize("danger", DANGERS)
def test_danger_is_answered_first_and_leaves_nothing_open_but_the_country(danger):
    risk = Risk(danger, "now", ("phrase",))
    for state in reachable():
        says, after = said(meaning(heard(risk=risk), state), state)
        assert says[0] == f"danger.{danger}", state
        assert after["topic"] == danger, state
        assert after.get("pending") in (None, "country"), state
        if after.get("pending") is None:
            assert after.get("country") or "country" in after.get("declined", ()), state


@pytest.mark.parametrize("danger", ["violence_now", "suicide_selfharm", "gbv_partner_violence"])
def test_a_phrase_of_danger_wins_over_the_words_that_end_or_forget(danger):
    risk = Risk(danger, "now", ("phrase",))
    for state in reachable():
        for way in ("stop", "forget"):  # "enough" may be a cry
            assert meaning(heard(way, risk), state).intent == danger, state


@pytest.mark.parametrize("danger", DANGERS)
def test_after_each_way_out_danger_is_answered_again(danger):
    risk = Risk(danger, "now", ("phrase",))
    for state in reachable():
        for way in WAYS:
            _, after = said(meaning(heard(way), state), state)
            assert said(meaning(heard(risk=risk), after), after)[0][0] == f"danger.{danger}", state
