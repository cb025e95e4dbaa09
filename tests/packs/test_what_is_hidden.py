"""Unconfirmed entries wait for an operator; a danger line is said where none is better."""

from __future__ import annotations

from datetime import date

import pytest
from saying import CARES, LANGUAGES, NOW, STATUSES, Speech, packs

from content.danger_words import PLANS
from content.lines import DANGER, Country
from content.rights_choice import Question, choose
from content.validity import confirmed, in_force

TODAY = NOW.date()
# Said as "not confirmed": no better line is known for their purpose.
UNCONFIRMED_BUT_SAID = {
    "bg-h08",
    "bg-h09",
    "cy-h07",
    "cy-h10",
}


def countries() -> list[Country]:
    return [Country(p.country, p.part("pack"), p.part("helplines")) for p in packs()]


def test_an_unconfirmed_line_is_said_only_where_none_is_better() -> None:
    said = set()
    for country in countries():
        for purpose in {p for line in country.lines for p in line["purpose"]}:
            found = country.for_purpose(purpose, TODAY)
            low = [line for line in found if not confirmed(line) or not in_force(line, TODAY)]
            said |= {line["id"] for line in low}
            assert not low or len(low) == len(found)
            assert not low or purpose in DANGER
    assert said == UNCONFIRMED_BUT_SAID


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_unconfirmed_line_stands_behind_the_emergency_number(
    said: Speech, language: str
) -> None:
    first, second = (
        await said.reply("danger.suicide_selfharm", language, country="CY", urgency="now")
    ).texts
    assert "112" in first.splitlines()[0]
    assert "1401" not in first
    (line,) = [line for line in second.splitlines() if "1401" in line]
    assert {"en": "not confirmed", "es": "sin confirmar"}[language] in line


def test_no_unconfirmed_and_no_outdated_fact_answers_anything() -> None:
    for pack in packs():
        facts = pack.part("rights")
        for status in STATUSES:
            for care in (None, *CARES):
                chosen = choose(facts, Question(status, care, TODAY))
                for fact in (chosen.main, *chosen.beside, *chosen.fitting):
                    assert fact is None or (confirmed(fact) and in_force(fact, TODAY))


async def test_an_unconfirmed_service_is_neither_listed_nor_detailed(said: Speech) -> None:
    for pack in packs():
        low = [s for s in pack.part("services") if s["confidence"] == "low"]
        for service in low:
            told = await said.text("services.details", listing=service["id"], country=pack.country)
            assert told == "That place is no longer in our list."


async def test_a_hidden_fact_is_told_as_unconfirmed_with_somebody_to_ask(said: Speech) -> None:
    told = await said.rights("US", "undocumented", "primary")
    assert "not confirmed, so we do not say it" in told
    assert "In an emergency: you have a right to emergency care." in told
    assert "911" in told
    assert "sliding" not in told


async def test_a_line_past_its_date_is_never_said_as_if_it_were_sure(said: Speech) -> None:
    lines = {line["id"]: line for pack in packs() for line in pack.part("helplines")}
    assert lines["bg-h07"]["valid_until"] < TODAY.isoformat()
    told = await said.text("helplines.list", country="BG", purposes=["missing_persons"])
    assert "116 000" not in told


def test_a_country_never_loses_its_emergency_numbers() -> None:
    for country in countries():
        ids = {line["id"] for line in country.emergencies()}
        assert ids == set(country.pack["emergency"])
        for risk in PLANS:
            assert country.emergency_number(*PLANS[risk].emergency)


@pytest.mark.parametrize("today", [date(2030, 1, 1), date(2050, 1, 1)])
def test_only_a_person_retires_a_danger_line(today: date) -> None:
    for country in countries():
        for purpose in ("gbv", "suicide_mental_health", "child", "trafficking"):
            known = any(
                purpose in line["purpose"] and line.get("superseded_by") is None
                for line in country.lines
                if line.get("run_by") != "consulate"
            )
            assert bool(country.for_purpose(purpose, today)) == known
