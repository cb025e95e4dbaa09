"""The quick exit: everything of a conversation that waits or runs is gone at once.

It asks nobody: neither the enclave nor a job that is under way. An answer that is being made
finds its turn gone, a reply that is being sent is deleted at the provider as soon as it has an
id there.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.messages import SOURCE_LANGUAGE
from delivery.channel import Channel
from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.envelope import Outgoing
from delivery.flags import Flag, Flags
from delivery.holding import hold
from delivery.outbox import OPEN, Outbox
from delivery.queue import Queue
from delivery.reading import tell_left
from delivery.tables import conversation, inbox, outbox
from delivery.wording import Renderer

LINE = "exit.line"  # small talk, as anybody could have sent it
_NO_LINE = "sms"  # where a further message would only be noticed


class Leaving:
    """Lets people out."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        rows: Outbox,
        channels: Mapping[str, Channel],
        *,
        queue: Queue,
        copies: ProviderCopies,
        flags: Flags,
        renderer: Renderer,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._outbox = rows
        self._channels = channels
        self._queue = queue
        self._copies = copies
        self._flags = flags
        self._renderer = renderer

    async def leave(self, name: str) -> None:
        """Let a person out who left by a button of a page; nothing for an unknown conversation."""
        async with self._engine.begin() as connection:
            await hold(connection, name)
            await self.leave_within(connection, name, hint=None)

    async def leave_within(
        self, connection: AsyncConnection, name: str, *, hint: str | None
    ) -> None:
        """Let a person out within a transaction that holds the conversation.

        Nothing of it waits, runs or resumes once the transaction is committed. On a page nothing
        at all is left; elsewhere the language and their own safe word are, and one neutral line.

        Args:
            connection: The transaction.
            name: The conversation.
            hint: BCP 47 tag of a language of ours, where none is known from an answer.
        """
        query = select(conversation.c.channel, conversation.c.language)
        row = (await connection.execute(query.where(conversation.c.id == name))).one_or_none()
        channel = self._channels.get(row.channel) if row is not None else None
        if row is None or channel is None or channel.waits_for_reader:
            # The turns first, as below: who writes an answer has locked its turn.
            await connection.execute(delete(inbox).where(inbox.c.conversation == name))
            await self._keys.destroy(name)
            await connection.execute(delete(conversation).where(conversation.c.id == name))
            await tell_left(connection, name)
            return  # no flag: the page's name is never used again
        await self._flags.put(connection, name, Flag.EXIT)
        await empty(connection, name)
        await self._copies.want_gone(connection, name)
        if channel.worded_as != _NO_LINE:
            language = row.language or hint or SOURCE_LANGUAGE
            line = Outgoing(self._renderer.text(LINE, language), language=language)
            turn = (await connection.execute(select(func.nextval(_TURNS)))).scalar_one()
            await self._outbox.add(connection, name, turn, [line])
            await self._queue.put_send(connection, name)


_TURNS = "inbox_id_seq"  # a line without a turn of its own takes a number like one


async def empty(connection: AsyncConnection, name: str) -> None:
    """Drop what a person wrote that waits, every open reply, and what was remembered.

    The turns first: who is writing an answer has locked its turn, and then writes replies.
    """
    await connection.execute(delete(inbox).where(inbox.c.conversation == name))
    await connection.execute(
        update(outbox)
        .where(outbox.c.conversation == name, outbox.c.status.in_(OPEN))
        .values(status="failed", body=None, settled_at=func.clock_timestamp())
    )
    await connection.execute(
        update(conversation)
        .where(conversation.c.id == name)
        .values(state=None, offers=None, by_hand_at=None)
    )
