"""What an author does with a version: begins it, changes it, gives it to review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published
from directory.bodies import HasMessage, demand_fit
from directory.editing_tables import RevisionRow
from directory.parts import Origin, Part
from directory.refusals import RevisionError
from directory.revisions.versions import State, base_of, locked, write_down
from directory.withheld import kept_of


async def draft(
    session: AsyncSession,
    *,
    part: Part,
    entry: str,
    country: str | None,
    body: Mapping[str, Any],
    author: str,
    reason: str,
    now: datetime,
    origin: Origin = Origin.CONSOLE,
    has_message: HasMessage | None = None,
) -> RevisionRow:
    """Return a new draft, made from what is published now.

    Raises:
        BodyError: Something is wrong in the body; nothing was kept.
    """
    demand_fit(part, body, country, has_message)
    current = await published.get(session, part, entry)
    made = RevisionRow(
        part=part,
        entry=entry,
        country=country,
        body=kept_of(part, body),
        state=State.DRAFT,
        based_on=await base_of(session, current),
        author=author,
        reason=reason,
        origin=origin,
        created_at=now,
    )
    session.add(made)
    await session.flush()
    await write_down(session, made, "draft", actor=author, at=now, before=current, reason=reason)
    return made


async def edit(
    session: AsyncSession,
    revision: int,
    *,
    body: Mapping[str, Any],
    reason: str,
    author: str,
    now: datetime,
    has_message: HasMessage | None = None,
) -> RevisionRow:
    """Change a draft, or a version in review, which becomes a draft again; return it.

    Raises:
        RevisionError: It is somebody else's, or decided already.
        BodyError: Something is wrong in the body; nothing was changed.
    """
    found = await locked(session, revision, State.DRAFT, State.IN_REVIEW)
    if found.author != author:
        raise RevisionError(f"only {found.author} can change this draft")
    demand_fit(Part(found.part), body, found.country, has_message)
    before, found.body = found.body, kept_of(Part(found.part), body)
    found.reason, found.state, found.submitted_at = reason, State.DRAFT, None
    await audit.record(
        session, at=now, actor=author, action="edit draft", part=found.part, entry=found.entry,
        before=before, after=found.body, reason=reason,
    )  # fmt: skip
    return found


async def submit(session: AsyncSession, revision: int, *, actor: str, now: datetime) -> RevisionRow:
    """Give a draft to review; return it. Raises RevisionError: it is no draft."""
    found = await locked(session, revision, State.DRAFT)
    found.state, found.submitted_at = State.IN_REVIEW, now
    await write_down(session, found, "submit", actor=actor, at=now, reason=found.reason)
    return found


async def restore(
    session: AsyncSession, revision: int, *, author: str, reason: str, now: datetime
) -> RevisionRow:
    """Return a new draft that says what an older version said. Raises RevisionError, BodyError."""
    old = await session.get(RevisionRow, revision)
    if old is None:
        raise RevisionError("there is no such version")
    return await draft(
        session, part=Part(old.part), entry=old.entry, country=old.country, body=old.body,
        author=author, reason=reason, now=now,
    )  # fmt: skip
