"""Houses that must not be found, planted into a pack with their street in every free field.

Whatever can be said, printed or stored is searched for what was planted.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import psycopg
import pytest
from asked import TABLES, everything
from saying import NOW, PLACES, ROOT, STATUSES, Speech, load, packs, speech

from content.handbook.arrival_card import arrival_card
from content.handbook.book import handbook
from content.handbook.contents import contents_of
from content.handbook.opening import open_scene
from content.handbook.page import page
from content.messages import read_messages
from directory.migrate import upgrade
from directory.pack_files import PackFiles
from directory.withheld import SHELTER, stored
from faro.postgres import Postgres

SAN_SALVADOR, SANTA_ANA = "3583361", "3583334"
# No part of these may be read anywhere.
SECRETS = ("escondid", "oculto", "13.71234", "89.21234", "maps.example", "portón azul")
STREET = "Pasaje Escondido 77, casa oculta"
POINT = "https://maps.example/@13.71234,-89.21234"
NAMES = {"sv-s991": "Casa Luna", "sv-s992": "Casa Sol", "sv-s993": "Casa Mar"}
PHONES = {"sv-s991": "2999-1231", "sv-s992": "2999-1232", "sv-s993": "2999-1233"}
EVERYTHING = (
    *("counselling", "psychotherapy", "legal_aid", "orientation", "primary_care", "hospital"),
    *("undocumented_care", "asylum_office", "shelter", "gbv_support", "social_work", "food"),
    *("sexual_violence_care", "child_protection", "trafficking_support", "womens_safe_space"),
)


def planted(own: str, kinds: list[str], **values: Any) -> dict[str, Any]:
    """Return a listing that tells where it is wherever somebody could have written it."""
    service = next(pack for pack in packs() if pack.country == "SV").part("services")[0]
    return {
        **copy.deepcopy(service),
        "id": own,
        "name": NAMES[own],
        "names": {},
        "organisation": f"Fundación {STREET}",
        "kinds": kinds,
        "audience": ["any"],
        "status": ["any"],
        "layers": ["protection", "broader_community", "specialised_care"],
        "protection": True,
        "addresses": [STREET],
        "places": [{"city": "Santa Ana", "address": STREET, "latitude": 13.71234}],
        "region": STREET,
        "scope": "city",
        "phones": [{"number": PHONES[own], "note": f"next to {STREET}"}],
        "whatsapp": [],
        "email": ["luna@escondida.example"],
        "url": POINT,
        "hours": {"text": f"ring at the portón azul, {STREET}", "always": True, "periods": []},
        "cost": {"text": STREET, "kind": "free"},
        "waiting": {"text": STREET, "known": False},
        "way_in": ["phone"],
        "source": {"title": "A list of houses", "published": "2025", "url": POINT},
        "description": f"The house stands at {STREET}",
        "how_to_access": f"come to {STREET}, portón azul",
        "note": f"{STREET}; {POINT}",
        "confidence": "high",
        **values,
    }


@cache
def with_hidden_places() -> PackFiles:
    pack = copy.deepcopy(next(pack for pack in packs() if pack.country == "SV"))
    pack.part("services")[:0] = [
        planted("sv-s991", [SHELTER, *EVERYTHING]),
        # Whoever wrote these forgot the mark, or put another kind first.
        planted("sv-s992", [*EVERYTHING, SHELTER], protection=False),
        planted("sv-s993", ["legal_aid", "counselling", SHELTER], scope="country"),
    ]
    return replace(pack, digest="hidden places")


@cache
def database_with_hidden_places(server: Postgres) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE with_hidden_places")
    url = server.url("with_hidden_places")
    upgrade(url)
    others = [pack for pack in packs() if pack.country in ("GT", "HN")]
    asyncio.run(load(url, [with_hidden_places(), *others]))
    return url


@pytest.fixture
def hidden_url(postgres: Postgres) -> str:
    return database_with_hidden_places(postgres)


@pytest.fixture
async def hiding(hidden_url: str) -> AsyncIterator[Speech]:
    async with speech(hidden_url) as speaking:
        yield speaking


def assert_silent(text: str, what: object) -> None:
    told = [secret for secret in SECRETS if secret in text.casefold()]
    assert not told, f"{what} tells {told}"


def questions() -> Iterator[dict[str, Any]]:
    """Yield what a say can be about in the country, place by place and kind by kind."""
    places = ({"country": "SV"}, {"country": "SV", "city": SAN_SALVADOR})
    for place in (*places, {"country": "SV", "city": SANTA_ANA}):
        for status in (None, "undocumented", "refugee"):
            for kinds in ([], [SHELTER], ["legal_aid", "counselling"], list(EVERYTHING)):
                yield {"city": None, "status": status, "kinds": kinds, "offset": 0, **place}


@pytest.mark.parametrize("language", ["en", "es"])
async def test_no_list_tells_where_a_hidden_house_is(hiding: Speech, language: str) -> None:
    named = set()
    for asked in questions():
        for offset in (0, 3):
            reply = await hiding.reply("services.list", language, **{**asked, "offset": offset})
            text = "\n".join([*reply.texts, *(choice.label for choice in reply.choices)])
            assert_silent(text, asked)
            assert "Santa Ana)" not in "".join(
                line for line in text.splitlines() if any(n in line for n in NAMES.values())
            )
            named |= {own for own, name in NAMES.items() if name in text and PHONES[own] in text}
    assert named == set(NAMES)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("own", NAMES)
async def test_the_details_tell_name_number_and_way_in(
    hiding: Speech, own: str, language: str
) -> None:
    told = await hiding.text("services.details", language, listing=own, country="SV")
    assert_silent(told, own)
    assert "Santa Ana" not in told
    assert told.startswith(NAMES[own])
    assert PHONES[own] in told
    assert {"en": "How to get in: call first", "es": "Cómo entrar: llame antes"}[language] in told
    assert "Web" not in told


@pytest.mark.parametrize("language", ["en", "es"])
async def test_nothing_that_can_be_said_tells_where_a_hidden_house_is(
    hiding: Speech, language: str
) -> None:
    named = False
    for say, values in everything("SV"):
        for value in ({}, {"kinds": list(EVERYTHING), "listing": "sv-s992"}):
            reply = await hiding.reply(say, language, **{**values, **value})
            text = "\n".join([*reply.texts, *(choice.label for choice in reply.choices)])
            assert_silent(text, say)
            named = named or any(name in text for name in NAMES.values())
    assert named


async def test_no_page_of_a_country_nor_answer_on_rights_tells_it(hiding: Speech) -> None:
    for number in range(1, 12):
        told = await hiding.text("profile.page", country="SV", page=str(number))
        assert_silent(told, number)
    for status in STATUSES:
        for focus in ("may", "cost", "conditions"):
            assert_silent(await hiding.rights("SV", status, "primary", focus=focus), status)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("compose", [handbook, arrival_card])
async def test_neither_the_handbook_nor_the_card_tells_it(
    hidden_url: str, language: str, compose: Any
) -> None:
    messages = read_messages(ROOT / "data" / "messages", tuple(TABLES.languages))
    opened = open_scene(
        hidden_url, messages, TABLES, country="SV", language=language, now=NOW, places=PLACES
    )
    async with opened as scene:
        country = await scene.country("SV")
        assert country is not None
        html = page(await compose(scene, await contents_of(scene, country)))
    assert_silent(html, compose)
    if compose is handbook:
        for own, name in NAMES.items():
            entry = html.partition(f">{name}<")[2].partition("</div>")[0]
            assert PHONES[own] in entry
            assert "Santa Ana" not in entry


def test_no_table_and_no_index_holds_it(hidden_url: str) -> None:
    with psycopg.connect(hidden_url) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(f"SELECT t::text FROM {table} t".encode()).fetchall()  # noqa: S608 - a name of the catalogue
            assert_silent("\n".join(row for (row,) in rows), table)
        stats = connection.execute("SELECT s::text FROM pg_stats s WHERE tablename = 'service'")
        assert_silent("\n".join(row for (row,) in stats.fetchall()), "statistics")
        placed = connection.execute(
            "SELECT count(*) FROM service_place p JOIN service s ON s.id = p.service"
            " WHERE s.protection OR s.kinds @> ARRAY['protection_shelter']::varchar[]"
        ).fetchone()
    assert any(table.endswith("service") for (table,) in tables)
    assert placed == (0,)


def test_what_is_stored_of_a_hidden_house_is_a_list_of_fields_and_no_other() -> None:
    kept = stored(planted("sv-s991", [SHELTER]) | {"a_new_field": STREET})
    assert "a_new_field" not in kept
    assert kept["name"] == "Casa Luna"
    assert kept["phones"] == [{"number": PHONES["sv-s991"]}]
    assert kept["way_in"] == ["phone"]
    assert_silent(str(kept), "what is stored")


def test_of_any_other_place_everything_is_stored() -> None:
    service = next(pack for pack in packs() if pack.country == "GR").part("services")[0]
    assert stored(service) == service
