"""No fact is said without where it comes from and how old that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from asked import TABLES, Asked, everything, pack
from saying import ROOT, Speech, all_messages, packs

from content import dates
from content.answers.coping import LAST_STEPS
from content.source_words import in_brief

COUNTRIES = [one.country for one in packs()]
LANGUAGES = ("en", "es")
# Always a fact: a rumour, a practice, an exercise, how long care after rape helps.
ALWAYS = ("myth.card", "practice.card", "early_care.answer", *LAST_STEPS)
OFTEN = ("rights.answer", "services.list", "services.details", "helplines.list", "origin.lines")
SOMETIMES = ("office.", "obstacle.", "danger.")
NUMBERS = ("numbers", "phones", "whatsapp")
CODES = {"steps": "step", "notes": "note", "conditions": "condition"}


def asked(country: str) -> Iterator[Asked]:
    """Yield what tells rules, places, lines, cards or exercises."""
    for say, values in everything(country):
        if say in (*ALWAYS, *OFTEN) or say.startswith(SOMETIMES):
            yield say, values


@cache
def sources(country: str, language: str) -> frozenset[str]:
    """Return every source that may be named, with its date, as it is said."""
    entries = [entry for part in ("rights", "services") for entry in pack(country).part(part)]
    cards = [*TABLES.cards.myths.values(), *TABLES.cards.practices.values()]
    offices = [{"source": one} for row in TABLES.offices.values() for one in row["sources"]]
    named = [dates.source(one, all_messages(), language) for one in (*entries, *cards, *offices)]
    who = {"en": "World Health Organization, 2024", "es": "Organización Mundial de la Salud, 2024"}
    return frozenset([*named, who[language]])


@cache
def rules(country: str, language: str) -> frozenset[str]:
    """Return what is said from the codes of the rules of a country."""
    said = {
        all_messages().text(f"{family}.{code}", language)
        for fact in pack(country).part("rights")
        for field, family in CODES.items()
        for code in fact[field]
    }
    return frozenset(said)


@cache
def entries(country: str, language: str) -> tuple[tuple[str, tuple[str, ...], str, str], ...]:
    """Return name, numbers, whole source and brief source of every place and line."""
    return tuple(
        (
            named(entry, language),
            tuple(str(way["number"]) for ways in NUMBERS for way in entry.get(ways) or ()),
            dates.source(entry, all_messages(), language),
            in_brief(entry, all_messages(), language),
        )
        for part in ("services", "helplines")
        for entry in pack(country).part(part)
    )


def named(entry: Mapping[str, Any], language: str) -> str:
    return str((entry.get("names") or {}).get(language, entry["name"]))


def without_source(text: str, country: str, language: str) -> list[str]:
    """Return the lines that tell a place or a line with a number and without any source."""
    missing = []
    for line in text.splitlines():
        told = [
            (whole, brief)
            for name, numbers, whole, brief in entries(country, language)
            if name in line and any(number in line for number in numbers)
        ]
        if told and not any(whole in text or brief in line for whole, brief in told):
            missing.append(line)
    return missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_fact_is_said_with_a_source_and_its_date(
    said: Speech, country: str, language: str
) -> None:
    for say, values in asked(country):
        text = await said.text(say, language, **values)
        assert not without_source(text, country, language), say
        told_a_rule = any(rule in text for rule in rules(country, language))
        if say in LAST_STEPS:
            row = TABLES.coping_sources[LAST_STEPS[say]][0]
            assert f"{row['title']}, " in text
        elif say in ALWAYS or told_a_rule:
            assert any(source in text for source in sources(country, language)), (say, text)


def test_the_last_step_of_every_exercise_is_known() -> None:
    table = yaml.safe_load((ROOT / "data" / "coping" / "exercises.yml").read_text("utf-8"))
    assert {f"coping.{card}.{row['steps']}": card for card, row in table.items()} == LAST_STEPS
    assert set(table) <= set(TABLES.coping_sources)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_rule_without_a_dated_source_says_that_the_date_is_unknown(
    said: Speech, language: str
) -> None:
    unknown = all_messages().text("source.date_unknown", language)
    undated = [
        (one.country, fact)
        for one in packs()
        for fact in one.part("rights")
        if not str(fact["source"]["published"])[:1].isdigit()
    ]
    assert undated
    told = 0
    for country, fact in undated:
        text = await said.rights(country, fact["status"][0], fact["care"][0], language)
        if fact["source"]["title"] in text:
            assert f"{fact['source']['title']}, {unknown}" in text
            told += 1
    assert told
