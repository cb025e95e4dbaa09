"""The lines that the delivery says by itself are worded in every language, and fit."""

from __future__ import annotations

import pytest
from saying import NOW, database_with_packs, speech

from channels.twilio.adapter import Twilio
from content.danger_words import PLANS
from content.languages import enabled_languages
from delivery.conversation import TEXT_ONLY
from delivery.fitting import MARK, fit
from delivery.segments import is_gsm7
from delivery.sending import POSSIBLE_REPEAT
from faro.root import LANGUAGES
from wire.decision import Decision
from wire.say import Say
from wire.state import State

ENABLED = enabled_languages(LANGUAGES)


@pytest.fixture
def packs_url(postgres):
    return database_with_packs(postgres)


@pytest.fixture
async def words(packs_url):
    async with speech(packs_url) as said:
        yield said.renderer


def first_segment(text):
    """Return what a telephone shows first; the whole text decides how much that is."""
    return text[: 153 if is_gsm7(text) else 67]


async def test_the_line_for_a_sticker_is_worded_in_every_language(words):
    told = set()
    for language in ENABLED:
        decision = Decision(language, "out_of_scope", 1.0, (Say(TEXT_ONLY),), State())
        reply = await words.render(decision, channel="sms", now=NOW)
        assert (reply.language, len(reply.texts)) == (language, 1)
        told.add(reply.texts[0])
    assert len(told) == len(ENABLED)


async def test_the_line_before_a_possible_repeat_is_worded_and_fits_in_every_language(words):
    told = {words.text(POSSIBLE_REPEAT, language) for language in ENABLED}
    assert len(told) == len(ENABLED)
    assert all(0 < len(line) < MARK for line in told)


@pytest.mark.parametrize("language", ENABLED)
@pytest.mark.parametrize(("country", "number"), [("SV", "911"), ("GR", "112"), (None, "112")])
async def test_the_numbers_stand_in_the_first_segment_of_an_sms(words, language, country, number):
    reply = await words.numbers(language=language, country=country, now=NOW)
    assert number in first_segment(reply.texts[0])


@pytest.mark.parametrize("language", ENABLED)
@pytest.mark.parametrize(("country", "number"), [("SV", "911"), ("GR", "112"), (None, "112")])
async def test_a_danger_by_sms_has_the_number_in_its_first_segment(
    words, language, country, number
):
    for risk in PLANS:
        values = {"country": country, "urgency": "now"}
        decision = Decision(language, risk, 1.0, (Say(f"danger.{risk}", values),), State())
        reply = await words.render(decision, channel="sms", now=NOW)
        message = fit(reply, Twilio.capabilities, offered_in=1)[0]
        assert number in first_segment(message.text), risk
