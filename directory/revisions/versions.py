"""The versions of entries as they stand in their table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, publishing
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.published import Published
from directory.refusals import RevisionError

BY_PACK = "pack"  # author of what was loaded before anybody edited it


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    RETIRED = "retired"


async def history(session: AsyncSession, part: Part, entry: str) -> list[RevisionRow]:
    """Return every version of an entry, newest first."""
    rows = select(RevisionRow).where(_of(part, [entry])).order_by(RevisionRow.id.desc())
    return list(await session.scalars(rows))


async def waiting(session: AsyncSession, state: State = State.IN_REVIEW) -> list[RevisionRow]:
    """Return the versions that somebody has to decide on, the longest waiting first."""
    rows = select(RevisionRow).where(RevisionRow.state == state)
    return list(await session.scalars(rows.order_by(RevisionRow.submitted_at, RevisionRow.id)))


async def locked(session: AsyncSession, revision: int, *states: State) -> RevisionRow:
    """Return a version in one of these states, locked until the transaction ends."""
    found = await session.get(RevisionRow, revision, with_for_update=True)
    if found is None:
        raise RevisionError("there is no such version")
    if found.state not in states:
        raise RevisionError(f"this version is {found.state.replace('_', ' ')} already")
    return found


async def end(session: AsyncSession, part: Part, entries: Sequence[str], state: State) -> None:
    """Let the versions of entries that are published stand in another state."""
    await session.execute(
        update(RevisionRow)
        .where(_of(part, entries), RevisionRow.state == State.PUBLISHED)
        .values(state=state)
    )


async def base_of(session: AsyncSession, current: Published | None) -> int | None:
    """Return the version that is published; what came from a pack gets one, to go back to."""
    if current is None or current.revision is not None:
        return current.revision if current else None
    made = RevisionRow(**as_loaded(current))
    session.add(made)
    await session.flush()
    await publishing.mark(session, current.part, current.entry, made.id)
    return made.id


def as_loaded(one: Published) -> dict[str, Any]:
    """Return the columns of a version that says what a pack said, to go back to."""
    return {
        "part": one.part,
        "entry": one.entry,
        "country": one.country,
        "body": dict(one.body),
        "state": State.PUBLISHED,
        "author": BY_PACK,
        "reason": "as it was loaded",
        "origin": one.origin,
        "created_at": one.changed_at,
        "decided_at": one.changed_at,
    }


async def write_down(
    session: AsyncSession,
    found: RevisionRow,
    action: str,
    *,
    actor: str,
    at: datetime,
    reason: str,
    before: Published | None = None,
) -> None:
    """Write a step of a version into the audit."""
    await audit.record(
        session, at=at, actor=actor, action=action, part=found.part, entry=found.entry,
        before=before.body if before else None, after=found.body, reason=reason,
    )  # fmt: skip


def _of(part: Part, entries: Sequence[str]) -> ColumnElement[bool]:
    return (RevisionRow.part == part) & RevisionRow.entry.in_(entries)
