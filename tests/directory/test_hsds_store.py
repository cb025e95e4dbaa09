"""Listings in the tables of HSDS: written, read back, changed, removed; nothing secret is kept."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.hsds import fetch, store
from directory.hsds.ids import made, service_id
from directory.hsds.models import BY_NAME
from directory.hsds.project import records_of
from directory.hsds.read import listing_of
from directory.models import CardRow
from directory.pack_files import pack_folders, read_pack
from directory.withheld import is_withheld, stored

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def places():
    gazetteer = Gazetteer(ROOT / "var" / "places.sqlite")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="module")
def listings():
    found = []
    for folder in pack_folders(ROOT / "data" / "packs"):
        pack, _ = read_pack(folder)
        found += [(body["id"], pack.country, body) for body in pack.part("services") or []]
    return found


@pytest.fixture
async def session(database_url):
    engine = async_engine(database_url)
    async with AsyncSession(engine) as opened:
        yield opened
    await engine.dispose()


async def counts(session):
    return {
        table: await session.scalar(select(func.count()).select_from(BY_NAME[table]))
        for table in BY_NAME
    }


async def read(session, entry):
    service = service_id(entry)
    return listing_of(await fetch.services(session, [service]), service).body


async def test_every_listing_comes_back_from_the_tables(session, listings, places):
    await store.sync_many(session, listings, places)
    records = await fetch.services(session, [service_id(entry) for entry, _, _ in listings])
    for entry, country, body in listings:
        found = listing_of(records, service_id(entry))
        assert (found.body, found.country) == (stored(body), country)


async def test_to_write_a_listing_twice_changes_nothing(session, listings, places):
    await store.sync_many(session, listings[:40], places)
    before = await fetch.all_records(session)
    for entry, country, body in listings[:40]:
        await store.sync_many(session, [(entry, country, body)], places)
    assert await fetch.all_records(session) == before


async def test_a_changed_listing_says_only_what_it_says_now(session, listings, places):
    entry, country, body = next(one for one in listings if one[2]["phones"] and one[2]["addresses"])
    await store.sync_many(session, [(entry, country, body)], places)
    changed = {
        **copy.deepcopy(body),
        "phones": [],
        "addresses": [],
        "places": [],
        "kinds": ["food"],
    }
    await store.sync_many(session, [(entry, country, changed)], places)
    assert await read(session, entry) == changed
    counted = await counts(session)
    assert counted["phone"] == counted["address"] == counted["location"] == 0


def extras(service, organization):
    """What others say of the same service."""
    return {
        "program": [{"id": "program", "organization_id": organization, "name": "P", "description": "D"}],
        "service": [{"id": service, "program_id": "program", "accreditations": "ISO"}],
        "funding": [{"id": "funding", "service_id": service, "source": "A city"}],
        "contact": [{"id": "contact", "service_id": service, "name": "Ann", "ordinal": 1}],
        "phone": [{"id": "phone", "contact_id": "contact", "number": "5"}],
        "taxonomy_term": [{"id": "term", "name": "X", "description": "X", "code": "X"}],
        "attribute": [
            {"id": "said", "link_id": service, "taxonomy_term_id": "term", "link_entity": "service"}
        ],
        "metadata": [
            {"id": "change", "resource_id": service, "resource_type": "service", "updated_by": "A",
             "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "name",
             "previous_value": "1 Secret Street", "replacement_value": "b"}
        ],
    }  # fmt: skip


async def with_extras(session, listing, places):
    entry, country, body = listing
    await store.sync_many(session, [(entry, country, body)], places)
    service = service_id(entry)
    known = (await fetch.services(session, [service], only_rows=True))["service"][0]
    more = extras(service, known["organization_id"])
    more["service"] = [{**known, **more["service"][0]}]
    await store.write(session, more)
    return service, more


async def test_what_others_say_of_a_service_stays_when_its_listing_changes(
    session, listings, places
):
    listing = listings[0]
    service, more = await with_extras(session, listing, places)
    changed = {**listing[2], "description": "Another description."}
    await store.sync_many(session, [(listing[0], listing[1], changed)], places)
    found = await fetch.services(session, [service])
    assert found["service"][0]["accreditations"] == "ISO"
    for table in ("program", "funding", "contact", "metadata"):
        assert {row["id"] for row in more[table]} <= {row["id"] for row in found[table]}
    assert "phone" in {row["id"] for row in found["phone"]}
    assert "said" in {row["id"] for row in found["attribute"]}
    assert await read(session, listing[0]) == changed


async def test_nothing_of_others_stays_of_a_place_that_becomes_secret(session, listings, places):
    listing = next(one for one in listings if one[2]["addresses"] and not is_withheld(one[2]))
    await with_extras(session, listing, places)
    secret = {**listing[2], "protection": True}
    await store.sync_many(session, [(listing[0], listing[1], secret)], places)
    assert await read(session, listing[0]) == stored(secret)
    counted = await counts(session)
    gone = ("location", "address", "metadata", "contact", "funding", "service_at_location")
    assert {counted[table] for table in gone} == {0}


@pytest.mark.parametrize("says_so", [True, False])
async def test_no_file_brings_the_place_of_a_secret_service(session, listings, places, says_so):
    entry, country, body = next(one for one in listings if is_withheld(one[2]))
    service = service_id(entry)
    await store.sync_many(session, [(entry, country, body)], places)
    before = await fetch.all_records(session)
    rows = records_of(body, country=country, organisation=None, places=places) if says_so else {}
    more = {
        "location": [{"id": "place", "location_type": "physical", "latitude": 1, "longitude": 2}],
        "service_at_location": [{"id": "at", "service_id": service, "location_id": "place"}],
        "phone": [{"id": "phone", "service_at_location_id": "at", "number": "1"}],
        "contact": [{"id": "contact", "service_id": service, "name": "1 Secret Street"}],
        "address": [
            {"id": "address", "location_id": "place", "address_1": "1 Secret Street", "city": "A",
             "state_province": "B", "postal_code": "C", "country": "AT", "address_type": "physical"}
        ],
    }  # fmt: skip
    await store.write(session, {**rows, **more})
    assert await fetch.all_records(session) == before


async def test_removed_listings_leave_nothing_but_the_profile(session, listings, places):
    await store.sync_many(session, listings, places)
    await store.remove(session, [entry for entry, _, _ in listings])
    left = {table for table, count in (await counts(session)).items() if count}
    assert left == {"taxonomy", "taxonomy_term"}


async def test_an_organization_with_other_services_stays(session, listings, places):
    entry, country, body = listings[0]
    other = {**body, "id": "at-s900"}
    await store.sync_many(session, [(entry, country, body), ("at-s900", country, other)], places)
    await store.remove(session, [entry])
    assert (await counts(session))["organization"] == 1
    assert await read(session, "at-s900") == other


async def test_a_service_of_others_can_become_a_listing_under_its_own_id(session, listings, places):
    entry, country, body = listings[0]
    organization = {"id": "their-o", "name": body["organisation"], "description": "Theirs."}
    service = {"id": "their-s", "organization_id": "their-o", "name": "Old", "status": "active"}
    phone = {"id": "their-p", "service_id": "their-s", "number": "1"}
    funding = {"id": "their-f", "service_id": "their-s", "source": "A city"}
    theirs = {"organization": [organization], "service": [service], "phone": [phone]}
    await store.write(session, {**theirs, "funding": [funding]})
    await store.adopt(session, "their-s", entry, country)
    await store.sync_many(session, [(entry, country, body)], places)
    found = await fetch.services(session, ["their-s"])
    assert listing_of(found, "their-s").body == body
    assert [row["description"] for row in found["organization"]] == ["Theirs."]
    assert found["funding"] == [{**funding, "ordinal": 0}]
    await store.remove(session, [entry])
    assert (await counts(session))["service"] == 0


async def test_a_card_says_who_leads_an_organization_and_can_change(session):
    card = {
        "id": "casa", "name": "Casa", "country": "SV", "description": "For women.", "run_by": "ngo",
        "led_by": ["women"], "url": "https://example.org", "email": ["a@b.c", "d@b.c"],
        "phones": ["1", "2"], "funding": "A city",
    }  # fmt: skip
    await store.sync_organisation(session, card)
    theirs = {"id": "theirs", "organization_id": made("organization", "casa"), "number": "9"}
    await store.write(session, {"phone": [{**theirs, "ordinal": 9}]})
    await store.sync_organisation(session, {**card, "led_by": ["youth"], "phones": ["3"]})
    found = await fetch.organizations(session, [made("organization", "casa")])
    assert [row["number"] for row in found["phone"]] == ["3", "9"]
    codes = {row["code"] for row in found["taxonomy_term"]}
    assert "led_by:youth" in codes
    assert "led_by:women" not in codes


async def test_an_organization_with_a_card_stays_without_listings(session, listings, places):
    entry, country, body = listings[0]
    card = {
        "id": "own", "name": body["organisation"], "country": country, "description": None,
        "run_by": "ngo", "led_by": [], "url": None, "email": [], "phones": [],
    }  # fmt: skip
    session.add(CardRow(part="organisations", id="own", country=country, body=card))
    await store.sync_organisation(session, card)
    await store.sync_many(session, [(entry, country, {**body, "owner": "own"})], places)
    assert (await counts(session))["organization"] == 1
    await store.remove(session, [entry])
    assert (await counts(session))["organization"] == 1


async def test_many_rows_of_others_can_be_written_over_some_that_are_there(session):
    def rows(count, name):
        return {
            "organization": [
                {"id": f"o{number}", "name": name, "description": ""} for number in range(count)
            ]
        }

    await store.write_many(session, rows(3, "one"))
    await store.write_many(session, rows(500, "two"))
    names = {row["name"] for row in (await fetch.all_records(session))["organization"]}
    assert (names, (await counts(session))["organization"]) == ({"two"}, 500)


async def test_hours_that_no_clock_shows_do_not_keep_a_listing_out(session, listings, places):
    entry, country, body = listings[0]
    period = {"days": ["MO"], "opens": "08:00", "closes": "27:30"}
    hours = {"text": "late", "always": False, "known": True, "periods": [period]}
    await store.sync_many(session, [(entry, country, {**body, "hours": hours})], places)
    assert (await read(session, entry))["hours"] == {**hours, "periods": []}


async def test_a_hidden_place_never_says_who_owns_it_nor_takes_words_of_a_card(
    session, listings, places
):
    entry, country, body = next(one for one in listings if is_withheld(one[2]))
    card = {
        "id": "own", "name": body["name"], "country": country, "description": "by the market",
        "run_by": "ngo", "led_by": [], "url": "https://example.org", "email": [], "phones": [],
    }  # fmt: skip
    session.add(CardRow(part="organisations", id="own", country=country, body=card))
    await store.sync_many(session, [(entry, country, {**body, "owner": "own"})], places)
    told = str(await fetch.services(session, [service_id(entry)]))
    for word in ("record:owner", "by the market", "example.org"):
        assert word not in told
