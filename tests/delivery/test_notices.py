"""Short messages to organisations are sent once by the SMS channel, and nothing of them stays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from delivery.channel import Pace, Sending
from delivery.database import open_engine
from delivery.envelope import Outgoing
from delivery.errors import Outcome, SendError
from delivery.notices import Notices, add_notice, states_of

NUMBER, TEXT = "+50376086805", "Still true? https://console.example.org/confirm/x"


@dataclass
class Sms:
    """A channel that takes every message, or fails in one way."""

    fails: SendError | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)

    async def send(self, address: str, message: Outgoing, sending: Sending) -> str:
        if self.fails:
            raise self.fails
        self.sent.append((address, message.text))
        return "SM1"

    async def forget_copies(self, copies: Sequence[str]) -> Collection[str]:
        return copies


@dataclass
class Copies:
    """Remembers which copies are to be deleted at the provider."""

    noted: list[str] = field(default_factory=list)

    async def note(self, connection: Any, channel: str, reference: str, **how: object) -> None:
        self.noted.append(reference)


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(database_url)
    yield opened
    await opened.dispose()


async def written(engine: AsyncEngine, request: int = 7) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await add_notice(session, request=request, number=NUMBER, text=TEXT)


async def state(engine: AsyncEngine) -> Mapping[int, str]:
    async with AsyncSession(engine) as session:
        return await states_of(session, [7])


async def kept(engine: AsyncEngine) -> Sequence[Any]:
    async with engine.connect() as connection:
        return (await connection.execute(text("SELECT number, body, code FROM notice"))).all()


async def test_it_is_sent_once_and_then_number_and_text_are_gone(engine):
    channel, copies = Sms(), Copies()
    await written(engine)
    assert await state(engine) == {7: "waiting"}
    notices = Notices(engine, {"sms": channel}, copies)
    assert await notices.look()
    assert not await notices.look()
    assert channel.sent == [(NUMBER, TEXT)]
    assert copies.noted == ["SM1"]
    assert await kept(engine) == [(None, None, None)]
    assert await state(engine) == {7: "sent"}


async def test_without_sms_it_waits(engine):
    await written(engine)
    assert not await Notices(engine, {}, Copies()).look()
    assert await state(engine) == {7: "waiting"}


async def test_what_the_provider_never_takes_is_told_and_gone(engine):
    channel = Sms(SendError(Outcome.REJECTED, code="21211"))
    await written(engine)
    assert await Notices(engine, {"sms": channel}, Copies()).look()
    assert await state(engine) == {7: "failed"}
    assert await kept(engine) == [(None, None, "21211")]


async def test_an_unsure_send_is_not_repeated(engine):
    channel = Sms(SendError(Outcome.UNKNOWN, code="network"))
    await written(engine)
    notices = Notices(engine, {"sms": channel}, Copies())
    assert await notices.look()
    channel.fails = None
    assert not await notices.look()
    assert channel.sent == []


async def test_a_provider_that_is_down_is_tried_again_later(engine):
    channel = Sms(SendError(Outcome.TRY_LATER, code="503"))
    await written(engine)
    notices = Notices(engine, {"sms": channel}, Copies())
    assert await notices.look()
    assert not await notices.look()
    assert await state(engine) == {7: "waiting"}
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE notice SET not_before = now()"))
    channel.fails = None
    assert await notices.look()
    assert channel.sent == [(NUMBER, TEXT)]
