"""Deletes what has no more use, and everything about a person who asks for it."""

from __future__ import annotations

import anyio
import structlog
from sqlalchemy import ColumnElement, delete, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.outbox import OPEN
from delivery.pseudonym import Pseudonyms
from delivery.tables import conversation, gaps, inbox, outbox, seen, understood
from delivery.timing import Retention

_EVERY = 60.0  # seconds
_FAILED_JOBS = "DELETE FROM procrastinate_jobs WHERE status IN ('failed', 'cancelled', 'aborted')"
_LOCK = 0x66617267  # one sweep at a time, whatever the number of workers

log = structlog.get_logger()


async def run_forgetting(engine: AsyncEngine, retention: Retention) -> None:
    """Sweep until cancelled."""
    while True:
        try:
            await forget(engine, retention)
        except Exception as error:  # noqa: BLE001 -- the next sweep makes up for this one
            log.warning("forgetting failed", error=type(error).__name__)
        await anyio.sleep(_EVERY)


async def forget(engine: AsyncEngine, retention: Retention) -> None:
    """Delete everything past its retention."""
    async with engine.begin() as connection:
        free = await connection.execute(select(func.pg_try_advisory_xact_lock(_LOCK)))
        if free.scalar_one():
            await _forget_replies(connection, retention)
            await _forget_people(connection, retention)
            await _forget_counts(connection, retention)
            await connection.execute(text(_FAILED_JOBS))


async def erase(engine: AsyncEngine, pseudonyms: Pseudonyms, channel: str, address: str) -> bool:
    """Delete everything about a person on a channel; return whether there was anything."""
    name = pseudonyms.conversation(channel, address)
    async with engine.begin() as connection:
        gone = await connection.execute(delete(conversation).where(conversation.c.id == name))
    return gone.rowcount == 1


async def _forget_replies(connection: AsyncConnection, retention: Retention) -> None:
    unread = (outbox.c.status == "sent") & outbox.c.body.is_not(None)
    await connection.execute(
        update(outbox)
        .where(unread, _older(outbox.c.settled_at, retention.unread / 60))
        .values(body=None)
    )
    await connection.execute(delete(outbox).where(_older(outbox.c.created_at, retention.settled)))
    await connection.execute(delete(inbox).where(_older(inbox.c.accepted_at, retention.unanswered)))
    await connection.execute(delete(seen).where(_older(seen.c.at, retention.provider_ids)))


async def _forget_people(connection: AsyncConnection, retention: Retention) -> None:
    waiting = exists().where(outbox.c.conversation == conversation.c.id, outbox.c.status.in_(OPEN))
    idle = _older(conversation.c.seen_at, retention.idle_days * 24)
    await connection.execute(delete(conversation).where(idle, ~waiting))


async def _forget_counts(connection: AsyncConnection, retention: Retention) -> None:
    old = understood.c.month < func.current_date() - func.make_interval(0, retention.count_months)
    await connection.execute(delete(understood).where(old))
    missing = gaps.c.day < func.current_date() - func.make_interval(0, retention.count_months)
    await connection.execute(delete(gaps).where(missing))


def _older(column: ColumnElement[object], hours: float) -> ColumnElement[bool]:
    return column < func.now() - func.make_interval(0, 0, 0, 0, 0, 0, hours * 3600)
