"""Places are found by postal code and around it; a place that must not be found never is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from editing import editing
from saying import NOW
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.hsds import store
from directory.hsds.api.app import build_api
from directory.hsds.profile import taxonomy_row, term_row

URL = "http://directory.example.org/hsds"
BERN = (46.9480, 7.4474)
NEAR_BERN = (46.9390, 7.4474)  # 1.0 km to the south
THUN = (46.7580, 7.6280)  # 25 km


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "AT") as opened:
        yield opened


@pytest.fixture
async def client(database_url: str, session: AsyncSession) -> AsyncIterator[httpx.AsyncClient]:
    engine = async_engine(database_url)
    api = build_api(engine, url=URL, clock=lambda: NOW, per_minute=1_000_000)
    transport = httpx.ASGITransport(app=api, root_path="/hsds")
    async with httpx.AsyncClient(transport=transport, base_url=URL) as asking:
        yield asking
    await engine.dispose()


async def add(
    session: AsyncSession, name: str, postcode: str, point: tuple[float, float], street: str = "x"
) -> None:
    address = {"city": "Bern", "state_province": "BE", "country": "CH", "address_type": "physical"}
    async with session.begin():
        await store.write(session, {
            "organization": [{"id": "o", "name": "o", "description": ""}],
            "service": [{"id": name, "organization_id": "o", "name": name, "status": "active"}],
            "location": [{"id": f"l-{name}", "location_type": "physical",
                          "latitude": point[0], "longitude": point[1]}],
            "address": [{"id": f"a-{name}", "location_id": f"l-{name}", "address_1": street,
                         "postal_code": postcode, **address}],
            "service_at_location": [{"id": f"s-{name}", "service_id": name,
                                     "location_id": f"l-{name}"}],
        })  # fmt: skip


async def hide(session: AsyncSession, name: str) -> None:
    """Say that a service must not be found, behind what keeps its place out of the tables."""
    async with session.begin():
        for table, row in (
            ("taxonomy", taxonomy_row("confidentiality")),
            ("taxonomy_term", term_row("confidentiality", "withheld")),
        ):
            await store.write(session, {table: [dict(row)]})
        await session.execute(
            text(
                "INSERT INTO hsds.attribute (id, link_id, taxonomy_term_id, link_type, link_entity)"
                " VALUES ('hidden', :service, :term, 'confidentiality', 'service')"
            ),
            {"service": name, "term": term_row("confidentiality", "withheld")["id"]},
        )


async def found(client: httpx.AsyncClient, **asked: Any) -> set[str]:
    answer = await client.get(f"{URL}/service_at_locations", params=asked)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["total_items"] == len(page["contents"])
    return {one["service"]["name"] for one in page["contents"]}


async def test_a_place_is_found_by_its_postal_code_however_it_is_spaced(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, "one", "30 11", BERN)
    await add(session, "other", "3012", BERN)
    for written in ("3011", "30 11", " 30-11 "):
        assert await found(client, postcode=written) == {"one"}
    assert await found(client, postcode="301") == set()


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("Gasse 2, 3011 Bern", True),
        ("Gasse 2, Bern 3011", True),
        ("Gasse 2, 30 11 Bern (2. Stock)", True),
        ("Gasse No. 3011, Bern", False),
        ("Gasse 3011-2, Bern", False),
        ("Gasse 2, 30115 Bern", False),
    ],
)
async def test_a_code_in_an_address_of_one_line_stands_before_the_town_or_at_the_end(
    client: httpx.AsyncClient, session: AsyncSession, line: str, is_found: bool
) -> None:
    await add(session, "one", "", BERN, line)
    assert await found(client, postcode="3011") == ({"one"} if is_found else set())


async def test_our_own_listings_are_found_by_the_code_in_their_address(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    assert session
    assert "HEMAYAT" in await found(client, postcode="1100")


async def test_proximity_finds_what_is_within_so_many_metres(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, "bern", "3011", BERN)
    await add(session, "near", "3007", NEAR_BERN)
    await add(session, "thun", "3600", THUN)
    assert await found(client, postcode="3011", proximity=900) == {"bern"}
    assert await found(client, postcode="3011", proximity=1100) == {"bern", "near"}
    assert await found(client, postcode="3011", proximity=30_000) == {"bern", "near", "thun"}
    assert await found(client, postcode="9999", proximity=30_000) == set()


async def test_what_lies_beyond_the_180th_meridian_is_near_too(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, "east", "683", (-16.8, 179.99))
    await add(session, "west", "684", (-16.8, -179.99))
    assert await found(client, postcode="683", proximity=5000) == {"east", "west"}


async def test_a_place_that_must_not_be_found_is_neither_found_nor_a_point_to_measure_from(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, "secret", "3011", BERN)
    await add(session, "near", "3007", NEAR_BERN)
    await hide(session, "secret")
    assert await found(client, postcode="3011") == set()
    assert await found(client, postcode="3011", proximity=100_000) == set()
    assert await found(client, postcode="3007", proximity=100_000) == {"near"}


@pytest.mark.parametrize(
    "asked",
    [
        {"proximity": 100},
        {"postcode": "3011", "proximity": -1},
        {"postcode": "3011", "proximity": 1e9},
        {"postcode": "3011", "proximity": "nan"},
        {"postcode": "3011", "proximity": "near"},
        {"postcode": "'; DROP TABLE x"},
        {"postcode": ".*"},
        {"postcode": ""},
    ],
)
async def test_a_distance_from_nowhere_and_what_is_no_code_are_refused(
    client: httpx.AsyncClient, session: AsyncSession, asked: dict[str, Any]
) -> None:
    assert session
    answer = await client.get(f"{URL}/service_at_locations", params=asked)
    assert answer.status_code == 422


async def test_both_are_described_and_what_somebody_has_is_not_sent_again(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, "one", "3011", BERN)
    described = (await client.get(f"{URL}/openapi.json")).json()
    asked = described["paths"]["/service_at_locations"]["get"]["parameters"]
    assert {"postcode", "proximity"} <= {one["name"] for one in asked}
    path = f"{URL}/service_at_locations?postcode=3011&proximity=500"
    first = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
