"""No country, status or care leads to an error, an unfilled brace or a broken sentence."""

from __future__ import annotations

import itertools
import re

import pytest
from saying import CARES, LANGUAGES, NOW, ROOT, STATUSES, Speech, packs

from content.messages import read_messages
from content.rights_choice import Question, choose
from content.validity import confirmed, in_force

BROKEN = re.compile(
    r"[{}]|\.\.(?!\.)|\b[Ii]f if\b|\b[Ss]i si\b|  |: \.|\bNone\b| ,| \.(?!\w)|\( |\.;|,\.|\bIf :|\bSi :"
    r"|\by i[^aeo]|\bo o[^ ]"
)
MESSAGES = read_messages(ROOT / "data" / "messages")
COUNTRIES = [pack.country for pack in packs()]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_status_and_care_is_answered_in_whole_sentences(
    said: Speech, country: str
) -> None:
    for status, care, language in itertools.product(STATUSES, (None, *CARES), LANGUAGES):
        told = await said.rights(country, status, care, language)
        broken = BROKEN.search(told)
        assert not broken, f"{status} {care} {language}: {told[broken.start() - 30 :][:80]}"


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_answer_has_an_entitlement_a_cost_a_step_and_a_dated_source(
    said: Speech, country: str
) -> None:
    facts = next(pack for pack in packs() if pack.country == country).part("rights")
    for status, care in itertools.product(STATUSES, CARES):
        main = choose(facts, Question(status, care, NOW.date())).main
        if main is None:
            continue
        english = await said.rights(country, status, care)
        spanish = await said.rights(country, status, care, "es")
        entitlement = f"rights.entitlement.{main['entitlement']}"
        for language, told in (("en", english), ("es", spanish)):
            assert MESSAGES.text(entitlement, language) in told
            assert main["source"]["title"] in told
        assert re.search(r"First step|Steps:", english)
        assert re.search(r"Primer paso|Pasos:", spanish)
        assert re.search(r"[Cc]ost|charge|price|pay|free|fee", english)


def test_every_fact_that_may_be_shown_can_be_reached() -> None:
    for pack in packs():
        facts = pack.part("rights")
        reached = set()
        for status, care in itertools.product(STATUSES, (None, *CARES)):
            chosen = choose(facts, Question(status, care, NOW.date()))
            reached |= {f["id"] for f in (chosen.main, *chosen.beside) if f}
        shown = {f["id"] for f in facts if confirmed(f) and in_force(f, NOW.date())}
        assert shown <= reached, f"{pack.country}: {sorted(shown - reached)}"


@pytest.mark.parametrize("focus", ["may", "cost", "conditions"])
async def test_what_was_asked_for_comes_first(said: Speech, focus: str) -> None:
    told = await said.rights("GR", "asylum_seeker", focus=focus)
    second = told.splitlines()[1]
    assert second.startswith({"may": "Yes", "cost": "Cost: free", "conditions": "Yes"}[focus])


async def test_the_spanish_question_about_greece_gets_a_whole_answer(said: Speech) -> None:
    told = await said.rights("GR", "asylum_seeker", "primary", "es", focus="cost")
    for part in (
        "Costo: gratis.",
        "Usted tiene derecho a esta atención",
        "PAAYPA",
        "Primer paso: Registre su solicitud de asilo.",
        "Pasos: 2)",
        "AIDA Country Report Greece",
        "junio de 2024",
    ):
        assert part in told


async def test_whoever_does_not_say_their_papers_hears_what_holds_for_everybody(
    said: Speech,
) -> None:
    told = await said.rights("HN", "prefer_not_to_say", "primary")
    assert told.startswith("Honduras: a doctor (primary care), for a person with or without papers")
    told = await said.rights("GR", "prefer_not_to_say", "primary")
    assert told.splitlines()[1].startswith("You did not say which papers you have.")


async def test_people_without_papers_always_hear_who_tells_whom_and_what_holds_in_an_emergency(
    said: Speech,
) -> None:
    for country in COUNTRIES:
        told = await said.rights(country, "undocumented", "primary")
        number = next(p for p in packs() if p.country == country)
        assert "immigration" in told or "not confirmed" in told or "do not know the rule" in told
        assert "In an emergency" in told
        assert number


async def test_only_for_emergencies_is_not_said_twice(said: Speech) -> None:
    for country in COUNTRIES:
        for status in STATUSES:
            told = await said.rights(country, status, "emergency")
            assert "Only for emergencies. This is true if it is an emergency." not in told
    told = await said.rights("US", "undocumented", "emergency")
    assert told.splitlines()[1] == "Only for emergencies."


async def test_whoever_can_be_asked_is_there_for_the_status(said: Speech) -> None:
    told = await said.rights("HN", "undocumented", "child_health")
    assert "We do not know the rule" in told
    for status, care in itertools.product(STATUSES, CARES):
        told = await said.rights("HN", status, care)
        shown = [line for line in told.splitlines() if "DIPPDIV" in line or "311" in line]
        assert not shown or status in ("internally_displaced", "returnee")
    told = await said.rights("HN", "returnee", "child_health")
    assert "You can ask here: Línea Humanitaria 311" in told


async def test_any_yes_on_reporting_wins_and_every_note_is_said(said: Speech) -> None:
    told = await said.rights("DE", "undocumented", "primary")
    assert "Careful: your data may go to immigration or the police." in told
    assert "Outside emergencies" in told
    assert "We do not know whether data goes" not in told
    told = await said.rights("IT", "undocumented", "primary")
    assert "The clinic does not tell immigration" in told


async def test_a_country_without_a_pack_is_told_so(said: Speech) -> None:
    told = await said.rights("NO", "refugee")
    assert "We have no information for Norway yet" in told
    assert "112" in told


async def test_without_a_country_the_numbers_of_both_continents_are_told(said: Speech) -> None:
    told = await said.text("rights.answer", "es", country=None, status="refugee", focus="may")
    assert "112" in told
    assert "911" in told


@pytest.mark.parametrize("country", COUNTRIES)
async def test_the_watchdogs_numbers_are_said_in_every_country(said: Speech, country: str) -> None:
    for language in LANGUAGES:
        reply = await said.renderer.numbers(language=language, country=country, now=NOW)
        assert re.search(r"\d{3}", reply.texts[0])
