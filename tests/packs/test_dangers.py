"""What is said in each country for each of the seven dangers.

``dangers.txt`` holds it all, for people to read. After a change that is meant:
``FARO_REGENERATE=1 .venv/bin/python -m pytest tests/packs/test_dangers.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from saying import LANGUAGES, NOW, Speech, packs

from content.danger_words import PLANS
from content.lines import Country

ENGLISH = re.compile(
    r"\b(line|helpline|hotline|police|for|and|of|the|women|children|number|missing|emergency"
    r"|trafficking|crisis (line|counselling)|victims?|support|health|advice|only|office)\b",
    re.IGNORECASE,
)
# Names that are the organisation's own, said as they are in every language.
PROPER_NAMES = (
    *(
        "Hope For Children",
        "Hope for Wellness Help Line",
        "Crisis Text Line",
        "BIG Hotline",
        "HELPline",
    ),
    *("The Smile of the Child", "Assaulted Women's Helpline", "Swedish Refugee Law Center"),
)
GOLDEN = Path(__file__).with_name("dangers.txt")
NOW_DANGERS = [risk for risk, plan in PLANS.items() if plan.emergency_first]
DISCLOSURES = [risk for risk, plan in PLANS.items() if not plan.emergency_first]


async def told(said: Speech, risk: str, country: str, language: str = "en") -> tuple[str, ...]:
    urgency = "now" if PLANS[risk].emergency_first else "careful"
    return (await said.reply(f"danger.{risk}", language, country=country, urgency=urgency)).texts


def country_of(code: str) -> Country:
    pack = next(pack for pack in packs() if pack.country == code)
    return Country(code, pack.part("pack"), pack.part("helplines"))


COUNTRIES = [pack.country for pack in packs()]


async def test_what_is_said_for_each_danger_is_what_was_read_and_approved(said: Speech) -> None:
    blocks = []
    for country in COUNTRIES:
        for risk in PLANS:
            texts = "\n--\n".join(await told(said, risk, country))
            blocks.append(f"## {country} {risk}\n{texts}\n")
    now = "\n".join(blocks)
    if os.environ.get("FARO_REGENERATE"):
        GOLDEN.write_text(now, encoding="utf-8")
    assert now == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("risk", NOW_DANGERS)
async def test_the_emergency_number_stands_in_the_first_line(
    said: Speech, risk: str, language: str
) -> None:
    for code in COUNTRIES:
        number = country_of(code).emergency_number(*PLANS[risk].emergency)
        first = (await told(said, risk, code, language))[0].splitlines()[0]
        assert number is not None
        assert number in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("risk", DISCLOSURES)
async def test_every_disclosure_names_a_line_before_the_emergency_number(
    said: Speech, risk: str, language: str
) -> None:
    for code in COUNTRIES:
        country = country_of(code)
        lines = [line for line in said_lines(said, risk, country) if line]
        first = (await told(said, risk, code, language))[0]
        assert lines, f"{code} {risk}: nobody to call"
        last = first.splitlines()[-1]
        assert str(country.emergency_number(*PLANS[risk].emergency)) in last


def said_lines(said: Speech, risk: str, country: Country) -> list[str]:
    today = NOW.date()
    purposes = PLANS[risk].specialised
    return [line["id"] for p in purposes for line in country.for_purpose(p, today)]


@pytest.mark.parametrize("risk", DISCLOSURES)
async def test_the_police_come_last_and_as_a_choice(said: Speech, risk: str) -> None:
    for code in COUNTRIES:
        country = country_of(code)
        first = (await told(said, risk, code))[0]
        police = [line for line in country.lines if line.get("run_by") == "police"]
        shown = [line for line in police if f"{line['name']}:" in first]
        if shown:
            assert "only if you want" in first
            after = first.split(f"{shown[0]['name']}:")[1]
            others = [line for line in country.lines if line not in police]
            assert not [line for line in others if f"\n{line['name']}:" in after]


def test_no_line_for_danger_is_described_in_english_to_whoever_reads_spanish() -> None:
    for pack in packs():
        for line in pack.part("helplines"):
            name = (line.get("names") or {}).get("es", line["name"])
            for proper in PROPER_NAMES:
                name = name.replace(proper, "")
            assert not ENGLISH.search(name), f"{line['id']} {name}"


async def test_nothing_gives_the_person_away_on_a_locked_phone(said: Speech) -> None:
    for risk in PLANS:
        for code in COUNTRIES:
            for language in LANGUAGES:
                shown = (await told(said, risk, code, language))[0][:60].casefold()
                for word in ("violen", "suicid", "abus", "rape", "viola", "traffick", "trata"):
                    assert word not in shown


async def test_without_a_country_the_numbers_of_both_continents_are_told(said: Speech) -> None:
    for risk in PLANS:
        first = (await said.reply(f"danger.{risk}", "es", country=None, urgency="now")).texts[0]
        assert "112" in first.splitlines()[0]
        assert "911" in first.splitlines()[0]


async def test_a_consulate_is_never_said_unasked(said: Speech) -> None:
    consulates = [
        line["name"]
        for pack in packs()
        for line in pack.part("helplines")
        if line.get("run_by") == "consulate"
    ]
    assert len(consulates) == 3
    asked = ["asylum_refugee_info", "suicide_mental_health", "emergency_any"]
    told = await said.text("helplines.list", country="SV", purposes=asked)
    told += await said.rights("SV", "undocumented", "primary")
    told += await said.text("services.list", country="SV", kinds=["dentist"], offset=0)
    assert not [name for name in consulates if name in told]
    told = await said.text("services.list", country="SV", kinds=["consulate"], offset=0)
    assert "Virtual consulate" in told
