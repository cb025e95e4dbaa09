"""Deletes what has no more use, and everything about a person who asks for it."""

from __future__ import annotations

import time

import anyio
import structlog
from sqlalchemy import Delete, Update, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.compacting import CONVERSATIONS, KEYS, Compacting
from delivery.conversation_keys import ConversationKeys
from delivery.erasing import Erasing
from delivery.errors import TryAgainError
from delivery.holding import hold, try_to_hold
from delivery.pseudonym import Pseudonyms
from delivery.retention import PEOPLE, RULES, job_hours
from delivery.tables import conversation
from delivery.timing import Retention

_EVERY = 30.0  # seconds
_REWRITTEN_EVERY = 3600.0  # seconds between two times that the tables are written anew
_ORPHANS_EVERY = 3600.0  # seconds; a key is at least as old before it can be one
_AT_ONCE = 500  # conversations
_DEAD_JOBS = text(
    "DELETE FROM procrastinate_jobs AS job WHERE status IN ('failed', 'cancelled', 'aborted')"
    " OR status = 'todo' AND EXISTS (SELECT FROM procrastinate_events WHERE job_id = job.id"
    " AND at < now() - make_interval(secs => 3600 * :hours))"
)
_LOCK = 0x66617267  # one sweep at a time, whatever the number of workers

log = structlog.get_logger()


async def run_forgetting(engine: AsyncEngine, keys: ConversationKeys, retention: Retention) -> None:
    """Sweep until cancelled."""
    orphans_at = 0.0
    compacting = (
        Compacting(keys.engine, KEYS, every=_EVERY),
        Compacting(engine, CONVERSATIONS, every=_REWRITTEN_EVERY),
    )
    while True:
        try:
            await forget(engine, keys, retention)
            if time.monotonic() >= orphans_at:
                await forget_orphans(engine, keys)
                orphans_at = time.monotonic() + _ORPHANS_EVERY
            for files in compacting:
                await files.run_if_due()
        except Exception as error:  # noqa: BLE001 -- the next sweep makes up for this one
            log.warning("forgetting failed", error=type(error).__name__)
        await anyio.sleep(_EVERY)


async def forget(engine: AsyncEngine, keys: ConversationKeys, retention: Retention) -> None:
    """Delete everything past its retention."""
    async with engine.begin() as connection:
        free = await connection.execute(select(func.pg_try_advisory_xact_lock(_LOCK)))
        if free.scalar_one():
            await _forget_old(connection, retention)
    await _forget_people(engine, keys, retention)


async def erase(
    engine: AsyncEngine, erasing: Erasing, pseudonyms: Pseudonyms, channel: str, address: str
) -> bool:
    """Delete everything about a person on a channel, and return when it is gone.

    Nothing is said to them. What was said is unreadable at once; the rest may wait for a provider.

    Returns:
        False when there was nothing.
    """
    name = pseudonyms.conversation(channel, address)
    async with engine.begin() as connection:
        await hold(connection, name)
        found = await erasing.begin(connection, name, turn=None)
    while found:
        try:
            await erasing.erase(name)
        except TryAgainError as error:
            await anyio.sleep(error.seconds)
        else:
            return True
    return False


async def forget_orphans(
    engine: AsyncEngine, keys: ConversationKeys, *, older_than: float = _ORPHANS_EVERY
) -> int:
    """Destroy old keys without a conversation; return how many there were.

    They are left where a process died between making a key and storing the message.
    """
    last, destroyed = "", 0
    while names := await keys.names(older_than=older_than, after=last, at_most=_AT_ONCE):
        last = names[-1]
        async with engine.begin() as connection:
            query = select(conversation.c.id).where(conversation.c.id.in_(names))
            known = set((await connection.execute(query)).scalars())
            held = [
                name for name in names if name not in known and await try_to_hold(connection, name)
            ]
            # Looked up again: one of them may have written before it was held.
            known = set((await connection.execute(query)).scalars())
            orphans = [name for name in held if name not in known]
            await keys.destroy_all(orphans)
        destroyed += len(orphans)
    return destroyed


async def _forget_people(engine: AsyncEngine, keys: ConversationKeys, retention: Retention) -> None:
    idle = PEOPLE.overdue(retention)
    query = select(conversation.c.id).where(idle).limit(_AT_ONCE)
    while True:
        async with engine.begin() as connection:
            names = (await connection.execute(query)).scalars().all()
            held = [name for name in names if await try_to_hold(connection, name)]
            gone = delete(conversation).where(conversation.c.id.in_(held), idle)
            deleted = (await connection.execute(gone.returning(conversation.c.id))).scalars().all()
            # Before the rows: a key that outlived them would be found only an hour later.
            await keys.destroy_all(deleted)
        if not deleted:
            return


async def _forget_old(connection: AsyncConnection, retention: Retention) -> None:
    for rule in RULES:
        if rule.emptied is None:
            gone: Delete | Update = delete(rule.table)
        else:
            gone = update(rule.table).values({rule.emptied: None})
        await connection.execute(gone.where(rule.overdue(retention)))
    await connection.execute(_DEAD_JOBS, {"hours": job_hours(retention)})
