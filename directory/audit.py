"""The audit: who did what, before, after, why. Rows are only added, each bound to the one before.

How they are bound stands in :mod:`directory.audit_chain`. Whoever may write to the database as its
owner could still make a whole new chain: an exported copy, kept elsewhere, shows that. Where the
chain ends is kept beside it, since whoever cuts off its last rows leaves one that holds. What an
entry said can be taken away (``withhold``), for a place that must not be found any more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.audit_chain import (
    BEFORE_THE_FIRST,
    WITHHELD,
    WITHHELD_WORDS,
    Done,
    chained,
    is_as_written,
    told,
)
from directory.editing_tables import AuditEndRow, AuditRow

__all__ = [
    "Broken",
    "Done",
    "entries",
    "export",
    "length",
    "record",
    "record_many",
    "verify",
    "withhold",
    "withhold_reasons",
]
_LOCK = 0x61756469  # one writer at a time, or two rows would follow the same one
_BATCH = 500  # rows read or written at once


@dataclass(frozen=True)
class Broken:
    """The first row that does not follow from the one before it."""

    id: int
    problem: str


async def record(
    session: AsyncSession,
    *,
    at: datetime,
    actor: str,
    action: str,
    part: str | None = None,
    entry: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add one row in the caller's transaction; other writers wait until it ends.

    Args:
        session: In a transaction.
        at: When, with its time zone.
        actor: Name of an operator, ``pack``, ``command line`` or ``link:<organisation>``.
        action: What was done, such as ``publish``.
        part: See ``directory.parts``.
        entry: Id of the entry.
        before: What the entry said; None where it did not exist.
        after: What it says since; None where it is gone.
        reason: Why.
    """
    done = Done(action, part, entry, before, after, reason)
    await record_many(session, [done], at=at, actor=actor)


async def record_many(
    session: AsyncSession, done: Sequence[Done], *, at: datetime, actor: str
) -> None:
    """Add rows in order, as :func:`record` does."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    number, previous = await _end(session) or (0, BEFORE_THE_FIRST)
    for start in range(0, len(done), _BATCH):
        rows = []
        for one in done[start : start + _BATCH]:
            number += 1
            rows.append(chained(one, number=number, at=at, actor=actor, previous=previous))
            previous = rows[-1]["hash"]
        await session.execute(insert(AuditRow), rows)
    end = {"length": number, "hash": previous}
    await session.execute(
        upsert(AuditEndRow)
        .values(one=True, **end)
        .on_conflict_do_update(index_elements=["one"], set_=end)
    )


async def verify(session: AsyncSession) -> Broken | None:
    """Return the first row that is not as it was written, or None when the chain holds."""
    least = await _end(session)  # what is added while the rows are read comes behind it
    expected, previous = 1, BEFORE_THE_FIRST
    async for row in _rows(session):
        if row.id != expected:
            return Broken(expected, f"is missing: {row.id} follows {expected - 1}")
        if row.previous != previous:
            return Broken(row.id, "does not follow from the row before it")
        if not is_as_written(row):
            return Broken(row.id, "was changed after it was written")
        expected, previous = expected + 1, row.hash
    return await _broken_end(session, expected - 1, least)


async def entries(
    session: AsyncSession,
    *,
    part: str | None = None,
    entry: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> list[AuditRow]:
    """Return rows that fit, newest first, at most ``limit`` of them older than ``before_id``."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    for column, wanted in (
        (AuditRow.part, part),
        (AuditRow.entry, entry),
        (AuditRow.actor, actor),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if since is not None:
        query = query.where(AuditRow.at >= since)
    if before_id is not None:
        query = query.where(AuditRow.id < before_id)
    return list(await session.scalars(query))


async def export(session: AsyncSession) -> AsyncIterator[dict[str, Any]]:
    """Yield every row in order as JSON can hold it; hashes in hexadecimal digits."""
    async for row in _rows(session):
        yield told(row)


async def withhold(session: AsyncSession, part: str, entry: str) -> None:
    """Take away what an entry said, in every row about it: it told a place that is hidden now."""
    for column in (AuditRow.before, AuditRow.after):
        await session.execute(
            update(AuditRow)
            .where(AuditRow.part == part, AuditRow.entry == entry, column.is_not(None))
            .values({column: WITHHELD})
        )


async def withhold_reasons(session: AsyncSession, part: str, entry: str, *, but: str) -> None:
    """Take away why an entry was changed, in every row about it: free words may tell a place.

    Args:
        session: In a transaction.
        part: See ``directory.parts``.
        entry: Id of the entry.
        but: The reason that stays: why it is hidden now.
    """
    about = or_(AuditRow.entry == entry, AuditRow.after["with"].astext == entry)
    known = AuditRow.reason_hash.is_not(None) & AuditRow.reason.not_in(("", but, WITHHELD_WORDS))
    await session.execute(
        update(AuditRow).where(AuditRow.part == part, about, known).values(reason=WITHHELD_WORDS)
    )


async def length(session: AsyncSession) -> int:
    """Return how many rows there are."""
    return (await session.execute(select(func.count()).select_from(AuditRow))).scalar_one()


async def _end(session: AsyncSession) -> tuple[int, bytes] | None:
    """Return number and hash of the last row that was written; None before the first."""
    found = (await session.execute(select(AuditEndRow.length, AuditEndRow.hash))).one_or_none()
    return None if found is None else (found.length, found.hash)


async def _broken_end(
    session: AsyncSession, seen: int, least: tuple[int, bytes] | None
) -> Broken | None:
    """Return what is wrong behind the last row that was seen, or None."""
    if seen < (least[0] if least else 0):
        return Broken(seen + 1, "is missing at the end")
    most = await _end(session)
    if seen > (most[0] if most else 0):
        return Broken(most[0] + 1 if most else 1, "was slipped in at the end")
    return None


async def _rows(session: AsyncSession) -> AsyncIterator[AuditRow]:
    after = 0
    while True:
        query = select(AuditRow).where(AuditRow.id > after).order_by(AuditRow.id).limit(_BATCH)
        found = list(await session.scalars(query))
        for row in found:
            yield row
            session.expunge(row)
        if len(found) < _BATCH:
            return
        after = found[-1].id
