"""Each condition of a question leaves out what does not fulfil it; what is best comes first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb
from saying import packs, places
from sqlalchemy.ext.asyncio import AsyncSession

from content.freshness import LOST_AFTER
from directory.engine import async_engine
from directory.great_circle import Point
from directory.search import Order, Query, search
from directory.search_query import HIDDEN_AFTER
from directory.search_table import forget_many, index_many
from directory.withheld import stored

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, 09:00 in San Salvador
TODAY = NOW.date()
HERE = Point(13.6929, -89.2182)  # San Salvador
PLAIN = {
    "hours": {"text": None, "always": False, "periods": []},
    "languages_spoken": ["es"],
    "languages_interpreted": [],
    "kinds": ["legal_aid"],
    "layers": ["protection"],
    "audience": ["any"],
    "status": ["any"],
    "scope": "city",
    "places": [{"city": "San Salvador", "region": "San Salvador"}],
    "protection": False,
    "run_by": "ngo",
    "cost": {"text": None, "kind": "unknown"},
    "not_taking": False,
    "valid_from": None,
    "valid_until": None,
    "superseded_by": None,
    "confidence": "high",
    "verified": "never",
    "phones": [],
    "whatsapp": [],
    "waiting": {"text": None, "known": False},
    "source": {"title": "a list", "published": "2026"},
}
OPEN = {
    "text": None,
    "always": False,
    "periods": [{"days": ["TU"], "opens": "08:00", "closes": "12:00"}],
}
# What a question asks for, a listing that answers it, and one that does not.
CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"kinds": ("food", "legal_aid")}, {}, {"kinds": ["school"]}),
    ({"layers": ("protection",)}, {}, {"layers": ["basic_psychosocial"]}),
    (
        {"kinds": ("legal_aid",), "layers": ("protection",)},
        {},
        {"layers": ["specialised_care"]},
    ),
    ({"audience": "women"}, {"audience": ["women"]}, {"audience": ["men"]}),
    ({"audience": "women"}, {"audience": []}, {"audience": ["children"]}),
    ({"status": "refugee"}, {"status": ["any"]}, {"status": ["returnee"]}),
    ({"status": "prefer_not_to_say"}, {"status": ["returnee"]}, {"confidence": "low"}),
    ({"language": "ar"}, {"languages_interpreted": ["ar"]}, {}),
    ({"language": "pt"}, {"languages_spoken": ["pt-BR"]}, {"languages_spoken": ["en"]}),
    ({"costs": ("free", "low_cost")}, {"cost": {"text": None, "kind": "free"}}, {}),
    (
        {"accessibility": ("lift", "step_free")},
        {"accessibility": ["step_free", "lift"]},
        {"accessibility": ["lift"]},
    ),
    (
        {"capacity": ("open",)},
        {"capacity": {"code": "open", "as_of": "2026-11-01"}},
        {"capacity": {"code": "full", "as_of": "2026-11-01"}},
    ),
    ({"taking": True}, {}, {"not_taking": True}),
    ({"taking": True}, {}, {"capacity": {"code": "full", "as_of": "2026-11-01"}}),
    ({"taking": True}, {"paused_until": "2026-11-24"}, {"paused_until": "2026-11-25"}),
    ({"open_now": True}, {"hours": OPEN}, {}),
    ({"open_now": True}, {"hours": OPEN}, {"hours": OPEN, "paused_until": "2026-12-01"}),
    (
        {"open_now": True},
        {"hours": {**OPEN, "always": True, "periods": []}},
        {"hours": {**OPEN, "known": False}},
    ),
    ({"remote": True}, {"scope": "remote", "places": []}, {}),
    (
        {"country": "SV", "region": "Santa Ana"},
        {"places": [{"city": "Santa Ana", "region": "Santa Ana"}]},
        {},
    ),
    ({"within_km": 10.0}, {}, {"places": [{"city": "Santa Ana", "region": "Santa Ana"}]}),
    ({}, {}, {"valid_until": "2026-11-23"}),
    ({}, {}, {"valid_from": "2026-11-25"}),
    ({}, {}, {"superseded_by": "sv-s02"}),
    ({}, {"verified": "2025-11-24"}, {"verified": "2025-11-23"}),
]


@asynccontextmanager
async def listings(
    url: str, *values: dict[str, Any], country: str = "SV"
) -> AsyncIterator[AsyncSession]:
    """Give a session on listings named by their position."""
    pack = next(pack.part("pack") for pack in packs() if pack.country == country)
    bodies = [
        (
            f"sv-s{number:02d}",
            country,
            stored({**PLAIN, "name": f"{number}", "id": f"sv-s{number:02d}", **one}),
        )
        for number, one in enumerate(values)
    ]
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO pack (country, digest, body) VALUES (%s, '', %s)", [country, Jsonb(pack)]
        )
        for ordinal, (entry, _, body) in enumerate(bodies):
            connection.execute(
                "INSERT INTO service (id, country, ordinal, scope, kinds, layers, audience, status,"
                " confidence, protection, body) VALUES (%s, %s, %s, %s, %s, '{}', '{}', '{}', %s, %s, %s)",
                [
                    entry,
                    country,
                    ordinal,
                    body["scope"],
                    body["kinds"],
                    body["confidence"],
                    body["protection"],
                    Jsonb(body),
                ],
            )
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session:
            await index_many(session, bodies, places())
            yield session
    finally:
        await engine.dispose()


async def ids(session: AsyncSession, **asked: Any) -> list[str]:
    query = Query(**{"limit": 10, **asked})
    return [found.id for found in await search(session, query, now=NOW)]


@pytest.mark.parametrize(("asked", "fits", "fails"), CONDITIONS)
async def test_only_what_fulfils_a_condition_is_found(
    database_url: str, asked: dict[str, Any], fits: dict[str, Any], fails: dict[str, Any]
) -> None:
    async with listings(database_url, fits, fails) as session:
        if "within_km" not in asked:
            assert await ids(session, **asked) == ["sv-s00"]
        here = {"here": HERE, "country": "SV", **asked}
        assert await ids(session, **here) == ["sv-s00"]


async def test_a_city_is_asked_by_its_number(database_url: str) -> None:
    there = places().named("Santa Ana", "SV")
    assert there is not None
    elsewhere = {"places": [{"city": "Santa Ana", "region": "Santa Ana"}]}
    async with listings(database_url, {}, elsewhere) as session:
        assert await ids(session, city=there.id) == ["sv-s01"]
        assert await ids(session, city=there.id, here=HERE) == ["sv-s01"]


async def test_a_point_of_its_own_is_nearer_than_that_of_its_city(database_url: str) -> None:
    own = {"point": {"latitude": 13.70, "longitude": -89.20}}
    async with listings(database_url, {}, own) as session:
        here = Point(13.70, -89.20)
        found = await search(session, Query(here=here, order=Order.NEAREST), now=NOW)
        assert [one.id for one in found] == ["sv-s01", "sv-s00"]
        assert found[0].distance == pytest.approx(0, abs=0.001)
        assert found[1].distance == pytest.approx(2.1, abs=0.5)


async def test_the_best_fit_then_who_takes_people_then_public_then_lately_verified(
    database_url: str,
) -> None:
    lately = str(TODAY - timedelta(days=10))
    async with listings(
        database_url,
        {"kinds": ["orientation"], "verified": lately},
        {"not_taking": True, "verified": lately},
        {},
        {"verified": lately},
        {"run_by": "public"},
        {"places": [{"city": "Santa Ana", "region": "Santa Ana"}], "verified": lately},
    ) as session:
        asked: dict[str, Any] = {
            "here": HERE,
            "country": "SV",
            "kinds": ("legal_aid", "orientation"),
        }
        told = await ids(session, **asked)
        assert told == ["sv-s03", "sv-s02", "sv-s04", "sv-s01", "sv-s00", "sv-s05"]
        public = await ids(session, public_first=True, **asked)
        assert public[:2] == ["sv-s04", "sv-s03"]
        assert await ids(session, limit=2, offset=2, **asked) == told[2:4]


async def test_what_is_for_the_country_stands_between_near_and_far(database_url: str) -> None:
    async with listings(
        database_url,
        {"places": [{"city": "San Miguel", "region": "San Miguel"}]},
        {"scope": "country", "places": []},
        {},
    ) as session:
        assert (await ids(session, here=HERE, country="SV"))[0] == "sv-s02"
        assert set(await ids(session, here=HERE, country="SV")) == {"sv-s00", "sv-s01", "sv-s02"}


@pytest.mark.parametrize("kinds", [["protection_shelter"], ["legal_aid"]])
async def test_a_place_that_must_not_be_found_has_no_point_and_no_city(
    database_url: str, kinds: list[str]
) -> None:
    hidden = {"kinds": kinds, "protection": True, "point": {"latitude": 13.7, "longitude": -89.2}}
    async with listings(database_url, hidden) as session:
        assert await ids(session, here=HERE) == []
        found = await search(session, Query(here=HERE, country="SV"), now=NOW)
        assert [(one.id, one.distance, one.cities) for one in found] == [("sv-s00", None, ())]
        await session.commit()
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT place, point FROM search_place").fetchall()
        assert rows == [(None, None)]
        assert connection.execute("SELECT count(*) FROM search_spot").fetchone() == (0,)


async def test_what_is_published_anew_is_found_as_it_now_is(database_url: str) -> None:
    async with listings(database_url, {}, {}) as session:
        changed = {**PLAIN, "kinds": ["school"]}
        await index_many(session, [("sv-s00", "SV", changed)], places())
        assert await ids(session, kinds=("legal_aid",)) == ["sv-s01"]
        assert await ids(session, kinds=("school",), here=HERE) == ["sv-s00"]
        await forget_many(session, ["sv-s01"])
        assert await ids(session, kinds=("legal_aid",)) == []


def test_search_hides_what_chat_hides() -> None:
    assert HIDDEN_AFTER == LOST_AFTER
    assert date(2026, 11, 24) == TODAY


async def test_what_is_open_now_goes_by_the_clock_of_its_city(database_url: str) -> None:
    # 15:00 UTC on a Tuesday: 10 in New York, 9 in Chicago, 7 in Los Angeles.
    towns = ("New York City", "Chicago", "Los Angeles", None)
    values = [{"places": [{"city": town}] if town else [], "hours": OPEN} for town in towns]
    async with listings(database_url, *values, country="US") as session:
        assert await ids(session, open_now=True) == ["sv-s00", "sv-s01"]


async def test_where_the_city_is_not_known_it_must_be_open_in_every_zone(database_url: str) -> None:
    long = {**OPEN, "periods": [{"days": ["TU"], "opens": "05:00", "closes": "22:00"}]}
    values = [{"places": [], "scope": "country", "hours": hours} for hours in (OPEN, long)]
    async with listings(database_url, *values, country="US") as session:
        assert await ids(session, open_now=True) == ["sv-s01"]
