"""Sends what waits for a conversation, and settles what is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import Row, func, select, update

from delivery.channel import Channel, Sending
from delivery.clock import now
from delivery.conversation_keys import ConversationKeys
from delivery.envelope import Outgoing
from delivery.errors import Outcome, SendError, TryAgainError
from delivery.memory import Memory, Remembered
from delivery.outbox import Outbox
from delivery.seal import SealError
from delivery.tables import conversation, outbox
from delivery.timing import Timing
from delivery.wording import Renderer

POSSIBLE_REPEAT = "delivery.possible_repeat"  # stands before a reply that may arrive twice
_REPEAT_SIGN = "↻"  # when even that line cannot be worded
_FAULT_WAIT = 60.0  # seconds; a wrong token is mended by a person
_UNSURE_TRIES = 2  # "once more", then no third copy

log = structlog.get_logger()


class Sender:
    """Sends rows of the outbox, oldest first."""

    def __init__(
        self,
        outbox: Outbox,
        keys: ConversationKeys,
        channels: Mapping[str, Channel],
        *,
        renderer: Renderer,
        timing: Timing,
    ) -> None:
        self._outbox = outbox
        self._memory = Memory(keys)
        self._channels = channels
        self._renderer = renderer
        self._timing = timing

    async def send_all(self, name: str) -> None:
        """Send everything that is due for a conversation.

        Raises:
            TryAgainError: Something is left for later.
        """
        known, address = await self._recall(name)
        if known is None:
            return
        if address is None:
            await self._outbox.drop(name)
            return
        channel = self._channels[known.channel]
        await self._clear_away(known, channel)
        while (row := await self._claim(known, channel)) is not None:
            if row.status == "waiting":
                await self.send_row(row, known, address)
            else:
                await self._settle(row, known, address)
        async with self._outbox.engine.connect() as connection:
            wait = await self._outbox.wait_for_open(connection, name)
        if wait is not None:
            raise TryAgainError(max(wait, 0.1))

    async def send_row(
        self, row: Row[tuple[object, ...]], known: Remembered, address: str, *, again: bool = False
    ) -> None:
        """Send one claimed row and write down what became of it."""
        channel = self._channels[known.channel]
        try:
            message = await self._outbox.opened(row)
        except SealError:
            await self._lose(row, channel)
            return
        if again:
            message = self._marked(message, known)
        began = row.sending_at or now()
        try:
            provider_id = await channel.send(address, message, Sending(row.id, began))
        except SendError as error:
            await self._failed(row, known, error)
            return
        await self._outbox.mark_sent(row, provider_id, channel.name, keep=channel.waits_for_reader)
        log.info("sent", channel=channel.name, outcome="repeated" if again else "sent")

    async def _clear_away(self, known: Remembered, channel: Channel) -> None:
        """Delete what a person who left was shown, so that nothing but the next line is there."""
        if channel.copies is None or channel.copies.at_once:
            return
        try:
            await self._outbox.copies.look(known.name)
        except Exception as error:  # noqa: BLE001 -- it is tried again; the reply must not wait
            log.warning("copies not looked at", error=type(error).__name__)

    async def _recall(self, name: str) -> tuple[Remembered | None, str | None]:
        async with self._outbox.engine.connect() as connection:
            known = await self._memory.recall(connection, name)
            return known, await self._memory.address(connection, name)

    async def _claim(self, known: Remembered, channel: Channel) -> Row[tuple[object, ...]] | None:
        lease = self._timing.lease
        async with self._outbox.engine.begin() as connection:
            if await self._outbox.next_open(connection, known.name, lease=lease) is None:
                return None
        await channel.pace.wait(known.name)
        async with self._outbox.engine.begin() as connection:
            row = await self._outbox.next_open(connection, known.name, lease=lease)
            if row is not None and row.status == "waiting":
                await self._outbox.mark_sending(connection, row.id, repeated=row.repeated)
        return row

    async def _settle(self, row: Row[tuple[object, ...]], known: Remembered, address: str) -> None:
        """Find out what became of a send that was broken off, or send it once more."""
        channel = self._channels[known.channel]
        sending = Sending(row.id, row.sending_at)
        if channel.looks_up:
            try:
                message = await self._outbox.opened(row)
                found = await channel.find(address, message, sending)
            except SealError:
                await self._lose(row, channel)
                return
            except SendError as error:
                if now() - row.sending_at < timedelta(seconds=self._timing.unknown):
                    wait = self._timing.settle
                    await self._outbox.mark(row.id, "unknown", code=error.code, wait=wait)
                    return
            else:
                if found is not None:
                    await self._outbox.mark_sent(row, found, channel.name, keep=False)
                    return
        if row.attempts >= _UNSURE_TRIES:
            log.error("given up", channel=channel.name, outcome=Outcome.UNKNOWN.value)
            await self._outbox.mark(row.id, "failed", code="unknown")
            return
        async with self._outbox.engine.begin() as connection:
            await self._outbox.mark_sending(connection, row.id, repeated=True)
        await self.send_row(row, known, address, again=not channel.waits_for_reader)

    async def _failed(
        self, row: Row[tuple[object, ...]], known: Remembered, error: SendError
    ) -> None:
        log.warning("not sent", channel=known.channel, outcome=error.outcome.value, code=error.code)
        if error.outcome is Outcome.STOPPED:
            await self._stop(known.name)
        elif error.outcome is Outcome.REJECTED:
            await self._outbox.mark(row.id, "failed", code=error.code)
        elif error.outcome is Outcome.UNKNOWN:
            await self._outbox.mark(row.id, "unknown", code=error.code)
        else:
            wait = min(self._timing.retry * 2 ** min(row.attempts, 6), self._timing.unknown)
            if error.outcome is Outcome.OUR_FAULT:
                log.error("a setting is wrong", channel=known.channel, code=error.code)
                wait = _FAULT_WAIT
            await self._outbox.mark(
                row.id, "waiting", code=error.code, wait=max(wait, error.retry_in or 0.0)
            )

    async def _stop(self, name: str) -> None:
        async with self._outbox.engine.begin() as connection:
            await connection.execute(
                update(conversation)
                .where(conversation.c.id == name)
                .values(stopped_at=func.clock_timestamp())
            )
        await self._outbox.drop(name)

    async def _lose(self, row: Row[tuple[object, ...]], channel: Channel) -> None:
        """Give up a reply whose key is gone, so that the next ones are sent."""
        log.warning("reply lost", channel=channel.name, error="SealError")
        await self._outbox.mark(row.id, "failed", code="seal")

    def _marked(self, message: Outgoing, known: Remembered) -> Outgoing:
        """Return the message with a line before it: this may be a repeat."""
        try:
            line = self._renderer.text(POSSIBLE_REPEAT, message.language or known.language)
        except Exception:  # noqa: BLE001 -- the reply matters more than its mark
            line = _REPEAT_SIGN
        return replace(message, text=f"{line}\n{message.text}")


async def unsettled(engine_outbox: Outbox, *, lease: float) -> list[str]:
    """Return the conversations with a send that was broken off, or that nobody takes up."""
    age = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, lease)
    query = (
        select(outbox.c.conversation)
        .where(
            (outbox.c.status.in_(("sending", "unknown")) & (outbox.c.sending_at <= age))
            | ((outbox.c.status == "waiting") & (outbox.c.not_before <= age)),
            outbox.c.not_before <= func.clock_timestamp(),
        )
        .distinct()
    )
    async with engine_outbox.engine.connect() as connection:
        return list((await connection.execute(query)).scalars())
