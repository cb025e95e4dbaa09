"""What is known of a country, what is not, and cards to show at a desk there."""

from __future__ import annotations

import pytest
from saying import Speech, packs

from content.dates import published
from content.messages import read_messages
from faro.root import MESSAGES
from wire.choice import read_choice

COUNTRIES = [pack.country for pack in packs()]
PAGES = ("1", "2", "3", "4", "5")
LONGEST = 1000  # characters of a page: lists of statuses are long in words


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_page_of_every_country_is_short_and_leads_to_the_others(
    said: Speech, country: str
) -> None:
    for page in PAGES:
        reply = await said.reply("profile.page", "es", country=country, page=page)
        (text,) = reply.texts
        assert len(text) <= LONGEST
        others = {read_choice(choice.id)[1]["page"] for choice in reply.choices}
        assert {number for number in PAGES if number != page} <= others
        assert all(len(choice.label) <= 24 for choice in reply.choices)


async def test_who_may_is_told_by_status_and_who_has_no_rule_of_their_own_too(
    said: Speech,
) -> None:
    told = await said.text("profile.page", country="GR", page="1")
    only = next(line for line in told.splitlines() if line.startswith("No rule known for"))
    assert "a person who returned to their country" in only
    assert "You have a right to it: a person who asked for protection" in told


async def test_the_page_on_where_to_go_first_opens_with_the_emergency_number(
    said: Speech,
) -> None:
    told = await said.text("profile.page", country="SV", page="3")
    assert told.splitlines()[1] == "In danger in El Salvador: 911."


async def test_a_gap_is_told_as_a_gap(said: Speech) -> None:
    told = await said.text("profile.page", country="SV", page="4")
    assert "No place known for: specialist care." in told


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_source_of_a_rule_that_is_said_is_named_with_its_date(
    said: Speech, country: str
) -> None:
    messages = read_messages(MESSAGES, ("en",))
    told = ""
    for page in range(5, 12):
        told += await said.text("profile.page", country=country, page=str(page))
    for fact in next(pack for pack in packs() if pack.country == country).part("rights"):
        over = fact["valid_until"] and fact["valid_until"] < "2026-11-24"
        if fact["confidence"] == "low" or fact["superseded_by"] or over:
            continue
        date = published(str(fact["source"]["published"]), messages, "en")
        assert f"{fact['source']['title']}, {date}" in told


async def test_without_a_page_or_with_a_strange_one_the_first_or_last_is_told(
    said: Speech,
) -> None:
    first = await said.text("profile.page", country="SV", page="1")
    assert await said.text("profile.page", country="SV", page=None) == first
    assert await said.text("profile.page", country="SV", page="x") == first
    assert "Sources" in await said.text("profile.page", country="SV", page="999")


async def test_a_country_without_a_pack_is_told_so(said: Speech) -> None:
    told = await said.text("profile.page", country="NO", page=None)
    assert "We have no information for Norway yet" in told


async def test_an_interpreter_is_asked_for_in_the_language_of_the_country_and_the_persons(
    said: Speech,
) -> None:
    reply = await said.reply("desk.card", "en", country="SV", card="interpreter")
    own, theirs = reply.texts
    assert own.endswith("Hello. I need an interpreter. My language: English.")
    assert theirs == "Hola. Necesito intérprete. Mi idioma: inglés."


@pytest.mark.parametrize(
    ("country", "sentence"),
    [("SE", "Mitt språk: spanska"), ("BG", "Моят език: испански"), ("MT", "tiegħi: Spanjol")],
)
async def test_a_country_whose_language_we_do_not_speak_has_its_sentence(
    said: Speech, country: str, sentence: str
) -> None:
    told = await said.text("desk.card", "es", country=country, card="interpreter")
    assert sentence in told
    assert "Mi idioma: español." in told


async def test_a_card_claims_a_right_only_with_the_rule_and_its_dated_source(
    said: Speech,
) -> None:
    values = {"card": "right", "status": "asylum_seeker", "care": None}
    told = await said.text("desk.card", "es", country="GR", **values)
    assert "Tengo derecho a esta atención: doctor y hospital." in told
    assert "AIDA Country Report Greece" in told
    assert "junio de 2024" in told
    refused = await said.text("desk.card", "es", country="SV", **values)
    assert "No conocemos una regla que dé derecho a esto" in refused
    assert "Tengo derecho" not in refused


async def test_where_only_emergencies_are_a_right_no_other_care_is_claimed(said: Speech) -> None:
    values = {"country": "US", "status": "undocumented"}
    refused = await said.text("desk.card", card="right", care=None, **values)
    assert "I have a right" not in refused
    told = await said.text("desk.card", card="emergency", care="emergency", **values)
    assert "I have a right to this care: emergency care." in told


async def test_a_card_for_an_emergency_needs_no_rule(said: Speech) -> None:
    told = await said.text("desk.card", country=None, card="emergency", care="emergency")
    assert "This is an emergency. I need a doctor now." in told
    assert "right" not in told


async def test_a_rule_is_never_put_into_a_language_that_nobody_worded_it_in(
    said: Speech,
) -> None:
    values = {"card": "right", "status": "asylum_seeker", "care": "maternity"}
    told = await said.text("desk.card", "es", country="SE", **values)
    assert "Den här texten handlar om min rätt till vård:" in told
    assert "I have a right to this care: care in pregnancy and birth." in told


async def test_what_is_missing_is_thanked_for_and_named(said: Speech) -> None:
    told = await said.text("gap.noted", country="GR", kinds=["psychotherapy"])
    assert told.startswith("Thank you. Noted as missing: ")
    assert "Greece" in told
