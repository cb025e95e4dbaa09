"""A rumour leads to the card that answers it: alone where it is clear, else among three."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import yaml

from bot.process import ROOT
from bot.understanding.myth_cards import (
    INTENT,
    MythCard,
    cards_for,
    read_myth_cards,
    with_cards,
    with_published,
)
from bot.understanding.safeguarding import Risk
from bot.understanding.understood import Meaning
from wire.state import State
from wire.turn import Turn

FOLDER = ROOT / "data" / "myths"
RIGHT = 0.85  # of the wordings, first or among the three that are offered
HOSPITAL = MythCard("hospital", (frozenset({"HOSPITAL", "POLICE"}),))
SCHOOL = MythCard("school", (frozenset({"SCHOOL", "PAPERS"}), frozenset({"SCHOOL", "POLICE"})))
BIRTH = MythCard("birth", (frozenset({"BIRTH", "PAPERS", "HOSPITAL"}),))
CARDS = (HOSPITAL, SCHOOL, BIRTH)


def test_the_card_whose_concepts_all_stand_in_a_message_is_clear():
    assert cards_for({"HOSPITAL", "POLICE", "RUMOUR"}, CARDS) == ["hospital"]


def test_of_several_the_longest_row_wins_and_equals_are_offered():
    assert cards_for({"BIRTH", "PAPERS", "HOSPITAL"}, CARDS) == ["birth"]
    assert cards_for({"HOSPITAL", "POLICE", "SCHOOL"}, CARDS) == ["hospital", "school"]


def test_half_of_a_short_row_names_nothing():
    assert cards_for({"POLICE"}, CARDS) == []


def test_a_rumour_keeps_the_place_and_gets_its_card():
    meant = Meaning(INTENT, 0.9, (("country", "SE"), ("alternatives", "housing")))
    told = with_cards(meant, {"HOSPITAL", "POLICE"}, CARDS)
    assert told.entities == (("country", "SE"), ("card", "hospital"))


def test_what_repeats_a_rumour_is_one_whatever_it_was_taken_for():
    told = with_cards(Meaning("rights_care", 0.6), {"RUMOUR", "HOSPITAL", "POLICE"}, CARDS)
    assert told.intent == INTENT
    told = with_cards(Meaning("rights_care", 0.6), {"HOSPITAL", "POLICE"}, CARDS)
    assert told.intent == "rights_care"


def test_a_rumour_that_was_published_since_is_found_and_one_taken_back_is_not():
    published = {"bill": ["BILL PAPERS", "BILL DEPORTATION"], "hospital": [], "school": ["SCHOOL"]}
    now = with_published(CARDS, published)
    assert cards_for({"BILL", "PAPERS"}, now) == ["bill"]
    assert cards_for({"HOSPITAL", "POLICE"}, now) == []
    assert cards_for({"SCHOOL"}, now) == ["school"]
    assert cards_for({"SCHOOL"}, CARDS) == []
    assert with_published(CARDS, {}) == CARDS


def test_a_published_rumour_is_answered_without_another_model(bot):
    text = "is it true that school makes me lose my residence?"
    rumours = {"school_residence": ["SCHOOL RESIDENCE_RENEWAL", "SCHOOL REGULAR_MIGRANT"]}
    turn = Turn("c", "sms", State({}), text=text, rumours=rumours)
    decision = asyncio.run(bot.enclave.decide(turn))
    assert decision.says[-1].values["card"] == "school_residence"
    before = asyncio.run(bot.enclave.decide(replace(turn, rumours={})))
    assert before.says[-1].values.get("card") != "school_residence"


def test_danger_and_answers_to_a_question_are_never_taken_for_a_rumour():
    concepts = {"RUMOUR", "HOSPITAL", "POLICE"}
    for meant in (
        Meaning("violence_now", 1.0, (), Risk("violence_now", "now")),
        Meaning("inform", 1.0),
        Meaning("decline", 1.0),
    ):
        assert with_cards(meant, concepts, CARDS) == meant


def test_the_wordings_of_every_card_lead_to_it(bot):
    missed, asked = [], 0
    for card in read_myth_cards(FOLDER):
        wordings = yaml.safe_load((FOLDER / f"{card.id}.yml").read_text("utf-8"))["asked"]
        for language, texts in wordings.items():
            for text in texts:
                asked += 1
                if card.id not in shown(bot.hears(text, language=language)):
                    missed.append(text)
    assert asked == 6 * len(read_myth_cards(FOLDER))
    assert len(missed) <= (1 - RIGHT) * asked, missed


def shown(decision):
    """Return the cards of a decision: the one that is told, or those that are offered."""
    told = [say.values["card"] for say in decision.says if say.message == "myth.card"]
    offered = [
        choice.removeprefix("myth:card=")
        for say in decision.says
        for choice in say.choices
        if choice.startswith("myth:card=")
    ]
    return [*told, *offered][:3]
