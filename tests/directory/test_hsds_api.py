"""The public API says what HSDS says it should, to anybody, and never where a shelter is."""

from __future__ import annotations

import json
import os
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from saying import NOW, database_with_packs, packs
from sqlalchemy.ext.asyncio import AsyncEngine

from directory.engine import async_engine
from directory.hsds.api.app import build_api
from directory.hsds.ids import service_id
from directory.hsds.profile import taxonomies
from faro.postgres import Postgres

SPECS = os.environ.get("FARO_SPECS")
SCHEMAS = Path(SPECS or "") / "hsds-3.0" / "schema"
needs_specs = pytest.mark.skipif(
    SPECS is None, reason="FARO_SPECS names no folder with HSDS: answers not validated"
)
# FARO_API_CALLS=10000 asks ten thousand questions, which takes some minutes.
CALLS = int(os.environ.get("FARO_API_CALLS", "500"))
URL = "http://directory.example.org/hsds"


@pytest.fixture
def packs_url(postgres: Postgres) -> str:
    return database_with_packs(postgres)


@asynccontextmanager
async def asking(url: str, **limits: int) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks the API, so often as they like unless a test says otherwise."""
    engine: AsyncEngine = async_engine(url)
    api = build_api(engine, url=URL, clock=lambda: NOW, **{"per_minute": 1_000_000, **limits})
    transport = httpx.ASGITransport(app=api, root_path="/hsds")
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield client
    await engine.dispose()


@pytest.fixture
async def client(packs_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(packs_url) as asked:
        yield asked


async def got(client: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await client.get(f"{URL}{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _resources() -> Iterator[tuple[str, Resource[Any]]]:
    for path in SCHEMAS.rglob("*.json"):
        resource = Resource.from_contents(
            json.loads(path.read_text(encoding="utf-8")),
            default_specification=Resource.from_contents(
                {"$schema": "https://json-schema.org/draft/2020-12/schema"}
            )._specification,
        )
        yield str(path.relative_to(SCHEMAS)), resource


def validator(schema: str) -> Draft202012Validator:
    contents = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    registry: Registry[Any] = Registry().with_resources(list(_resources()))
    return Draft202012Validator(contents, registry=registry)


LISTS = [
    ("/services", {}, "compiled/service_list.json"),
    ("/services", {"full": "true"}, "compiled/service.json"),
    ("/service_at_locations", {}, "compiled/service_at_location_list.json"),
    ("/organizations", {}, "compiled/organization_list.json"),
    ("/taxonomies", {}, "taxonomy.json"),
    ("/taxonomy_terms", {}, "taxonomy_term.json"),
]


@needs_specs
@pytest.mark.specs
@pytest.mark.parametrize(("path", "query", "schema"), LISTS)
async def test_every_entity_of_every_page_is_valid(
    client: httpx.AsyncClient, path: str, query: dict[str, str], schema: str
) -> None:
    valid, number, last = validator(schema), 0, False
    while not last:
        number += 1
        page = await got(client, path, page=number, per_page=100, **query)
        last = page["last_page"]
        assert (page["page_number"], page["size"]) == (number, len(page["contents"]))
        for one in page["contents"]:
            wrong = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in valid.iter_errors(one)]
            assert wrong == [], one["id"]
    assert page["total_pages"] == number
    assert page["total_items"] == 100 * (number - 1) + page["size"]


@needs_specs
@pytest.mark.specs
@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/services", "compiled/service.json"),
        ("/organizations", None),
        ("/taxonomies", "taxonomy.json"),
        ("/taxonomy_terms", "taxonomy_term.json"),
        ("/service_at_locations", None),
    ],
)
async def test_one_entity_is_valid_with_all_that_belongs_to_it(
    client: httpx.AsyncClient, path: str, schema: str | None
) -> None:
    page = await got(client, path, per_page=20)
    for listed in page["contents"]:
        one = await got(client, f"{path}/{listed['id']}")
        assert one["id"] == listed["id"]
        if schema:
            assert [e.message[:200] for e in validator(schema).iter_errors(one)] == []


async def test_the_root_names_version_profile_and_description(client: httpx.AsyncClient) -> None:
    root = await got(client, "/")
    assert root == {
        "version": "3.0",
        "profile": f"{URL}/profile",
        "openapi_url": f"{URL}/openapi.json",
    }
    described = (await client.get(root["openapi_url"])).json()
    assert {"/", "/services", "/services/{id}"} <= set(described["paths"])
    methods = {method for path in described["paths"].values() for method in path}
    assert methods <= {"get", "post"}
    profile = (await client.get(root["profile"])).json()
    assert {one["code"] for one in profile["taxonomies"]} == set(taxonomies())


async def test_filters_have_to_fit_all_together(client: httpx.AsyncClient) -> None:
    terms = await got(client, "/taxonomy_terms", search="legal aid", per_page=100)
    legal = next(term for term in terms["contents"] if term["code"] == "kind:legal_aid")
    found = await got(client, "/services", taxonomy_term_id=legal["id"])
    wanted = {
        service_id(service["id"])
        for pack in packs()
        for service in pack.part("services")
        if "legal_aid" in service["kinds"]
    }
    assert found["total_items"] == len(wanted)
    owner = (await got(client, f"/services/{found['contents'][0]['id']}"))["organization"]["id"]
    both = await got(
        client, "/services", taxonomy_term_id=legal["id"], organization_id=owner, per_page=100
    )
    assert 0 < both["total_items"] <= found["total_items"]
    none = await got(client, "/services", search="zzzzqqq")
    assert (none["empty"], none["total_items"], none["contents"]) == (True, 0, [])
    later = await got(client, "/services", modified_after="2999-01-01T00:00:00Z")
    assert later["empty"]
    short = await got(client, "/services", minimal="true", per_page=5)
    assert {frozenset(one) for one in short["contents"]} == {frozenset({"id", "modified_date"})}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services?page=0", 422),
        ("/services?per_page=100000", 422),
        ("/services?kidn=legal_aid", 422),
        ("/services?modified_after=yesterday", 422),
        ("/services/no-such-id", 404),
        ("/services/' OR 1=1 --", 404),
        ("/taxonomies/no-such-id", 404),
        ("/nothing", 404),
    ],
)
async def test_a_question_that_cannot_be_answered_says_why(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await client.get(f"{URL}{path}")
    assert answer.status_code == status
    assert answer.json()["detail"]


async def test_nothing_can_be_changed(client: httpx.AsyncClient) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        for path in ("/", "/services", "/services/x"):
            assert (await client.request(method, f"{URL}{path}")).status_code == 405
    assert (await client.post(f"{URL}/organizations", json={})).status_code == 405


async def test_what_somebody_has_already_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get(f"{URL}/services")
    again = await client.get(f"{URL}/services", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get(
        f"{URL}/services?page=2", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert other.status_code == 200
    assert "max-age" in first.headers["Cache-Control"]


async def test_whoever_asks_too_often_is_told_when_to_come_again(packs_url: str) -> None:
    async with asking(packs_url, per_minute=5) as client:
        answers = [await client.get(f"{URL}/profile") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "60"


async def test_a_database_that_is_away_is_said_in_words() -> None:
    async with asking("postgresql://nobody@127.0.0.1:1/nothing") as client:
        answer = await client.get(f"{URL}/services")
    assert answer.status_code == 503
    assert answer.json()["detail"].startswith("the directory does not answer")


def hidden() -> list[tuple[str, set[str]]]:
    """The ids of services that must not be found, and what their packs say of where they are."""
    found = []
    for pack in packs():
        for service in pack.part("services"):
            if service["protection"]:
                cities = {place["city"] for place in service["places"] if place.get("city")}
                found.append((service_id(service["id"]), cities))
    return found


@pytest.mark.slow
async def test_random_questions_never_tell_where_a_shelter_is(
    client: httpx.AsyncClient,
) -> None:
    secret = dict(hidden())
    assert len(secret) > 5
    chosen = random.Random(7)  # noqa: S311 -- the same questions each run
    ids = [
        one["id"]
        for one in (await got(client, "/services", minimal="true", per_page=100))["contents"]
    ]
    terms = [t["id"] for t in (await got(client, "/taxonomy_terms", per_page=100))["contents"]]
    words = ["refugio", "shelter", "casa", "women", "calle", "legal", "salud", "Berlin"]
    told = 0
    for _ in range(CALLS):
        path, query = _question(chosen, [*ids, *secret], terms, words)
        answer = await client.get(f"{URL}{path}", params=query)
        assert answer.status_code in (200, 404)
        for one in _services_in(answer.json()):
            if one["id"] in secret:
                told += 1
                assert_tells_no_place(one, secret[one["id"]])
    assert told > CALLS // 10


def _question(
    chosen: random.Random, ids: list[str], terms: list[str], words: list[str]
) -> tuple[str, dict[str, Any]]:
    if chosen.random() < 0.6:
        return f"/services/{chosen.choice(ids)}", {}
    if chosen.random() < 0.1:
        code = chosen.choice(["1100", "8010", "11257", "10555", "28010", "75011", "1574"])
        metres = {} if chosen.random() < 0.3 else {"proximity": chosen.randint(1, 100_000)}
        return "/service_at_locations", {
            "postcode": code,
            "per_page": 100,
            "full": "true",
            **metres,
        }
    if chosen.random() < 0.1:
        return "/organizations", {"page": chosen.randint(1, 8), "per_page": 50, "full": "true"}
    query: dict[str, Any] = {"page": chosen.randint(1, 400), "per_page": chosen.randint(1, 2)}
    if chosen.random() < 0.5:
        query["full"] = "true"
    if chosen.random() < 0.3:
        query |= {"taxonomy_term_id": chosen.choice(terms), "page": 1}
    if chosen.random() < 0.3:
        query |= {"search": chosen.choice(words), "page": 1}
    return chosen.choice(["/services", "/services", "/service_at_locations"]), query


def _services_in(answer: dict[str, Any]) -> list[dict[str, Any]]:
    contents = [one for one in answer.get("contents", [answer]) if "id" in one]
    return [part for one in contents for part in one.get("services") or [one.get("service", one)]]


def assert_tells_no_place(one: dict[str, Any], cities: set[str]) -> None:
    assert not one.get("service_at_locations")
    written = json.dumps({k: v for k, v in one.items() if k not in ("name", "organization")})
    for sign in ("address_1", "latitude", "postal_code", "location_type"):
        assert sign not in written
    named = f"{one['name']} {one.get('organization', {}).get('name', '')}"
    for city in cities:
        assert city in named or city not in written


ATHENS = {"latitude": 37.98376, "longitude": 23.72784}


async def test_where_somebody_is_is_asked_by_post_and_the_nearest_comes_first(
    client: httpx.AsyncClient,
) -> None:
    wanted = {"near": ATHENS, "kinds": ["psychotherapy"], "country": "GR", "per_page": 3}
    answer = await client.post(f"{URL}/services", json=wanted)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    contents = answer.json()["contents"]
    assert contents[0]["name"] == "Babel Day Centre"
    assert len(contents) <= 3
    narrow = {**wanted, "language": "ti", "open_now": True}
    assert (await client.post(f"{URL}/services", json=narrow)).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"near": {"latitude": 91, "longitude": 0}},
        {"kinds": ["'; DROP TABLE service; --"]},
        {"somebody": "x"},
        {"per_page": 1000},
        {"kinds": ["legal_aid"] * 21},
    ],
)
async def test_a_wish_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, wanted: dict[str, Any]
) -> None:
    assert (await client.post(f"{URL}/services", json=wanted)).status_code == 422


async def test_too_long_a_wish_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{URL}/services", content=b"[" + b" " * 20_000 + b"]")
    assert answer.status_code == 413
