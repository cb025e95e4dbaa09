"""A page that leaves drops its conversation, and only a page of ours can make it leave."""

from __future__ import annotations

import asyncio
import json
import secrets

import psycopg
import pytest
from psycopg import sql
from simulators.faro import until
from simulators.shared import IN_MODULE_LOOP

pytestmark = IN_MODULE_LOOP
EXIT = "https://www.wikipedia.org/"


@pytest.fixture
def there():
    """A conversation of this test only: what was left once stays so for a while."""
    return {"conversation": secrets.token_urlsafe(24)}


def kept(faro):
    with psycopg.connect(faro.database_url) as connection:
        tables = ("conversation", "inbox", "outbox", "flag", "procrastinate_jobs")
        return sum(
            connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            ).fetchone()[0]
            for table in tables
        )


async def answered(faro, there):
    await faro.chat_post(**there, text="a secret")
    found = await faro.client.post("/webchat/webchat/replies", json=there)
    assert found.json()["replies"]


async def test_leaving_drops_everything_at_once(faro, there):
    await answered(faro, there)
    answer = await faro.client.post("/webchat/webchat/leave", json=there)
    assert answer.status_code == 200
    assert '"cache"' in answer.headers["clear-site-data"]
    assert answer.headers["cache-control"] == "no-store"
    await until(lambda: kept(faro) == 0)


async def test_a_message_on_its_way_while_somebody_leaves_is_not_kept(faro, there):
    await faro.client.post("/webchat/webchat/leave", json=there)
    await asyncio.sleep(0.2)
    assert await faro.chat_post(**there, text="a secret") == 200
    assert kept(faro) == 0
    assert faro.enclave.turns == []


async def test_pages_that_still_show_the_conversation_are_told(faro, there):
    await answered(faro, there)
    body = json.dumps(there)
    headers = {"Content-Type": "application/json"}
    async with faro.client.stream(
        "POST", "/webchat/webchat/stream", content=body, headers=headers
    ) as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        waiting = asyncio.create_task(faro.client.post("/webchat/webchat/replies", json=there))
        await faro.client.post("/webchat/webchat/leave", json=there)
        rest = [line async for line in lines]  # the server ends the stream
    assert "event: leave" in rest
    late = await faro.client.post("/webchat/webchat/replies", json=there)
    assert late.json() == {"replies": [], "leave": True}
    await waiting


async def test_leaving_twice_or_without_a_conversation_does_no_harm(faro, there):
    for _ in range(2):
        answer = await faro.client.post("/webchat/webchat/leave", json=there)
        assert answer.status_code == 200
    assert kept(faro) == 0


async def test_another_site_cannot_make_anybody_leave(faro, there):
    await answered(faro, there)
    form = await faro.client.post("/webchat/webchat/leave", data=there)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    cross = await faro.client.post("/webchat/webchat/leave", json=there, headers=elsewhere)
    plain = await faro.client.post("/plain/leave", data=there, headers=elsewhere)
    assert (form.status_code, cross.status_code, plain.status_code) == (403, 403, 303)
    assert kept(faro) > 0


async def test_the_form_leads_out_and_drops_the_conversation(faro, there):
    await answered(faro, there)
    answer = await faro.client.post("/plain/leave", data=there)
    assert (answer.status_code, answer.headers["location"]) == (303, EXIT)
    assert '"cache"' in answer.headers["clear-site-data"]
    assert answer.headers["cache-control"] == "no-store"
    await until(lambda: kept(faro) == 0)


@pytest.mark.parametrize("body", [b"", b"conversation=x", b"a=1&" * 300, b"x" * 70000])
async def test_the_form_leads_out_whatever_it_is_given(faro, body):
    answer = await faro.client.post("/plain/leave", content=body)
    assert (answer.status_code, answer.headers["location"]) == (303, EXIT)


async def test_the_form_leads_out_of_a_conversation_that_was_left(faro, there):
    await faro.client.post("/webchat/webchat/leave", json=there)
    await asyncio.sleep(0.2)
    answer = await faro.client.post("/plain", data={**there, "id": "1", "text": "hola"})
    assert (answer.status_code, answer.headers["location"]) == (303, EXIT)
