"""What is counted for operators: where there is nothing, what was asked in vain, what was done."""

from __future__ import annotations

import json
from datetime import date

import psycopg
import pytest
from saying import PLACES, packs
from simulators.console import ClientAs
from sqlalchemy import insert

from console.context import Console
from console.headers import Headers
from delivery.tables import unmet
from delivery.unmet import months
from directory import audit
from directory.gazetteer import Gazetteer
from directory.load import load_packs

SAN_SALVADOR = "3583361"


@pytest.fixture
async def loaded(console: Console) -> Console:
    """A console whose directory holds the packs of El Salvador and Germany."""
    async with console.sessions.begin() as session:
        wanted = [pack for pack in packs() if pack.country in ("SV", "DE")]
        await load_packs(session, wanted, Gazetteer(PLACES))
    return console


async def test_the_matrix_counts_what_chat_can_tell_and_marks_gaps(
    loaded: Console, client_as: ClientAs
) -> None:
    told = [
        service
        for pack in packs()
        if pack.country == "SV"
        for service in pack.part("services")
        if service["confidence"] != "low" and "protection" in service["layers"]
    ]
    client = await client_as("evaluator")
    page = (await client.get("/coverage")).text
    row = page[page.index('href="/coverage/SV"') :].partition("</tr>")[0]
    assert row.count("<td") == 6
    assert f">{len(told)}<" in row


async def test_a_language_narrows_it_to_what_is_spoken_or_interpreted_in_it(
    loaded: Console, client_as: ClientAs
) -> None:
    client = await client_as("editor", organisation="us")
    every, arabic = [
        (await client.get(f"/coverage/DE{query}")).text for query in ("", "?language=ar")
    ]
    assert arabic.count("None") > every.count("None")
    assert "Berlin" in arabic
    assert (await client.get("/coverage/ZZ")).status_code == 404


async def test_no_shelter_that_must_not_be_found_is_on_the_map(
    loaded: Console, client_as: ClientAs
) -> None:
    client = await client_as("editor", organisation="us")
    points = (await client.get("/coverage-points")).json()
    assert {point["country"] for point in points} == {"SV", "DE"}
    with psycopg.connect(loaded.settings.database_url) as connection:
        connection.execute("UPDATE service SET protection = true")
    assert (await client.get("/coverage-points")).json() == []


async def test_unmet_needs_are_counts_and_small_ones_are_hidden(
    loaded: Console, client_as: ClientAs
) -> None:
    month = loaded.clock().date().replace(day=1)
    rows = [
        (month, "es", "SV", SAN_SALVADOR, "services", "art_therapy", "nothing", 7),
        (month, "es", "SV", "", "services", "gbv_support", "far", 4),
        (month, "ar", "DE", "", "rights", "mental_health", "no_rule", 5),
        (date(2024, 1, 1), "ar", "DE", "", "rights", "primary", "no_rule", 50),
    ]
    names = [column.name for column in unmet.columns]
    async with loaded.sessions.begin() as session:
        await session.execute(insert(unmet), [dict(zip(names, row, strict=True)) for row in rows])
    client = await client_as("evaluator", locale="es")
    page = (await client.get("/unmet")).text
    assert "San Salvador, El Salvador" in page
    assert "muy pocos para mostrarlos" in page
    sheet = (await client.get("/unmet.csv")).text.splitlines()
    assert sheet[1:] == [
        f"SV,{SAN_SALVADOR},services,art_therapy,nothing,7",
        "DE,,rights,mental_health,no_rule,5",
        "SV,,services,gbv_support,far,",
    ]
    async with loaded.sessions() as session:  # 16 in all, from which 4 could be worked out
        assert await months(session, since=month) == [(month, 15)]
    bound = await client_as("region_coordinator", countries=("DE",))
    assert len((await bound.get("/unmet.csv")).text.splitlines()) == 2


async def test_the_audit_is_read_checked_and_taken_away(
    loaded: Console, client_as: ClientAs
) -> None:
    async with loaded.sessions.begin() as session:
        for number in range(60):
            await audit.record(
                session, at=loaded.clock(), actor="Ana", action="publish", part="services",
                entry=f"sv-s{number:02}", before={"name": "a"}, after={"name": "<b>"}, reason="r",
            )  # fmt: skip
    client = await client_as("admin")
    page = (await client.get("/audit")).text
    assert "sv-s59" in page
    assert "sv-s09" not in page
    assert "&lt;b&gt;" in page
    assert "Ana: published it · sv-s59" in page
    assert "<td>a</td>" in page.replace(' data-label="Before"', "")  # as it is read, not as JSON
    older = (await client.get("/audit?before=11")).text
    assert "sv-s09" in older
    assert "Older" not in older
    one = (await client.get("/audit?part=services&entry=sv-s30")).text
    assert one.count("<article") == 1
    answer = await client.post("/audit/check", follow_redirects=True)
    assert "The chain holds: 60 rows" in answer.text
    lines = (await client.get("/audit.jsonl")).text.splitlines()
    assert [json.loads(line)["entry"] for line in lines[:2]] == ["sv-s00", "sv-s01"]


async def test_a_broken_chain_is_told(loaded: Console, client_as: ClientAs) -> None:
    async with loaded.sessions.begin() as session:
        for number in range(3):
            await audit.record(session, at=loaded.clock(), actor="Ana", action=f"a{number}")
    with psycopg.connect(loaded.settings.database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        connection.execute("UPDATE audit SET actor = 'Eva' WHERE id = 2")
    client = await client_as("admin")
    answer = await client.post("/audit/check", follow_redirects=True)
    assert "broken at row 2" in answer.text


async def test_tiles_are_allowed_from_where_the_operator_says_and_nowhere_else() -> None:
    sent: list[dict[str, object]] = []

    async def app(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]  # three lines of an application

    async def keep(message: dict[str, object]) -> None:
        sent.append(message)

    headers = Headers(app, secure=True, tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    await headers({"type": "http"}, None, keep)  # type: ignore[arg-type]  # nothing is received
    policy = dict(sent[0]["headers"])[b"content-security-policy"].decode()  # type: ignore[call-overload]  # raw headers
    assert "img-src 'self' data: https://tiles.example.org;" in policy
    assert "script-src 'self';" in policy
