"""Short messages to organisations at their published numbers, sent by the SMS channel if there is.

No person who seeks help is ever among them. The console writes them, a worker of the gateway
sends them; number and text are gone once they are sent. An unsure send is not repeated: whoever
is asked is reminded anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import anyio
import structlog
from sqlalchemy import Executable, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from delivery.channel import Channel, Sending
from delivery.clock import now
from delivery.copies import ProviderCopies
from delivery.envelope import Outgoing
from delivery.errors import Outcome, SendError
from delivery.tables import notice

SMS = "sms"
_LATER = frozenset({Outcome.TRY_LATER, Outcome.OUR_FAULT})
_LOOK = 15.0  # seconds between two looks
_LEASE = 120.0  # seconds; what a killed worker took is tried again then
_LONGEST = 3600.0
_NO_REPLY = 0  # no row of the outbox has this number

log = structlog.get_logger()


async def add_notice(session: AsyncSession, *, request: int, number: str, text: str) -> None:
    """Have a text sent to a published number, in the caller's transaction.

    ``number`` is in international form (E.164); ``request`` a verification request.
    """
    row = insert(notice).values(request=request, number=number, body=text)
    await session.execute(row)


async def states_of(session: AsyncSession, requests: Sequence[int]) -> dict[int, str]:
    """Return what became of the last notice of each request: waiting, sent or failed."""
    rows = await session.execute(
        select(notice.c.request, notice.c.settled_at, notice.c.code)
        .where(notice.c.request.in_(requests))
        .order_by(notice.c.id)
    )
    return {row.request: _state(row.settled_at is not None, row.code) for row in rows}


class Notices:
    """Sends notices, a few at a time."""

    def __init__(
        self, engine: AsyncEngine, channels: Mapping[str, Channel], copies: ProviderCopies
    ) -> None:
        self._engine = engine
        self._channels = channels
        self._copies = copies

    async def run(self) -> None:
        """Send what waits until cancelled."""
        while True:
            try:
                while await self.look():
                    pass
            except Exception as error:  # noqa: BLE001 -- the next round makes up for this one
                log.warning("notices not looked at", error=type(error).__name__)
            await anyio.sleep(_LOOK)

    async def look(self) -> bool:
        """Try the notice that waits longest; return False when none does or there is no SMS."""
        channel = self._channels.get(SMS)
        row = await self._claim() if channel is not None else None
        if channel is None or row is None:
            return False
        await channel.pace.wait(f"notice {row.request}")
        try:
            sending = Sending(outbox=_NO_REPLY, since=now())
            reference = await channel.send(row.number, Outgoing(row.body), sending)
        except SendError as error:
            await self._failed(row, error)
        else:
            await self._settle(row, None, reference)
        return True

    async def _claim(self) -> Row[tuple[object, ...]] | None:
        waiting = (
            select(notice.c.id)
            .where(notice.c.settled_at.is_(None), notice.c.not_before <= func.clock_timestamp())
            .order_by(notice.c.not_before)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(notice)
            .where(notice.c.id.in_(waiting))
            .values(not_before=_in(_LEASE), attempts=notice.c.attempts + 1)
            .returning(notice)
        )
        async with self._engine.begin() as connection:
            claimed: Row[tuple[object, ...]] | None = (
                await connection.execute(claim)
            ).one_or_none()
        return claimed

    async def _failed(self, row: Row[tuple[object, ...]], error: SendError) -> None:
        log.info("notice not sent", channel=SMS, code=error.code, error=error.outcome.value)
        if error.outcome not in _LATER:
            unsure = error.outcome is Outcome.UNKNOWN
            await self._settle(row, None if unsure else error.code or error.outcome.value, "")
            return
        wait = error.retry_in or min(60.0 * 2 ** min(row.attempts - 1, 12), _LONGEST)
        later = {"not_before": _in(wait), "code": error.code[:40]}
        await self._execute(update(notice).where(notice.c.id == row.id).values(**later))

    async def _settle(self, row: Row[tuple[object, ...]], code: str | None, reference: str) -> None:
        done = {"settled_at": func.clock_timestamp(), "number": None, "body": None}
        settled = update(notice).where(notice.c.id == row.id)
        async with self._engine.begin() as connection:
            await connection.execute(settled.values(code=code and code[:40], **done))
            await self._copies.note(connection, SMS, reference, name=None, under_way=True)

    async def _execute(self, statement: Executable) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(statement)


def _state(settled: bool, code: str | None) -> str:
    if not settled:
        return "waiting"
    return "failed" if code else "sent"


def _in(seconds: float) -> object:
    return func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
