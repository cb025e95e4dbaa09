"""Simulated people: each tells what they need in their own words and answers truthfully.

A persona knows what it needs, for whom, how the days go and what it wishes. It picks the choice
that says so, answers in its own words where it has some, and skips what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from faro.turns import Answer, Conversations, Said

_MOST_TURNS = 12
_QUESTIONS = {
    "ask.need": "need",
    "ask.practical": "detail",
    "ask.whom": "for_whom",
    "ask.days": "days",
    "ask.wish": "wish",
}
_PLACES = ("ask.country", "ask.city", "ask.city_and_country", "ask.not_found")
_INFORMED = ("rights.", "services.", "helplines.", "early_care.", "office.", "obstacle.", "myth.")
# What somebody taps where the bot offers its guesses or its menu: what they need, to what says so.
_TRUE_OF = {
    "home": ("housing", "shelter_tonight"),
    "papers": ("legal_asylum_aid", "asylum_procedure_stress"),
    "money": ("debt_money", "food_basic_needs"),
    "work": ("work_skills", "domain:domain=diploma"),
    "learning": ("language_classes", "school_education"),
    "people": ("loneliness", "peer_groups_community"),
    "feel_better": ("distress_anxiety", "low_mood_grief", "sleep_nightmares_trauma"),
    "talk": ("low_mood_grief", "distress_anxiety", "loneliness", "family_relationship_conflict"),
    "unsafe": (
        "find_support:need=unsafe",
        *("violence_now", "gbv_partner_violence", "sexual_violence", "child_abuse"),
        *("trafficking_exploitation", "suicide_selfharm"),
    ),
}
_WEIGHS = frozenset(intent for intents in _TRUE_OF.values() for intent in intents)
_TO_SUPPORT = ("find_support", "menu_help:menu=people", "menu_help")
_TO_PRACTICE = ("menu_help:menu=practical", "menu_help")
_PRACTICAL = frozenset({"broader_community", "information"})


@dataclass(frozen=True)
class Persona:
    """Somebody who writes to us.

    Attributes:
        says: Their first message.
        place: Where they are, in their words.
        told: Question (need, detail, for_whom, days, wish) to the code that is true.
        words: Question to what they write instead of choosing.
        expect: A layer, ``protection`` or ``information``.
    """

    id: str
    language: str
    says: str = field(repr=False)
    place: str
    told: Mapping[str, str]
    words: Mapping[str, str] = field(repr=False)
    expect: str


@dataclass(frozen=True)
class Outcome:
    """Where somebody was led.

    Attributes:
        destination: A layer, ``protection``, ``information``, ``nothing``, or ``none``.
        asked: How many questions of the path they were asked.
        says: Ids of everything that was said, in order.
    """

    persona: Persona
    destination: str
    asked: int
    says: tuple[str, ...]


def read_personas(folder: Path) -> list[Persona]:
    """Return the personas in ``<language>.yml`` files."""
    return [
        Persona(
            row["id"],
            file.stem,
            row["says"],
            row["place"],
            {name: row[name] for name in (*_QUESTIONS.values(),) if name in row},
            row.get("words", {}),
            row["expect"],
        )
        for file in sorted(folder.glob("*.yml"))
        for row in yaml.safe_load(file.read_text("utf-8"))
    ]


async def lead(talk: Conversations, persona: Persona) -> Outcome:
    """Return where a persona is led to by answering truthfully."""
    said: list[str] = []
    done: set[str] = set()
    asked: set[str] = set()
    destination = "none"
    turn: dict[str, Any] | None = {"text": persona.says}
    for _ in range(_MOST_TURNS):
        if turn is None:
            break
        answer = await talk.answer(Said(persona.id, "webchat", language=persona.language, **turn))
        ids = [say.message for say in answer.decision.says]
        said += ids
        asked |= {say for say in ids if say in _QUESTIONS}
        destination = _destination(answer, ids) or destination
        if destination == "protection" and persona.expect == "protection":
            break
        if destination not in ("none", "protection"):
            break
        turn = _reaction(persona, answer, ids, done)
    talk.forget(persona.id)
    return Outcome(persona, destination, len(asked), tuple(said))


def is_right(outcome: Outcome) -> bool:
    """Return whether somebody was led where a practitioner would lead them.

    A place for a practical need is both information and practical help.
    """
    expect = outcome.persona.expect
    if expect in _PRACTICAL and outcome.destination in _PRACTICAL:
        return expect == "broader_community" or outcome.asked == 0
    return outcome.destination == expect


def _destination(answer: Answer, ids: Sequence[str]) -> str | None:
    if answer.decision.risk or any(say.startswith("danger.") for say in ids):
        return "protection" if "danger.taken_back" not in ids else "none"
    layers = [say.partition(".")[2] for say in ids if say.startswith("support.")]
    found = [layer for layer in layers if layer not in ("beside", "what_follows")]
    if found:
        return found[0]
    if "domain.peer_groups_community" in ids:
        return "focused_psychosocial"
    if any(say.startswith("domain.") for say in ids):
        return "broader_community"
    told = any(say.startswith(_INFORMED) for say in ids)
    return "information" if told and not any(say in _QUESTIONS for say in ids) else None


def _reaction(
    persona: Persona, answer: Answer, ids: Sequence[str], done: set[str]
) -> dict[str, Any] | None:
    """Return the next turn, or None when there is nothing true left to say."""
    offered = [choice.id for choice in answer.reply.choices]
    if persona.expect != "protection" and "not_that" in offered:
        return {"choice": "not_that"}
    question = next((_QUESTIONS[say] for say in ids if say in _QUESTIONS), None)
    if question is not None:
        return _reply(persona, question, offered, done)
    if any(say in _PLACES for say in ids) and "place" not in done:
        done.add("place")
        return {"text": persona.place}
    return _tapped(persona, ids, offered, done)


def _tapped(
    persona: Persona, ids: Sequence[str], offered: Sequence[str], done: set[str]
) -> dict[str, Any] | None:
    """Return the choice that is true in a list of places, papers, guesses or a menu."""
    if "ask.which_place" in ids or "language.ask" in ids:
        return {"choice": offered[0]}
    if "ask.status" in ids:
        return {"choice": "inform:status=prefer_not_to_say"}
    if "unsure.choose" in ids and persona.expect == "information":
        about = [choice for choice in offered if choice not in _WEIGHS]
        return {"choice": about[0]} if about[0] != "menu_help" else None
    chosen = next((choice for choice in _true_of(persona) if choice in offered), None)
    if chosen is None or chosen in done:
        return None
    done.add(chosen)
    return {"choice": chosen}


def _reply(
    persona: Persona, question: str, offered: Sequence[str], done: set[str]
) -> dict[str, Any]:
    """Return the answer to a question: in own words where there are some, at the first try."""
    unsafe = [choice for choice in _TRUE_OF["unsafe"] if choice in offered]
    if persona.told.get("need") == "unsafe" and unsafe:
        return {"choice": unsafe[0]}
    if question in persona.words and question not in done:
        done.add(question)
        return {"text": persona.words[question]}
    slot = "need" if question == "detail" else question
    codes = [persona.told.get(question), persona.told.get("detail") if slot == "need" else None]
    wanted = [f"find_support:{slot}={code}" for code in codes]
    return {"choice": next((choice for choice in wanted if choice in offered), "decline")}


def _true_of(persona: Persona) -> Sequence[str]:
    """Return what a persona would tap in a list of guesses or a menu, the truest first."""
    if persona.expect == "information":
        return ()
    need = persona.told.get("detail") or persona.told.get("need", "")
    menu = _TO_PRACTICE if persona.told.get("need") == "practical" else _TO_SUPPORT
    return (*_TRUE_OF.get(need, ()), *menu)
