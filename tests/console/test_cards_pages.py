"""Rumours, practices, noted gaps and organisations: searched, edited, reviewed, and said."""

from __future__ import annotations

import re

import pytest
from saying import ROOT, every_message, packs, places, tables

from content.cards import read_cards
from content.live import Live
from directory import audit, published
from directory.card_load import load_cards, parts_with_files
from directory.load import load_packs
from directory.parts import Part

MYTH = "/facts/myths/hospital_police"
NAMED = ("DE", "IT", "SE")
GAP = {
    "country": "SV",
    "kinds": "shelter",
    "note": "No shelter for women with boys over 12 in the whole east.",
    "agencies": "ISDEMU",
    "since": "2026-01",
    "source.title": "Mapping of services",
    "source.published": "2026-02",
    "reason": "told at the round table",
    "then": "review",
}
ORGANISATION = {
    "name": "Mujeres Migrantes",
    "country": "SV",
    "run_by": "ngo",
    "led_by": ["migrant", "women"],
    "reason": "they wrote to us",
    "then": "review",
}
OWN = "/facts/organisations/sv-o01"


@pytest.fixture(autouse=True)
async def cards(console):
    """Every card of a file, the pack of El Salvador, and those that the first rumour rests on."""
    async with console.sessions.begin() as session:
        wanted = [pack for pack in packs() if pack.country in ("SV", *NAMED)]
        await load_packs(session, wanted, places())
        for part, folder in parts_with_files():
            await load_cards(session, part, read_cards(ROOT / "data" / folder))


def inputs(page: str) -> dict[str, list[str]]:
    """What a browser would send of a form that nobody touched."""
    form = page[page.index('class="entry"') :]
    told: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form):
        told.setdefault(name, []).append(value)
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form):
        told.setdefault(name, []).append(text)
    for name, options in re.findall(r'(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form):
        told[name] = re.findall(r'value="([^"]*)" selected', options)
    return told


async def edited(client, path, **changed):
    given = inputs((await client.get(f"{path}/edit")).text)
    form = {**given, "reason": "the source changed", "then": "review", **changed}
    return await client.post(f"{path}/edit", data=form)


async def live(console):
    return (await Live(every_message(), tables(), console.sessions).refreshed()).tables.cards


@pytest.mark.parametrize("part", ["myths", "practices", "gap_notes"])
async def test_cards_are_listed(client_as, part):
    shown = await (await client_as("reviewer")).get(f"/facts/{part}")
    assert shown.status_code == 200
    assert ("te_orienta" in shown.text) == (part == "practices")


async def test_practices_are_searched_by_any_of_their_words(client_as):
    client = await client_as("reviewer")
    found = await client.post("/facts/practices", data={"words": "salvadoran violence"})
    assert "te_orienta" in found.text
    assert "casa_joven" not in found.text


async def test_a_rumour_is_edited_reviewed_and_told_as_it_is_now(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    sent = await edited(author, MYTH, countries="SE IT DE ES", checked="2026-12")
    assert sent.status_code == 303, sent.text
    version = sent.headers["location"]
    assert (await live(console)).myths["hospital_police"]["checked"] == "2026-11"
    shown = (await other.get(version)).text
    assert "2026-12" in shown
    assert (await other.post(f"{version}/publish")).status_code == 303
    card = (await live(console)).myths["hospital_police"]
    assert (card["checked"], card["countries"]) == ("2026-12", ["SE", "IT", "DE", "ES"])
    before = tables().cards.myths["hospital_police"]
    assert {k: card[k] for k in ("concepts", "asked", "facts", "offers")} == {
        k: before[k] for k in ("concepts", "asked", "facts", "offers")
    }
    async with console.sessions() as session:
        row = (await audit.entries(session, part="myths"))[0]
    assert (row.action, row.reason) == ("publish", "the source changed")


@pytest.mark.parametrize(
    ("field", "value"),
    [("checked", "yesterday"), ("countries", "Sweden"), ("order", "first"), ("offers", "A B"),
     ("source.title", ""), ("reason", "")],
)  # fmt: skip
async def test_what_does_not_fit_is_told_at_its_field(client_as, field, value):
    sent = await edited(await client_as("reviewer"), MYTH, **{field: value})
    assert sent.status_code == 422
    assert f'href="#{field}"' in sent.text


async def test_facts_are_chosen_from_those_of_the_countries_of_a_card(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    shown = (await author.get(f"{MYTH}/edit")).text
    assert 'name="facts" value="se-r08" checked' in shown
    assert '<option value="it-r01">' in shown
    assert '<option value="sv-r01">' not in shown
    sent = await edited(author, MYTH, **{"facts.add": "it-r01", "facts": ["se-r08", "de-r14"]})
    assert sent.status_code == 303, sent.text
    await other.post(f"{sent.headers['location']}/publish")
    assert (await live(console)).myths["hospital_police"]["facts"] == ["se-r08", "de-r14", "it-r01"]
    assert "it-r01 · " in (await author.get(MYTH)).text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"facts.add": "se-r999"}, "se-r999: this is no published fact"),
        ({"facts.add": "sv-r01"}, "sv-r01: this is about a country that the card does not name"),
        ({"countries": "SE DE"}, "it-r08: this is about a country"),
        ({"countries": "all"}, "se-r08, it-r08, de-r14: this is about a country"),
    ],
)
async def test_a_card_rests_on_published_facts_of_its_countries_only(client_as, changed, told):
    sent = await edited(await client_as("reviewer"), MYTH, **changed)
    assert sent.status_code == 422
    assert 'href="#facts"' in sent.text
    assert told in sent.text


