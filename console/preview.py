"""A version as each channel will show it, before anybody gets it.

The version is put in place in a transaction that is never committed, and the renderer of the chat
answers from it there. So a preview is what will be said, not what somebody thinks will be: where
the entry stands in its list, what is said beside it, and on how many pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from console.preview_questions import Asked, questions
from console.shown import Bubble, Shown, bubble
from content.entries import read_entries
from content.messages import Messages
from content.render import Renderer
from content.reply import Reply
from content.tables import Tables
from delivery.capabilities import CAPABILITIES
from delivery.fitting import fit
from delivery.paging import first_page
from directory import publishing
from directory.gazetteer import Gazetteer
from directory.parts import CARDS, Origin, Part
from wire.decision import Decision
from wire.say import Say
from wire.state import State

CHANNELS = ("telegram", "sms", "whatsapp")
_ASKS = "inform"  # any intent: offers to say the same once more name it
_PATIENCE = "2s"  # for somebody who is publishing the same entry at this moment


class BusyError(RuntimeError):
    """Somebody is publishing the entry at this moment."""


@dataclass(frozen=True)
class Version:
    """A body of an entry that need not be published."""

    part: Part
    entry: str
    country: str
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class _Chat:
    """The chat, for a person who asks."""

    renderer: Renderer
    version: Version
    language: str
    now: datetime

    async def find(self, way: Sequence[Asked]) -> tuple[Asked, bool]:
        """Return the first question whose answer tells the version; else the first, and False."""
        if self.version.part in CARDS:  # asked for by name, so it is told
            return way[0], True
        for asked in way:
            reply = await self.answer(asked, CHANNELS[0])
            if self.version.entry in {one.id for one in read_entries(reply.about)}:
                return asked, True
        return way[0], False

    async def answer(self, asked: Asked, channel: str) -> Reply:
        """Return the answer to a question."""
        values = {**asked.values, **asked.names(self.version.entry)}
        state = State({"language": self.language, "country": self.version.country})
        say = Say(asked.message, values, asked.choices)
        decision = Decision(self.language, _ASKS, 1.0, (say,), state)
        return await self.renderer.render(decision, channel=channel, now=self.now)


class Previews:
    """Shows versions. Safe for concurrent pages."""

    def __init__(
        self, messages: Messages, tables: Tables, places: Gazetteer, engine: AsyncEngine
    ) -> None:
        self._messages = messages
        self._tables = tables
        self._places = places
        self._engine = engine

    async def of(
        self,
        version: Version,
        *,
        language: str,
        now: datetime,
        channels: Sequence[str] = CHANNELS,
    ) -> list[Shown]:
        """Return the answers in which a version is said, each on every channel.

        Raises:
            BusyError: Somebody is publishing the same entry at this moment.
            UnknownCountryError: There is no pack for its country.
            SQLAlchemyError: The database does not answer.
        """
        told: list[Shown] = []
        async with self._as_if_published(version, now) as renderer:
            chat = _Chat(renderer, version, language, now)
            for way in questions(version.part, version.country, version.body, self._places):
                asked, is_told = await chat.find(way)
                for channel in channels:
                    reply = await chat.answer(asked, channel)
                    told.append(Shown(channel, asked, tuple(self._pages(channel, reply)), is_told))
        return told

    @asynccontextmanager
    async def _as_if_published(self, version: Version, now: datetime) -> AsyncIterator[Renderer]:
        """Give a renderer to which a version is published; nothing of it is kept."""
        async with self._engine.connect() as connection:
            transaction = await connection.begin()
            try:
                sessions = async_sessionmaker(
                    connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
                )
                await connection.execute(sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
                await self._put(sessions, version, now)
                yield Renderer(self._messages, self._places, sessions, self._tables)
            finally:
                await transaction.rollback()

    async def _put(
        self, sessions: async_sessionmaker[AsyncSession], version: Version, now: datetime
    ) -> None:
        try:
            async with sessions.begin() as session:
                await publishing.put(
                    session, version.part, version.entry, version.country, version.body,
                    origin=Origin.CONSOLE, revision=None, at=now, places=self._places,
                )  # fmt: skip
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") == "55P03":  # lock_not_available
                raise BusyError("somebody is publishing this entry") from None
            raise

    def _pages(self, channel: str, reply: Reply) -> Iterator[tuple[Bubble, ...]]:
        capabilities = CAPABILITIES[channel]
        left: Reply | None = reply
        while left is not None:
            page, rest = first_page(left, capabilities, self._text)
            yield tuple(
                bubble(channel, message.text, tuple(button.label for button in message.buttons))
                for message in fit(page, capabilities, offered_in=1)
            )
            left = rest.as_reply() if rest else None

    def _text(self, message: str, language: str | None) -> str:
        return self._messages.text(message, language or "en")
