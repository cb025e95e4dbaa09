"""Nobody meets silence, two questions at once, or a question that was already declined."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.danger import RISKS
from actions.feedback import with_question
from actions.notice import with_notice
from actions.services import TOPICS
from actions.slots import Slots
from actions.speakers import SPEAKERS, answer
from wire.choice import read_choice
from wire.say import Say

ROOT = Path(__file__).parents[2]
PENDING = [None, "country", "city", "place", "status", "care", "kind", "language", "unsure"]
PENDING += ["need", "whom", "days", "wish"]
TOPIC = [None, "rights_care", "cost_care", "find_service", "helpline", "talk_to_human"]
TOPIC += ["shelter_tonight", "low_mood_grief", "suicide_selfharm", "gbv_partner_violence"]
QUESTIONS = ("ask.", "language.choose", "unsure.choose")
PLACES = ["3583361", "3583362"]
GUESSES = ["cost_care", "who_are_you"]


def state(topic: str | None, pending: str | None, **known: Any) -> dict[str, Any]:
    alternatives = {"place": PLACES, "unsure": GUESSES}.get(pending or "")
    return {"topic": topic, "pending": pending, "alternatives": alternatives, **known}


STATES = [
    state(topic, pending, **known)
    for topic, pending in itertools.product(TOPIC, PENDING)
    for known in ({}, {"country": "GR"}, {"country": "GR", "city": "264371", "status": "refugee"})
]


def after(intent: str, slots: dict[str, Any]) -> tuple[tuple[Say, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says, {**slots, **changes}


def ids(says: tuple[Say, ...]) -> list[str]:
    return [say.message for say in says]


def rights_after(risk: str) -> list[str]:
    """A disclosure ends with what somebody may ask for."""
    return ["danger.rights"] if RISKS[risk][0] == "careful" else []


def test_every_intent_of_the_domain_has_a_speaker_and_an_action() -> None:
    listed = yaml.safe_load((ROOT / "domain" / "intents.yml").read_text("utf-8"))["intents"]
    actions = yaml.safe_load((ROOT / "domain" / "actions.yml").read_text("utf-8"))["actions"]
    assert set(listed) == set(SPEAKERS)
    assert {f"action_{intent}" for intent in listed} == set(actions)


@pytest.mark.parametrize("intent", sorted(SPEAKERS))
def test_every_intent_in_every_state_leads_to_a_say(intent: str) -> None:
    for slots in STATES:
        says, changed = after(intent, slots)
        assert says
        assert set(changed) >= set(slots)
        for say in says:
            for choice in say.choices:
                wanted, _ = read_choice(choice)
                assert wanted in SPEAKERS


@pytest.mark.parametrize("intent", sorted(SPEAKERS))
def test_never_more_than_one_question_at_a_time(intent: str) -> None:
    for slots in STATES:
        says, _ = after(intent, slots)
        asked = [say for say in says if say.message.startswith(QUESTIONS)]
        asked = [s for s in asked if not s.message.startswith("ask.not_")]
        assert len(asked) <= 1
        if asked:
            assert says[-1] is asked[0]


@pytest.mark.parametrize("intent", sorted(SPEAKERS))
def test_not_saying_is_always_a_choice(intent: str) -> None:
    for slots in STATES:
        for say in after(intent, slots)[0]:
            if say.message.startswith("ask.") and not say.message.startswith("ask.not_"):
                unsaid = {"decline", "inform:status=prefer_not_to_say"}
                assert unsaid & set(say.choices)


@pytest.mark.parametrize("risk", sorted(RISKS))
def test_danger_wins_in_every_pending_state(risk: str) -> None:
    for slots in STATES:
        says, changed = after(risk, slots)
        assert says[0].message == f"danger.{risk}"
        assert "not_that" in says[0].choices
        assert changed["topic"] == risk
        assert changed["pending"] in (None, "country")


@pytest.mark.parametrize("risk", sorted(RISKS))
def test_the_answer_to_danger_waits_for_nothing(risk: str) -> None:
    says, changed = after(risk, {})
    assert ids(says) == [f"danger.{risk}", "ask.country"]
    says, changed = after("decline", changed)
    assert ids(says) == [f"danger.{risk}", *rights_after(risk)]
    assert changed["pending"] is None


@pytest.mark.parametrize("risk", ["gbv_partner_violence", "sexual_violence", "child_abuse"])
def test_what_was_urgent_before_the_country_was_known_stays_urgent(risk: str) -> None:
    _, changed = after(risk, {"urgency": "now"})
    # The enclave tells the urgency of each message; a bare country has none.
    says, _ = after("inform", {**changed, "country": "SV", "urgency": None})
    assert says[0].values["urgency"] == "now"


@pytest.mark.parametrize("risk", sorted(RISKS))
@pytest.mark.parametrize("pending", [p for p in PENDING if p not in (None, "care", "unsure")])
def test_a_wrong_guess_leads_back_to_the_very_question(risk: str, pending: str) -> None:
    slots = state("find_service", pending, country="GR" if pending != "country" else None)
    (question,), _ = after("affirm", slots)
    _, changed = after(risk, slots)
    says, back = after("not_that", changed)
    assert ids(says) == ["danger.taken_back", question.message]
    assert says[1] == question
    assert {name: back[name] for name in ("topic", "pending", "alternatives")} == {
        name: slots[name] for name in ("topic", "pending", "alternatives")
    }


@pytest.mark.parametrize("risk", sorted(RISKS))
def test_a_wrong_guess_leads_back_to_the_meanings_that_were_offered(risk: str) -> None:
    slots = state("rights_care", "unsure")
    _, changed = after(risk, slots)
    says, back = after("not_that", changed)
    assert says[-1].choices == (*GUESSES, "menu_help")
    assert back["alternatives"] == GUESSES


def test_after_two_dangers_a_wrong_guess_still_leads_back() -> None:
    slots = state("rights_care", "status", country="GR")
    _, changed = after("violence_now", slots)
    _, changed = after("suicide_selfharm", changed)
    says, back = after("not_that", changed)
    assert ids(says) == ["danger.taken_back", "ask.status"]
    assert (back["topic"], back["pending"]) == ("rights_care", "status")


def test_a_wrong_guess_without_anything_before_shows_the_menu() -> None:
    says, _ = after("not_that", {"topic": "rights_care", "country": "GR"})
    assert ids(says) == ["menu.show"]


@pytest.mark.parametrize("intent", ["rights_care", "find_service", "food_basic_needs", "helpline"])
def test_what_was_declined_is_never_asked_again(intent: str) -> None:
    slots: dict[str, Any] = {}
    asked: list[str] = []
    says, slots = after(intent, slots)
    while slots["pending"]:
        asked.append(slots["pending"])
        says, slots = after("decline", slots)
        assert len(asked) < 5
    assert len(set(asked)) == len(asked)
    assert not says[-1].message.startswith("ask.")
    assert not after(intent, slots)[0][-1].message.startswith("ask.")


def test_whoever_keeps_the_city_to_themselves_is_not_asked_for_the_country() -> None:
    _, slots = after("food_basic_needs", {})
    says, slots = after("decline", slots)
    assert ids(says) == ["services.list"]


def test_a_town_is_enough_to_look_for_a_place() -> None:
    says, _ = after("inform", state("food_basic_needs", "city", city="264371"))
    assert ids(says) == ["services.list"]


def test_offered_meanings_are_never_taken_for_places() -> None:
    for intent in ("rights_care", *TOPICS):
        says, _ = after(intent, state(None, "unsure"))
        assert "ask.which_place" not in ids(says)


def test_yes_takes_the_first_meaning_that_was_offered() -> None:
    slots = {"pending": "unsure", "alternatives": ["who_are_you", "greet"]}
    assert ids(after("affirm", slots)[0]) == ["who.are_you"]


@pytest.mark.parametrize("intent", ["thanks", "greet", "gibberish"])
def test_small_talk_keeps_the_places_to_choose_from(intent: str) -> None:
    _, slots = after(intent, state("food_basic_needs", "place"))
    assert slots["pending"] == "place"
    assert slots["alternatives"] == PLACES


def test_the_line_that_was_asked_for_is_told_once_the_country_is_known() -> None:
    _, slots = after("helpline", {"purpose": "police"})
    _, slots = after("gibberish", slots)
    says, _ = after("inform", {**slots, "country": "SV"})
    assert ids(says) == ["police.papers", "helplines.list"]
    assert says[1].values["purposes"] == ["police"]


def test_more_goes_on_where_the_list_ended() -> None:
    slots: dict[str, Any] = {"country": "SV", "city": "3583361", "kind": "food"}
    _, slots = after("find_service", slots)
    for offset in (3, 6):
        says, slots = after("more", slots)
        assert says[0].values["offset"] == offset


def test_more_of_a_whole_country_asks_for_no_city() -> None:
    slots: dict[str, Any] = {"country": "MT", "kind": "food", "topic": "find_service"}
    _, listed = after("inform", {**slots, "pending": "city"})
    says, _ = after("more", listed)
    assert (says[0].message, says[0].values["offset"]) == ("services.list", 3)
    assert ids(after("more", {**slots, "pending": "city"})[0]) == ["ask.city"]


def test_more_shows_the_menu_where_nothing_was_listed() -> None:
    for topic in (None, "rights_care", "helpline"):
        assert ids(after("more", {"topic": topic, "country": "SV"})[0]) == ["menu.show"]


@pytest.mark.parametrize("risk", sorted(set(RISKS) - {"medical_emergency"}))
def test_whoever_goes_on_after_a_danger_is_not_sent_away(risk: str) -> None:
    _, slots = after(risk, {"country": "SV"})
    says, changed = after("danger_follow_up", slots)
    assert ids(says) == ["danger.stay", "helplines.list"]
    assert set(RISKS[risk][1]) | {"menu_help", "not_that"} <= set(says[0].choices)
    assert says[1].values["country"] == "SV"
    assert changed["topic"] == risk
    assert changed["before"] == slots["before"]


def test_the_number_for_a_life_is_said_once_more() -> None:
    _, slots = after("medical_emergency", {})
    says, changed = after("danger_follow_up", slots)
    assert ids(says) == ["danger.medical_emergency"]
    assert changed["pending"] == "country"


@pytest.mark.parametrize("risk", sorted(RISKS))
def test_a_country_that_was_asked_after_danger_stays_open_and_is_not_asked_twice(risk: str) -> None:
    _, slots = after(risk, {})
    says, changed = after("danger_follow_up", slots)
    assert "ask.country" not in ids(says)
    assert changed["pending"] == "country"
    says, _ = after("inform", {**changed, "country": "MX"})
    assert ids(says) == [f"danger.{risk}", *rights_after(risk)]


def test_a_number_that_was_not_offered_brings_back_what_was_open() -> None:
    told = "choice.out_of_range"
    assert ids(after("out_of_range", {"pending": "status"})[0]) == [told, "ask.status"]
    assert ids(after("out_of_range", state(None, "unsure"))[0]) == [told, "unsure.choose"]
    assert ids(after("out_of_range", {"language": "es"})[0]) == [told, "menu.show"]
    says, _ = after("out_of_range", {"topic": "violence_now", "country": "SV"})
    assert ids(says) == [told, "danger.stay", "helplines.list"]


@pytest.mark.parametrize("told", [{"country": "MT"}, {"status": "refugee"}])
def test_what_follows_a_rumour_goes_on_to_what_one_may_get(told: dict[str, str]) -> None:
    _, slots = after("myth_misinformation", {})
    _, changed = after("inform", {**slots, **told})
    assert changed["topic"] == "rights_care"
    assert changed["pending"] in ("country", "status")


def test_whoever_says_where_they_come_from_is_asked_where_they_are() -> None:
    says, slots = after("inform", {})
    assert ids(says) == ["inform.noted", "ask.country"]
    says, _ = after("inform", {**slots, "country": "MX"})
    assert ids(says) == ["inform.place_known", "menu.show"]


def test_forgetting_keeps_the_language_alone() -> None:
    slots = {"language": "es", "country": "SV", "status": "refugee", "menu": "forget"}
    _, changed = after("privacy_delete", {**slots, "declined": ["city"], "topic": "rights_care"})
    assert {name for name, value in changed.items() if value is not None} == {"language"}


SEVERAL_CARDS = {"card": ["only_papers", "hospital_police"]}
# Only ever chosen with a code, so never offered as a guess.
UNSAID = {"inform", "gibberish", "unsure", "danger_follow_up", "out_of_range", "exercise", "domain"}
KNOWN: list[dict[str, Any]] = [
    {},
    {"country": "GR", "topic": "find_service"},
    {"country": "GR", "city": "264371", "status": "refugee"},
    *({"topic": topic} for topic in TOPICS),
    {"age_group": "child"},
    {"for_whom": "friend", "country": "GR"},
]


def everything() -> tuple[set[str], set[str]]:
    """Return every say and every choice, found by following each choice that is offered."""
    says: set[str] = set()
    choices = set(SPEAKERS) - UNSAID  # a guess may be any other

    def hear(intent: str, slots: dict[str, Any]) -> None:
        asked = Slots({"language": "es", **slots})
        told = with_notice(intent, asked, answer(intent, asked)[0])
        for say in with_question(asked, told).says:
            says.add(say.message)
            choices.update(c for c in say.choices if "city=" not in c)

    hear("myth_misinformation", SEVERAL_CARDS)
    hear("menu_help", {"menu": "word_set"})
    for why in (None, "bad", "closed"):
        hear("feedback_wrong_info", {"about": ["services/GR/gr-s01"], "why": why})
    for intent, slots in itertools.product(SPEAKERS, [*STATES, {"topic": "food_basic_needs"}]):
        hear(intent, slots)
    followed: set[str] = set()
    while new := choices - followed:
        followed |= new
        for (intent, codes), slots in itertools.product(map(read_choice, sorted(new)), KNOWN):
            hear(intent, {**slots, **codes})
    return says, choices


def test_the_list_of_says_and_choices_is_what_actions_can_say() -> None:
    """The gateway checks this list for wordings, since it cannot import actions."""
    says, choices = everything()
    listed = yaml.safe_load((ROOT / "data" / "messages" / "says.yml").read_text("utf-8"))
    assert sorted(says) == listed["says"]
    assert sorted(choices) == listed["choices"]
