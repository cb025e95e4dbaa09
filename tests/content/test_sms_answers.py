"""By SMS an answer begins with two segments, after danger with four, and the number in the first.

Measured as a person gets it: worded, cut into pages, fitted with its numbered choices.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from asked import everything
from saying import NOW, Speech, packs

from content.danger_words import PLANS
from content.lines import Country
from delivery.fitting import SMS, fit
from delivery.paging import first_page
from delivery.segments import count_segments, is_gsm7
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.strict import JsonValue

COUNTRY_OF = {"es": "SV", "en": "GR", "ar": "DE", "uk": "BG", "fr": "CA"}
EVERY = 4  # of what can be asked in a country: 100 answers and more in each language
MOST, MOST_AFTER_DANGER = 2, 4
ENOUGH = 0.9
JOINED, JOINED_OUTSIDE_GSM = 153, 67  # characters of a segment that is one of several
ELSEWHERE = "112"  # said where nobody knows the country


async def first_message(said: Speech, language: str, say: str, values: dict[str, Any]) -> list[str]:
    """Return the messages that somebody gets at once."""
    told: dict[str, JsonValue] = {"language": language}
    decision = Decision(language, "", 1.0, (Say(say, values),), State(told))
    whole = await said.renderer.render(decision, channel="sms", now=NOW)
    page, _ = first_page(whole, SMS, said.renderer.text)
    return [part.text for part in fit(page, SMS, offered_in=1)]


def segments(messages: list[str]) -> int:
    return sum(map(count_segments, messages))


def first_segment(text: str) -> str:
    """Return what a telephone shows of a message when the other segments are late."""
    if count_segments(text) <= 1:
        return text
    return text[: JOINED if is_gsm7(text) else JOINED_OUTSIDE_GSM]


def dangers() -> Iterator[dict[str, Any]]:
    for risk, urgency, whom in itertools.product(PLANS, ("now", "careful"), ("self", "child")):
        yield {"say": f"danger.{risk}", "urgency": urgency, "for_whom": whom, "age_group": "child"}


def emergency_numbers(code: str) -> list[str]:
    pack = next(pack for pack in packs() if pack.country == code)
    lines = Country(code, pack.part("pack"), pack.part("helplines")).emergencies()
    return [str(number["number"]) for line in lines for number in line["numbers"]]


@pytest.fixture
async def pages(said: Speech) -> list[tuple[str, str, int]]:
    """Language, say and segments of the first pages of a sample of all that can be asked."""
    found = []
    for language, country in COUNTRY_OF.items():
        for say, values in list(everything(country))[::EVERY]:
            if not say.startswith("danger."):
                told = await first_message(said, language, say, values)
                found.append((language, say, segments(told)))
    return found


async def test_nine_first_pages_of_ten_take_two_segments_in_every_language(
    pages: list[tuple[str, str, int]],
) -> None:
    assert len(pages) >= 300
    for language in COUNTRY_OF:
        sizes = [size for told, _, size in pages if told == language]
        short = sum(size <= MOST for size in sizes)
        assert short >= ENOUGH * len(sizes), f"{language}: {short} of {len(sizes)}"


@pytest.mark.parametrize("language", COUNTRY_OF)
async def test_an_answer_to_danger_takes_four_segments_and_its_number_stands_in_the_first(
    said: Speech, language: str
) -> None:
    for country, danger in itertools.product([pack.country for pack in packs()], dangers()):
        values = {"country": country, **danger}
        told = await first_message(said, language, values.pop("say"), values)
        where = f"{language} {country} {danger}: {told}"
        assert segments(told) <= MOST_AFTER_DANGER, where
        first = first_segment(told[0])
        assert any(number in first for number in emergency_numbers(country)), where


@pytest.mark.parametrize("language", COUNTRY_OF)
async def test_where_nobody_knows_the_country_a_number_stands_in_the_first_segment_too(
    said: Speech, language: str
) -> None:
    for danger in dangers():
        values = {"country": None, **danger}
        told = await first_message(said, language, values.pop("say"), values)
        assert segments(told) <= MOST_AFTER_DANGER
        assert ELSEWHERE in first_segment(told[0])
