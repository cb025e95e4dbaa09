"""Every state that a conversation can come to, found by choosing and answering breadth-first.

A move is a choice that was offered, or an answer in words as the door hands it to the actions. All
combinations of everything would be millions; a state is kept where it brings something new of what
decides over the next answer: what it is about with what is asked, what is asked with what is known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from actions.notice import with_notice
from actions.slots import Slots
from actions.speakers import SPEAKERS, answer
from wire.choice import read_choice

State = Mapping[str, Any]
BEGINNINGS: tuple[State, ...] = ({}, {"language": "es"}, {"language": "ti", "shared": "yes"})
# What somebody may write anywhere: intent and the codes that the message names.
_ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("inform", {"country": "GR"}),
    ("inform", {"city": "264371", "country": "GR"}),
    ("inform", {"alternatives": ["3583361", "3583362"]}),
    ("inform", {"status": "undocumented"}),
    ("unsure", {"alternatives": ["cost_care", "who_are_you"]}),
    ("menu_help", {"menu": "safe"}),
    *(("discreet_mode", {"menu": menu}) for menu in ("shared", "mine", "code")),
    ("menu_help", {"menu": "word"}),
    ("menu_help", {"menu": "word_set"}),
    *((intent, {}) for intent in ("affirm", "deny", "decline", "gibberish", "not_that", "more")),
    *((intent, {}) for intent in ("thanks", "greet", "danger_follow_up", "out_of_range")),
)
_ASKED_WITHOUT_CODES = frozenset({"inform", "exercise", "domain"})  # only ever with a code


@cache
def reachable() -> tuple[State, ...]:
    """Return the states that can be reached, until none brings anything new."""
    seen: set[object] = set()
    found: list[State] = []
    todo = deque(BEGINNINGS)
    while todo:
        state = todo.popleft()
        if (aspects := _aspects(state)) <= seen:
            continue
        seen |= aspects
        found.append(state)
        todo.extend(_after(state))
    return tuple(found)


def move(intent: str, state: State) -> tuple[list[str], dict[str, Any]]:
    """Return what is said to an intent and the state behind it."""
    slots = Slots(state)
    said, changes = answer(intent, slots)
    noticed = with_notice(intent, slots, said)
    if noticed is not said:
        changes = {**changes, **noticed.changes}
    after = {**state, **changes}
    kept = {name: value for name, value in after.items() if value not in (None, [], "")}
    return [say.message for say in noticed.says], kept


@cache
def _first_moves() -> tuple[tuple[str, dict[str, Any]], ...]:
    plain = ((intent, dict[str, Any]()) for intent in sorted(SPEAKERS))
    return (*_ANSWERS, *(one for one in plain if one[0] not in _ASKED_WITHOUT_CODES))


def _after(before: State) -> Iterator[dict[str, Any]]:
    for intent, codes in _first_moves():
        yield move(intent, {**before, **codes})[1]
    for choice in _offered(before):
        intent, codes = read_choice(choice)
        yield move(intent, {**before, **codes})[1]


@cache
def _choices_of(intent: str) -> frozenset[str]:
    """Return the choices that are offered with what is said to an intent, wherever it is said."""
    known: tuple[State, ...] = ({}, {"country": "GR"}, {"country": "GR", "city": "264371"})
    said = (answer(intent, Slots(state))[0] for state in known)
    return frozenset(choice for one in said for say in one.says for choice in say.choices)


def _offered(before: State) -> frozenset[str]:
    """Return the choices that lead on from a state, by what it is about and what it asks."""
    topic = str(before.get("topic") or "menu_help")
    speaker = topic if topic in SPEAKERS and topic not in _ASKED_WITHOUT_CODES else "menu_help"
    asked = answer("affirm", Slots(before))[0] if before.get("pending") else None
    again = {choice for say in asked.says for choice in say.choices} if asked else set[str]()
    return frozenset(again | _choices_of(speaker))


def _aspects(state: State) -> set[object]:
    """Return what decides over what is said next, two or three things at a time."""
    slots = Slots(state)
    pending, topic = state.get("pending"), state.get("topic")
    choices, before = slots.codes("alternatives"), slots.codes("before")
    place = ("place", bool(state.get("country")), bool(state.get("city")))
    switches = ("switches", *(state.get(name) for name in ("language", "shared", "told")))
    return {
        (topic, pending, bool(state.get("country"))),
        (pending, place),
        (pending, switches),
        (pending, "offered", choices[0].isdigit() if choices else None),
        *((pending, "declined", name) for name in slots.codes("declined")),
        (pending, "before", before[2] if before else None),
        *((name, pending) for name, value in state.items() if value not in (None, [], "")),
    }
