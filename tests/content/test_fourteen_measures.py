"""UNICEF's measures for chatbots that people at risk may reach, as far as words carry them.

https://www.unicef.org/documents/safer-chatbots-implementation-guide; docs/safety.md names each
measure (U1 to U14) and every test that holds it.
"""

from __future__ import annotations

import re

import pytest
from saying import NOW, ROOT, Speech, every_message

from content.danger_words import PLANS
from content.languages import read_languages
from content.steering_words import SAFE_WORD
from content.tables import read_tables
from directory.yaml_lines import read_yaml
from wire.normalise import fold

DATA = ROOT / "data"
LANGUAGES = tuple(read_languages(DATA / "languages.yml"))
TABLES = read_tables(DATA)
BANNED = read_yaml(DATA / "messages" / "banned.yml").data
DANGERS = ("suicide_selfharm", "violence_now", "medical_emergency")
DISCLOSURES = tuple(risk for risk in PLANS if risk not in DANGERS)
NUMBER = re.compile(r"\d{3,}")
COUNTRIES = sorted(path.name for path in (DATA / "packs").iterdir() if len(path.name) == 2)


async def told(said: Speech, risk: str, language: str = "en", **values: str | None) -> list[str]:
    asked = {"country": "GR", "urgency": "careful", **values}
    reply = await said.reply(f"danger.{risk}", language, **asked)
    return [*reply.texts]


@pytest.mark.parametrize("risk", PLANS)
async def test_u4_and_u6_it_begins_with_warm_words_or_with_the_number(
    said: Speech, risk: str
) -> None:
    first = (await told(said, risk))[0].splitlines()[0]
    if risk in DANGERS:
        assert NUMBER.search(first)
    else:
        assert first.startswith("Thank you")


