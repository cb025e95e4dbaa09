"""Each fact that may be said answers a question with all it says; what is hidden answers none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from saying import CARES, NOW, ROOT, STATUSES, Speech, all_messages, packs, places

from content.languages import read_languages, whole
from content.lines import Country
from content.rights_choice import Question, choose
from content.rights_words import RightsWords
from content.tables import read_fallbacks, read_tables
from content.validity import confirmed, in_force
from content.vocabulary_labels import Labels
from directory.pack_files import PackFiles

TABLES = read_tables(ROOT / "data")
ROWS = read_languages(ROOT / "data" / "languages.yml")
FULL = whole(ROWS, "")
FALLBACKS = read_fallbacks(ROOT / "data" / "rights" / "status-fallback.yml")
COUNTRIES = [pack.country for pack in packs()]
FACTS = sum(len(pack.part("rights")) for pack in packs())
HIDDEN = 10
REPLACED = 1  # kept, so that a reader sees which rule is over
TODAY = NOW.date()
MARK = "\u200e"  # around numbers and Latin names in a text from right to left


def _languages(country: str) -> list[str]:
    """Return Spanish, English and those that people in a country write most, at least two more."""
    there = [tag for tag in FULL if country in ROWS[tag].countries]
    wanted = list(dict.fromkeys(["es", "en", *there]))
    return list(dict.fromkeys([*wanted, *FULL]))[: max(4, len(wanted))]


def _shown(pack: PackFiles) -> list[dict[str, Any]]:
    return [f for f in pack.part("rights") if confirmed(f)]


def _current(fact: Mapping[str, Any]) -> bool:
    """Return whether no other fact replaces this one; a replaced one is never said again."""
    return fact["superseded_by"] is None


def _moment(fact: Mapping[str, Any]) -> datetime:
    """Return now, or the last day of a fact that has ended."""
    if in_force(fact, TODAY):
        return NOW
    return datetime.combine(date.fromisoformat(fact["valid_until"]), NOW.timetz())


def _questions(pack: PackFiles, fact: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield the questions, status and care, that a fact answers or stands beside."""
    today = _moment(fact).date()
    for care in (*CARES, None):
        for status in STATUSES:
            chosen = choose(pack.part("rights"), Question(status, care, today, FALLBACKS))
            said = [f["id"] for f in (chosen.main, *chosen.beside) if f]
            if fact["id"] in said:
                yield status, care


def _words(language: str, today: date = TODAY) -> tuple[RightsWords, Labels]:
    labels = Labels(all_messages(), language, places(), TABLES.cities)
    return RightsWords(all_messages(), language, labels, today), labels


