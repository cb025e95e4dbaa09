"""A rumour that an operator publishes is recognised and answered by a Faro that already runs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import needs
import pytest
from saying import ROOT, places
from sqlalchemy.ext.asyncio import async_sessionmaker

from content.cards import read_cards
from content.live import LOOK_AGAIN, new_wording
from directory import publishing, revisions
from directory.engine import async_engine
from directory.parts import Origin, Part, message_entry
from faro.talking import open_conversations
from faro.turns import Said

pytestmark = [pytest.mark.slow, needs.ENCLAVE]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ASKED = "is it true that school makes me lose my residence?"
TRUTH = "School has nothing to do with your papers."


async def publish(sessions, part, entry, body):
    async with sessions.begin() as session:
        await revisions.publish_now(
            session, part=part, entry=entry, country=None, body=body, actor="Ana",
            reason="people asked", origin=Origin.CONSOLE, places=places(), now=NOW,
        )  # fmt: skip


async def publish_rumour(sessions):
    rows = [["SCHOOL", "RESIDENCE_RENEWAL"], ["SCHOOL", "REGULAR_MIGRANT"]]
    card = {**read_cards(ROOT / "data" / "myths")["only_papers"], "id": "school", "concepts": rows}
    card["facts"] = []  # no pack is loaded here
    card.pop("asked")
    await publish(sessions, Part.MYTHS, "school", card)
    for message, text in (
        ("myth.school.claim", "School takes your papers away."),
        ("myth.school.truth", TRUTH),
        ("choice.myth_school", "School and papers?"),
    ):
        await publish(sessions, Part.MESSAGES, message_entry("en", message), new_wording(text, ""))
    await asyncio.sleep(LOOK_AGAIN + 0.1)


async def test_a_published_rumour_is_recognised_until_it_is_taken_back(database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = async_engine(database_url)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with open_conversations() as talk:

        async def told(conversation: str) -> str:
            answer = await talk.answer(Said(conversation, "sms", text=ASKED))
            return "\n".join(answer.reply.texts)

        assert TRUTH not in await told("before")
        await publish_rumour(sessions)
        assert TRUTH in await told("published")
        async with sessions.begin() as session:
            await publishing.retire(session, Part.MYTHS, "school", at=NOW)
        await asyncio.sleep(LOOK_AGAIN + 0.1)
        assert TRUTH not in await told("taken back")
    await engine.dispose()