async def test_a_rumour_is_recognised_by_what_was_published(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    sent = await edited(author, MYTH, concepts="hospital police\nHOSPITAL DEPORTATION\n")
    assert sent.status_code == 303, sent.text
    await other.post(f"{sent.headers['location']}/publish")
    assert (await live(console)).recognised == {
        "hospital_police": ["HOSPITAL POLICE", "HOSPITAL DEPORTATION"]
    }


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("HOSPITAL BILLS", "BILLS is no concept. Perhaps you mean BILL"),
        ("hospital invoice", "INVOICE is no concept. Perhaps you mean BILL"),
        ("HOSPITAL QQQQ", "QQQQ is no concept. Choose names from the list below."),
    ],
)
async def test_a_concept_that_there_is_not_is_told_with_those_that_may_be_meant(
    client_as, written, told
):
    sent = await edited(await client_as("reviewer"), MYTH, concepts=written)
    assert sent.status_code == 422
    assert 'href="#concepts"' in sent.text
    assert told in sent.text
    assert "<dt>BILL</dt>" in sent.text


async def test_a_fact_that_was_retired_meanwhile_is_told(client_as):
    client = await client_as("reviewer")
    await client.post("/facts/rights/it-r08/retire", data={"retire_reason": "the law changed"})
    sent = await edited(client, MYTH, checked="2026-12")
    assert sent.status_code == 422
    assert "it-r08: this is no published fact" in sent.text
    sent = await edited(client, MYTH, checked="2026-12", facts=["se-r08", "de-r14"])
    assert sent.status_code == 303


async def test_a_fact_that_was_retired_before_publishing_is_told_and_nothing_is_published(
    console, client_as
):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    sent = await edited(author, MYTH, checked="2026-12")
    retired = await author.post(
        "/facts/rights/it-r08/retire", data={"retire_reason": "the law changed"}
    )
    shown = await author.get(retired.headers["location"])
    assert "These rumours rest on it; look at them now" in shown.text
    assert "hospital_police" in shown.text
    refused = await other.post(f"{sent.headers['location']}/publish")
    shown = await other.get(refused.headers["location"])
    assert "it-r08: this fact was retired, replaced or doubted since" in shown.text
    async with console.sessions() as session:
        assert (await published.get(session, Part.MYTHS, "hospital_police")).body["checked"] != (
            "2026-12"
        )
    today = await other.get("/today?part=myths&kind=check")
    assert "it-r08: this card rests on it, and it was retired" in today.text


async def test_a_card_that_rests_on_a_listing_can_be_edited(client_as):
    sent = await edited(
        await client_as("reviewer"), "/facts/myths/free_lawyer", checked="2026-12",
        facts=["se-s17"],
    )  # fmt: skip
    assert sent.status_code == 303, sent.text


async def test_a_preview_shows_the_card_as_it_would_be_told(client_as):
    client = await client_as("reviewer")
    shown = await client.get(f"{MYTH}/preview?language=en")
    assert shown.status_code == 200
    assert "What people say: " in shown.text


async def test_a_retired_practice_is_taken_back_and_can_be_restored(console, client_as):
    client, other = await client_as("reviewer"), await client_as("reviewer")
    path = "/facts/practices/te_orienta"
    await client.post(f"{path}/retire", data={"retire_reason": "it has ended"})
    known = await live(console)
    assert "te_orienta" not in known.practices
    assert "te_orienta" in known.taken_back["practice"]
    versions = re.findall(r'href="(/facts/practices/te_orienta/versions/\d+)"',
                          (await client.get(path)).text)  # fmt: skip
    again = await client.post(f"{versions[-1]}/restore", data={"restore_reason": "it goes on"})
    await other.post(f"{again.headers['location']}/publish")
    assert "te_orienta" in (await live(console)).practices