def _codes(fact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every code of a fact as the message that words it."""
    if fact["case"]:
        yield "case", fact["case"]
    if fact["waiting"]:
        yield "waiting", fact["waiting"]
    if fact["reporting_note"] and fact["reporting"] != "unknown":
        yield "note", fact["reporting_note"]
    families = {"conditions": "condition", "documents": "document", "steps": "step"}
    for part, family in {**families, "notes": "note"}.items():
        for code in fact[part]:
            # "Only for emergencies" says it already.
            narrow = fact["entitlement"] == "emergency_only" or fact["care"] == ["emergency"]
            if not (part == "conditions" and code == "emergency" and narrow):
                yield family, code
    for note in fact["cost"].get("notes", []):
        yield "cost", note


def test_there_are_as_many_facts_as_were_handed_over() -> None:
    assert FACTS == 229
    assert FACTS - sum(len(_shown(pack)) for pack in packs()) == HIDDEN
    assert sum(not _current(fact) for pack in packs() for fact in _shown(pack)) == REPLACED


def test_each_country_is_heard_in_spanish_and_in_languages_of_who_is_there() -> None:
    assert {"ar", "fa"} <= {*_languages("GR")}
    assert {"uk", "ar"} <= {*_languages("DE")}
    assert all(len(_languages(country)) >= 4 for country in COUNTRIES)


@pytest.mark.parametrize("language", FULL)
def test_no_code_of_a_fact_is_lost_in_its_sentences(language: str) -> None:
    words, labels = _words(language)
    for pack in packs():
        for fact in pack.part("rights"):
            told = " ".join(words.all_of(fact))
            assert labels.text(f"rights.entitlement.{fact['entitlement']}") in told
            for family, code in _codes(fact):
                assert labels.of(family, code) in told, f"{fact['id']} {family}.{code}"
            for amount in fact["cost"].get("amounts", []):
                digits = [str(amount[end]) for end in ("min", "max") if amount.get(end) is not None]
                plain = "".join(c for c in words.price(fact) if c.isdigit())
                for digit in digits:
                    assert digit.split(".", maxsplit=1)[0][:1] in plain


@pytest.mark.parametrize("country", COUNTRIES)
async def test_each_fact_answers_a_question_with_entitlement_cost_and_first_step(
    said: Speech, country: str
) -> None:
    pack = next(pack for pack in packs() if pack.country == country)
    for fact in filter(_current, _shown(pack)):
        status, care = next(_questions(pack, fact))
        now = _moment(fact)
        for language in _languages(country):
            words, labels = _words(language, now.date())
            told = await said.rights(country, status, care, language, now=now)
            plain = _unglossed(told.replace("\n", " "))
            either = ("rights.entitlement.", "rights.short.", "rights.in_emergency.")
            entitlement = [labels.text(f"{family}{fact['entitlement']}") for family in either]
            assert any(text in plain for text in entitlement), fact["id"]
            for cost in words.costs(fact):
                assert _unglossed(cost) in plain, f"{fact['id']} {language}: {cost}"
            for step in fact["steps"][:1]:
                first = _unglossed(labels.of("step", step))
                assert first in plain, f"{fact['id']} {language}: {first}"
            assert fact["source"]["title"] in told.replace(MARK, "")


def _unglossed(text: str) -> str:
    """Return a text without marks of direction and the words that explain local names."""
    text = text.replace(MARK, "")
    for message in TABLES.local_names.values():
        for language in FULL:
            text = text.replace(f" ({all_messages().text(message, language)})", "")
    return text


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_fact_of_low_confidence_is_not_said(said: Speech, country: str) -> None:
    pack = next(pack for pack in packs() if pack.country == country)
    known = {f["source"]["title"] for f in _shown(pack)}
    shown = {code for fact in _shown(pack) for code in _codes(fact)}
    for fact in (f for f in pack.part("rights") if not confirmed(f)):
        title = fact["source"]["title"]
        for status, care, language in itertools.product(
            STATUSES, fact["care"], _languages(country)
        ):
            asked = None if care == "any" else care
            told = _unglossed(await said.rights(country, status, asked, language))
            assert title in known or title not in told, fact["id"]
            for family, code in {*_codes(fact)} - shown:
                words = _unglossed(_words(language)[1].of(family, code))
                assert words not in told, f"{fact['id']} {code}"


def _unknown() -> list[tuple[str, str, str]]:
    """Questions that no fact answers, in as many countries as there are."""
    found = []
    for pack in packs():
        for status in STATUSES:
            for care in CARES:
                asked = Question(status, care, NOW.date(), FALLBACKS)
                if choose(pack.part("rights"), asked).main is None:
                    found.append((pack.country, status, care))
    by_country: dict[str, list[tuple[str, str, str]]] = {}
    for one in found:
        by_country.setdefault(one[0], []).append(one)
    return [one for few in by_country.values() for one in few[:: max(1, len(few) // 3)]]


def test_there_are_at_least_twenty_questions_without_an_answer() -> None:
    assert len(_unknown()) >= 20


async def test_what_is_not_known_is_said_so_with_what_is_nearest(said: Speech) -> None:
    unknown = ("We do not know the rule", "not confirmed, so we do not say it")
    for country, status, care in _unknown():
        told = await said.rights(country, status, care)
        assert any(text in told for text in unknown), f"{country} {status} {care}"
        number = _country(country).emergency_number("emergency_medical", "emergency_any")
        nearest = ("What we do know there", "You can ask here", "In an emergency")
        assert any(text in told for text in nearest), f"{country} {status} {care}"
        assert number is None or number in told
        if status == "undocumented":
            assert "immigration" in told


def _country(code: str) -> Country:
    pack = next(pack for pack in packs() if pack.country == code)
    return Country(code, pack.part("pack"), pack.part("helplines"))