@pytest.mark.parametrize("risk", PLANS)
async def test_u14_an_answer_is_a_series_of_messages(said: Speech, risk: str) -> None:
    assert len(await told(said, risk)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_u8_the_word_that_calls_it_up_again_is_told(said: Speech, language: str) -> None:
    word = TABLES.steering.told(SAFE_WORD, language)
    assert word
    for risk in PLANS:
        assert word in (await told(said, risk, language))[-1]


@pytest.mark.parametrize("risk", PLANS)
async def test_it_says_that_it_is_a_machine_and_cannot_send_help(said: Speech, risk: str) -> None:
    assert "I am a machine. I cannot send help" in "\n".join(await told(said, risk))


@pytest.mark.parametrize("risk", DANGERS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_danger_now_a_number_opens_the_first_message(
    said: Speech, risk: str, language: str
) -> None:
    for country in (None, *COUNTRIES):
        first = (await told(said, risk, language, country=country, urgency="now"))[0]
        assert NUMBER.search(first.splitlines()[0]), f"{country} in {language}"


@pytest.mark.parametrize("risk", DISCLOSURES)
async def test_u7_after_a_disclosure_a_line_with_hours_and_cost_comes_first(
    said: Speech, risk: str
) -> None:
    for country in COUNTRIES:
        text = "\n".join(await told(said, risk, country=country))
        assert NUMBER.search(text), country
        for line in re.findall(r".*: .* - (?=.*source).*", text):
            assert re.search(r"day|:|hours|not known", line), line
            assert re.search(r"free|low cost|costs money|cost not known", line), line


@pytest.mark.parametrize("risk", DISCLOSURES)
async def test_where_no_line_is_known_it_says_so_and_gives_the_next_best(
    said: Speech, risk: str
) -> None:
    for country in COUNTRIES:
        text = "\n".join(await told(said, risk, country=country))
        if "I do not know a line" in text:
            assert "If it gets dangerous, call" in text
            assert len(set(NUMBER.findall(text))) > 1 or "nearest place" not in text


async def test_whether_a_line_can_be_written_to_is_said(said: Speech) -> None:
    for risk in ("suicide_selfharm", *DISCLOSURES):
        for country in COUNTRIES:
            text = "\n".join(await told(said, risk, country=country))
            writes = re.search(r"SMS |WhatsApp |chat http|@|can write to", text)
            assert writes or "I do not know a line just for this" in text, (risk, country)


async def test_the_police_number_is_never_the_first_after_a_disclosure(said: Speech) -> None:
    for risk in DISCLOSURES:
        for country in COUNTRIES:
            first, *_ = (await told(said, risk, country=country))[0].splitlines()
            assert "police" not in first.casefold()


async def test_what_is_known_of_papers_stands_above_the_police_number(said: Speech) -> None:
    text = await said.text("police.papers", country="GR")
    assert "I do not know if they ask for papers" in text


async def test_time_limits_and_care_come_first_after_sexual_violence(said: Speech) -> None:
    first = (await told(said, "sexual_violence"))[0]
    assert "72 hours" in first.splitlines()[0]


async def test_a_child_gets_the_line_for_children_and_no_parent_is_taken_for_safe(
    said: Speech,
) -> None:
    for country in COUNTRIES:
        known = await said.text("helplines.list", country=country, purposes=["child"])
        lines = [line.split(": ")[0] for line in known.splitlines() if " - " in line]
        for risk in ("suicide_selfharm", *DISCLOSURES):
            text = "\n".join(await told(said, risk, country=country, age_group="child"))
            assert all(line in text for line in lines[:1]), f"{risk} in {country}"
            words = "\n".join(line for line in text.splitlines() if " - " not in line)
            assert not re.search(r"\b(mother|father|parents?|mum|dad)\b", words), risk


@pytest.mark.parametrize("risk", ["suicide_selfharm", "sexual_violence", "gbv_partner_violence"])
async def test_the_words_to_a_child_are_shorter(said: Speech, risk: str) -> None:
    grown, young = [await told(said, risk, age_group=age) for age in ("adult", "child")]
    assert len(young[0].splitlines()[0]) <= len(grown[0].splitlines()[0])


async def test_for_another_person_it_tells_what_to_say_and_what_not_to_do(said: Speech) -> None:
    text = "\n".join(await told(said, "gbv_partner_violence", for_whom="friend"))
    assert "believe the person" in text
    assert "Do not accuse" in text


async def test_without_a_country_the_numbers_that_work_most_widely_come_first(
    said: Speech,
) -> None:
    for risk in PLANS:
        first = (await told(said, risk, country=None))[0]
        assert first.startswith("If you need help now: 112")
        assert "911" in first


def opening(language: str) -> re.Pattern[str]:
    """The words that nobody shall read on a locked screen, in a language."""
    words = [re.escape(w).replace(r"\*", r"\w*") for w in BANNED["openings"].get(language, ())]
    return re.compile(rf"(?<!\w)({'|'.join(words)})(?!\w)", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_sixty_characters_name_no_violence(said: Speech, language: str) -> None:
    """A locked screen shows them, of the first message of an answer and of each after it."""
    pattern = opening(language)
    for risk in PLANS:
        for country in (None, *COUNTRIES):
            for urgency in ("now", "careful"):
                for text in await told(said, risk, language, country=country, urgency=urgency):
                    found = pattern.search(fold(text[:60]))
                    assert found is None, f"{risk} {country}: {text[:60]}"


def test_u9_no_message_blames_asks_what_happened_or_promises() -> None:
    """What is never said stands in data/messages/banned.yml; `faro check` reads every message."""
    messages = every_message()
    for language in LANGUAGES:
        assert BANNED["never"].get(language), language
        assert messages.ids(language)


async def test_the_answer_is_the_same_at_night(said: Speech) -> None:
    night = NOW.replace(hour=3)
    reply = await said.reply("danger.suicide_selfharm", now=night, country="GR", urgency="now")
    assert NUMBER.search(reply.texts[0].splitlines()[0])
