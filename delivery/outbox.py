"""Replies on their way out: each once, in order, forgotten when they have arrived.

A row is ``waiting``, then ``sending`` (committed before the provider is called), then
``sent`` or ``failed``. A send that was broken off is ``unknown`` until a look-up or a
status callback settles it; else the reply goes once more, marked.
"""

from __future__ import annotations

from sqlalchemy import Row, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.envelope import Button, Outgoing
from delivery.pseudonym import Pseudonyms
from delivery.seal import KeyRing
from delivery.tables import outbox

READ_SIGNAL = "faro_reply"  # NOTIFY channel that wakes the web chat's streams
OPEN = ("waiting", "sending", "unknown")


class Outbox:
    """The rows of the outbox, opened and sealed."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        pseudonyms: Pseudonyms,
        copies: ProviderCopies,
    ) -> None:
        self.engine = engine
        self.copies = copies
        self._keys = keys
        self._pseudonyms = pseudonyms

    async def add(
        self,
        connection: AsyncConnection,
        conversation: str,
        turn: int,
        messages: list[Outgoing],
        *,
        first: int = 0,
        status: str = "waiting",
    ) -> list[int]:
        """Add messages of a turn, from ordinal ``first`` on, and return the ids of their rows.

        Raises:
            SealError: The key of the conversation was destroyed.
        """
        ring = await self._keys.ring(conversation)
        rows = [
            {
                "turn": turn,
                "ordinal": ordinal,
                "conversation": conversation,
                "status": status,
                "sending_at": None if status == "waiting" else func.clock_timestamp(),
                "body": _sealed(ring, message, turn, ordinal),
            }
            for ordinal, message in enumerate(messages, first)
        ]
        added = []
        for row in rows:
            inserted = insert(outbox).values(**row).returning(outbox.c.id)
            added.append((await connection.execute(inserted)).scalar_one())
        return added

    async def next_open(
        self, connection: AsyncConnection, conversation: str, *, lease: float
    ) -> Row[tuple[object, ...]] | None:
        """Return the next row to send or to settle, locked; None when there is none.

        Rows that somebody is sending right now are passed over for ``lease`` seconds.
        """
        broken_off = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, lease)
        query = (
            select(outbox)
            .where(
                outbox.c.conversation == conversation,
                outbox.c.status.in_(OPEN),
                outbox.c.not_before <= func.clock_timestamp(),
                (outbox.c.status == "waiting") | (outbox.c.sending_at <= broken_off),
            )
            .order_by(case((outbox.c.status == "unknown", 1), else_=0), outbox.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return (await connection.execute(query)).one_or_none()

    async def wait_for_open(self, connection: AsyncConnection, conversation: str) -> float | None:
        """Return the seconds until a waiting row becomes due, or None without such a row."""
        left = func.extract("epoch", func.min(outbox.c.not_before) - func.clock_timestamp())
        query = select(left).where(
            outbox.c.conversation == conversation, outbox.c.status == "waiting"
        )
        seconds = (await connection.execute(query)).scalar_one()
        return None if seconds is None else max(float(seconds), 0.0)

    async def mark_sending(self, connection: AsyncConnection, row: int, *, repeated: bool) -> None:
        """Say that a row is being sent from now on."""
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == row)
            .values(
                status="sending",
                sending_at=func.clock_timestamp(),
                attempts=outbox.c.attempts + 1,
                repeated=repeated,
            )
        )

    async def mark_sent(
        self, row: Row[tuple[object, ...]], provider_id: str, channel: str, *, keep: bool
    ) -> None:
        """Settle a row; its body goes unless a page still has to read it.

        Whoever left while it was being sent does not find it: the provider deletes its copy.
        """
        values: dict[str, object] = {"status": "sent", "settled_at": func.clock_timestamp()}
        if provider_id:
            values["provider_key"] = self._pseudonyms.provider_id(channel, provider_id)
        if not keep:
            values["body"] = None
        name = row.conversation
        async with self.engine.begin() as connection:
            # The copy first: it waits for whoever is erasing the conversation and its replies.
            await self.copies.note(connection, channel, provider_id, name=name, under_way=True)
            settled = await connection.execute(
                update(outbox)
                .where(outbox.c.id == row.id, outbox.c.status.in_(OPEN))
                .values(**values)
            )
            if settled.rowcount == 0:
                await self.copies.note(connection, channel, provider_id, name=name, due_in=0.0)
            if keep:
                await connection.execute(select(func.pg_notify(READ_SIGNAL, row.conversation)))

    async def mark(self, row: int, status: str, *, code: str = "", wait: float = 0.0) -> None:
        """Give a row another status; a failed one loses its body."""
        values: dict[str, object] = {"status": status, "code": code[:40] or None}
        if status == "failed":
            values |= {"body": None, "settled_at": func.clock_timestamp()}
        if wait:
            values["not_before"] = func.clock_timestamp() + func.make_interval(
                0, 0, 0, 0, 0, 0, wait
            )
        async with self.engine.begin() as connection:
            await connection.execute(
                update(outbox).where(outbox.c.id == row, outbox.c.status.in_(OPEN)).values(**values)
            )

    async def drop(self, conversation: str) -> None:
        """Fail everything that waits for a conversation: they do not want to hear from us."""
        async with self.engine.begin() as connection:
            await connection.execute(
                update(outbox)
                .where(outbox.c.conversation == conversation, outbox.c.status.in_(OPEN))
                .values(status="failed", body=None, settled_at=func.clock_timestamp())
            )

    async def settle(self, row: int, status: str, *, code: str = "") -> None:
        """Take a provider's word for what became of a row: ``sent`` or ``failed``."""
        values = {"status": status, "body": None, "code": code[:40] or None}
        async with self.engine.begin() as connection:
            await connection.execute(
                update(outbox)
                .where(outbox.c.id == row, outbox.c.status.in_(("sending", "unknown", "sent")))
                .values(settled_at=func.clock_timestamp(), **values)
            )

    async def opened(self, row: Row[tuple[object, ...]]) -> Outgoing:
        """Return the message in a row. Raises SealError."""
        ring = await self._keys.ring(row.conversation)
        body = ring.open_json(row.body, row=_body_row(row.turn, row.ordinal))
        if not isinstance(body, dict):
            raise TypeError("a body is not an object")
        buttons = tuple(Button(str(token), str(label)) for token, label in body["buttons"])
        return Outgoing(
            str(body["text"]),
            buttons,
            body["language"],
            body.get("recording"),
            discreet=bool(body.get("discreet")),
        )


def _sealed(ring: KeyRing, message: Outgoing, turn: int, ordinal: int) -> bytes:
    body = {
        "text": message.text,
        "buttons": [[button.token, button.label] for button in message.buttons],
        "language": message.language,
        "recording": message.recording,
        "discreet": message.discreet,
    }
    return ring.seal_json(body, row=_body_row(turn, ordinal))


def _body_row(turn: int, ordinal: int) -> tuple[str, ...]:
    return ("outbox", "body", str(turn), str(ordinal))