async def test_a_gap_is_noted_found_and_corrected(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    assert (await author.get("/facts/gap_notes/new?country=SV")).status_code == 200
    made = await author.post("/facts/gap_notes/new", data=GAP)
    assert made.status_code == 303, made.text
    await other.post(f"{made.headers['location']}/publish")
    found = await other.post("/facts/gap_notes", data={"words": "boys east"})
    assert "/facts/gap_notes/sv-g01" in found.text
    async with console.sessions() as session:
        note = await published.get(session, Part.GAP_NOTES, "sv-g01")
    assert note.country == note.body["country"] == "SV"
    sent = await edited(author, "/facts/gap_notes/sv-g01", place="Usulután", kinds=["shelter"])
    assert sent.status_code == 303, sent.text
    await other.post(f"{sent.headers['location']}/publish")
    assert "Usulután" in (await other.get("/facts/gap_notes/sv-g01")).text


async def publish_organisation(author, other):
    """One writes it, another publishes it."""
    made = await author.post("/facts/organisations/new", data=ORGANISATION)
    assert made.status_code == 303, made.text
    assert (await other.post(f"{made.headers['location']}/publish")).status_code == 303


async def test_an_organisation_says_who_leads_it_once_another_has_looked(console, client_as):
    author, other = await client_as("admin"), await client_as("reviewer")
    assert (await author.get("/facts/organisations/new?country=SV")).status_code == 200
    made = await author.post("/facts/organisations/new", data=ORGANISATION)
    assert made.status_code == 303, made.text
    version = made.headers["location"]
    alone = await author.post(f"{version}/publish")
    assert "Somebody else" in (await author.get(alone.headers["location"])).text
    assert "Mujeres Migrantes" not in (await author.get("/organisations")).text
    await other.post(f"{version}/publish")
    assert "migrants, women" in (await author.get("/organisations")).text
    sent = await edited(author, OWN, led_by=["women"], reason="they told us")
    await other.post(f"{sent.headers['location']}/publish")
    async with console.sessions() as session:
        body = (await published.get(session, Part.ORGANISATIONS, "sv-o01")).body
    assert body["led_by"] == ["women"]
    assert "they told us" in (await author.get(OWN)).text
    assert (await edited(author, OWN, name="")).status_code == 422


async def test_an_organisation_is_corrected_by_its_own_editor_and_no_other(client_as):
    await publish_organisation(await client_as("admin"), await client_as("reviewer"))
    own = await client_as("editor", organisation="sv-o01")
    sent = await edited(own, OWN, url="https://example.org")
    assert sent.status_code == 303, sent.text
    assert "Mujeres Migrantes" in (await own.get("/today")).text
    other = await client_as("editor", organisation="sv-o02")
    assert (await other.get(f"{OWN}/edit")).status_code == 403
    assert "Mujeres Migrantes" not in (await other.get("/today")).text


async def test_an_organisation_that_is_no_more_is_retired_with_a_reason(console, client_as):
    await publish_organisation(await client_as("admin"), await client_as("reviewer"))
    client = await client_as("admin")
    assert (await client.post(f"{OWN}/retire", data={})).status_code == 422
    assert (await client.post(f"{OWN}/retire", data={"retire_reason": "closed"})).status_code == 303
    async with console.sessions() as session:
        assert (await published.get(session, Part.ORGANISATIONS, "sv-o01")).is_retired


async def test_an_organisation_and_a_person_are_named_for_what_they_care_for(client_as):
    client = await client_as("admin")
    await publish_organisation(client, await client_as("reviewer"))
    form = {"part": "services", "scope": "SV", "organisation": "sv-o01", "steward": "Ana Ruiz"}
    await client.post("/stewards", data=form)
    shown = (await client.get("/organisations")).text
    assert "Ana Ruiz" in shown
    listing = (await client.get("/listings/sv-s01")).text
    assert "Ana Ruiz" in listing
    assert "Mujeres Migrantes" in listing
    assert "/listings/sv-s01" in (await client.get(OWN)).text
    sent = await client.post("/stewards", data={**form, "organisation": "nobody"})
    assert "Choose an organisation" in (await client.get(sent.headers["location"])).text


async def test_a_coordinator_reaches_their_own_countries_only(client_as):
    client = await client_as("region_coordinator", countries=("GT",))
    await publish_organisation(await client_as("admin"), await client_as("reviewer"))
    assert (await client.get(f"{OWN}/edit")).status_code == 403
    made = await client.post("/facts/organisations/new", data=ORGANISATION)
    assert made.headers["location"] == "/facts/organisations/new"
    form = {"scope": "SV", "organisation": "sv-o01", "steward": "Ana Ruiz"}
    sent = await client.post("/stewards", data=form)
    assert "beyond" in (await client.get(sent.headers["location"])).text
