"""Reads and writes what a conversation remembers, sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.choices import Offers, read_offers
from delivery.inbox import address_row
from delivery.seal import KeyRing, SealError
from delivery.tables import conversation
from wire.state import State
from wire.strict import WireError

log = structlog.get_logger()


@dataclass(frozen=True)
class Remembered:
    """A conversation as it stands between two turns.

    Attributes:
        name: Pseudonym.
        channel: Registry name.
        language: BCP 47 tag of the last answer, or None before the first.
        state: What the enclave remembers.
        offers: What was offered last.
        stopped: The person asked to hear nothing more.
    """

    name: str
    channel: str
    language: str | None
    state: State = field(default_factory=State)
    offers: Offers = field(default_factory=Offers)
    stopped: bool = False

    def after(self, language: str, state: State, offers: Offers) -> Remembered:
        """Return the conversation after a turn."""
        return replace(self, language=language, state=state, offers=offers)

    @property
    def country(self) -> str | None:
        """The country the person is in, if they said so."""
        country = self.state.slots.get("country")
        return country if isinstance(country, str) else None


class Memory:
    """What conversations remember."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    async def recall(self, connection: AsyncConnection, name: str) -> Remembered | None:
        """Return a conversation, or None when it was forgotten."""
        row = (
            await connection.execute(select(conversation).where(conversation.c.id == name))
        ).one_or_none()
        return None if row is None else self._opened(row)

    async def keep(self, connection: AsyncConnection, remembered: Remembered) -> None:
        """Write a conversation back, sealed with the current key."""
        name = remembered.name
        state = self._keys.seal_json(remembered.state.as_json(), row=_state_row(name))
        offers = self._keys.seal_json(remembered.offers.as_json(), row=_offers_row(name))
        await connection.execute(
            update(conversation)
            .where(conversation.c.id == name)
            .values(language=remembered.language, state=state, offers=offers)
        )

    async def address(self, connection: AsyncConnection, name: str) -> str | None:
        """Return where replies go, or None when the conversation was forgotten or stopped."""
        query = select(conversation.c.address).where(
            conversation.c.id == name, conversation.c.stopped_at.is_(None)
        )
        sealed = (await connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            return None
        try:
            return self._keys.open(sealed, row=address_row(name)).decode()
        except SealError:
            log.warning("address lost", error="SealError")
            return None

    def _opened(self, row: Row[tuple[object, ...]]) -> Remembered:
        state, offers = State(), Offers()
        try:
            if row.state is not None:
                state = State.from_json(self._keys.open_json(row.state, row=_state_row(row.id)))
            if row.offers is not None:
                offers = read_offers(self._keys.open_json(row.offers, row=_offers_row(row.id)))
        except (SealError, WireError) as error:
            # A lost key or another version: better to ask again than to say nothing.
            log.warning("state lost", channel=row.channel, error=type(error).__name__)
        return Remembered(
            row.id, row.channel, row.language, state, offers, stopped=row.stopped_at is not None
        )


def _state_row(name: str) -> tuple[str, ...]:
    return ("conversation", "state", name)


def _offers_row(name: str) -> tuple[str, ...]:
    return ("conversation", "offers", name)
