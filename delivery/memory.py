"""Reads and writes what a conversation remembers, sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.choices import Offers, read_offers
from delivery.conversation_keys import ConversationKeys
from delivery.seal import KeyRing, SealError
from delivery.tables import conversation
from wire.state import State
from wire.strict import WireError

_SAFE_WORD = "safe_word"  # in what is sealed

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
        safe_word: A word of their own, normalised, that calls up the help text; or None.
        by_hand: People answer this conversation; the machine only speaks up in danger.
    """

    name: str
    channel: str
    language: str | None
    state: State = field(default_factory=State)
    offers: Offers = field(default_factory=Offers)
    stopped: bool = False
    safe_word: str | None = field(default=None, repr=False)
    by_hand: bool = False

    def after(self, language: str, state: State, offers: Offers) -> Remembered:
        """Return the conversation after a turn."""
        return replace(self, language=language, state=state, offers=offers)

    @property
    def is_shared(self) -> bool:
        """Whether others read on the same telephone, as the person said."""
        return is_shared(self.state)

    @property
    def country(self) -> str | None:
        """The country the person is in, if they said so."""
        country = self.state.slots.get("country")
        return country if isinstance(country, str) else None


def is_shared(state: State) -> bool:
    """Return whether a state says that others read on the same telephone."""
    return state.slots.get("shared") == "yes"


class Memory:
    """What conversations remember."""

    def __init__(self, keys: ConversationKeys) -> None:
        self._keys = keys

    async def recall(
        self, connection: AsyncConnection, name: str, ring: KeyRing | None = None
    ) -> Remembered | None:
        """Return a conversation, or None when it was forgotten.

        Who has its ``ring`` already hands it over: the keys stand in another database.
        """
        row = (
            await connection.execute(select(conversation).where(conversation.c.id == name))
        ).one_or_none()
        return None if row is None else await self._opened(row, ring)

    async def keep(self, connection: AsyncConnection, remembered: Remembered) -> None:
        """Write a conversation back, sealed. Raises SealError: its key was destroyed."""
        name = remembered.name
        ring = await self._keys.ring(name)
        state = ring.seal_json(remembered.state.as_json(), row=_state_row(name))
        offers = ring.seal_json(remembered.offers.as_json(), row=_offers_row(name))
        await connection.execute(
            update(conversation)
            .where(conversation.c.id == name)
            .values(language=remembered.language, state=state, offers=offers)
        )

    async def keep_word(self, connection: AsyncConnection, name: str, word: str) -> None:
        """Keep a word of the person's own, sealed. Raises SealError: its key was destroyed."""
        ring = await self._keys.ring(name)
        own = ring.seal_json({_SAFE_WORD: word}, row=_own_row(name))
        await connection.execute(
            update(conversation).where(conversation.c.id == name).values(own=own)
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
            ring = await self._keys.ring(name)
            return ring.open(sealed, row=address_row(name)).decode()
        except SealError:
            log.warning("address lost", error="SealError")
            return None

    async def _opened(self, row: Row[tuple[object, ...]], ring: KeyRing | None) -> Remembered:
        state, offers, own = State(), Offers(), None
        try:
            ring = ring or await self._keys.ring(row.id)
            if row.state is not None:
                state = State.from_json(ring.open_json(row.state, row=_state_row(row.id)))
            if row.offers is not None:
                offers = read_offers(ring.open_json(row.offers, row=_offers_row(row.id)))
            if row.own is not None:
                own = ring.open_json(row.own, row=_own_row(row.id))
        except (SealError, WireError) as error:
            # A lost key or another version: better to ask again than to say nothing.
            log.warning("state lost", channel=row.channel, error=type(error).__name__)
        return Remembered(
            row.id,
            row.channel,
            row.language,
            state,
            offers,
            stopped=row.stopped_at is not None,
            safe_word=str(own[_SAFE_WORD]) if isinstance(own, dict) else None,
            by_hand=row.by_hand_at is not None,
        )


def address_row(name: str) -> tuple[str, ...]:
    """Return the place for which an address is sealed."""
    return ("conversation", "address", name)


def _state_row(name: str) -> tuple[str, ...]:
    return ("conversation", "state", name)


def _offers_row(name: str) -> tuple[str, ...]:
    return ("conversation", "offers", name)


def _own_row(name: str) -> tuple[str, ...]:
    return ("conversation", "own", name)
