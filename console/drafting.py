"""Keeping drafts: one open draft for each author of an entry, made from what is published now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from console.entries import OPEN, Entry
from directory import numbering, revisions
from directory.bodies import HasMessage
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.revisions import State

WITHDRAWN = "withdrawn by its author"
_LOCK = 0x6E657773  # one new entry at a time, or two would get the same id


async def keep(
    session: AsyncSession,
    entry: Entry,
    own: RevisionRow | None,
    body: Mapping[str, Any],
    *,
    author: str,
    reason: str,
    now: datetime,
    has_message: HasMessage,
) -> RevisionRow:
    """Return the author's draft with a body: the one they have, or a new one.

    A draft that was made from what is no longer published is withdrawn for a new one.

    Raises BodyError, RevisionError.
    """
    if own is not None and not entry.is_stale(own):
        return await revisions.edit(
            session, own.id, body=body, reason=reason, author=author, now=now,
            has_message=has_message,
        )  # fmt: skip
    if own is not None:
        await withdraw(session, own, actor=author, now=now)
    return await revisions.draft(
        session, part=entry.part, entry=entry.id, country=entry.country, body=body,
        author=author, reason=reason, now=now, has_message=has_message,
    )  # fmt: skip


async def begin(
    session: AsyncSession,
    part: Part,
    country: str,
    body: Mapping[str, Any],
    *,
    author: str,
    reason: str,
    now: datetime,
    has_message: HasMessage,
) -> RevisionRow:
    """Return the draft of a new entry; the same one where the form was sent twice.

    Raises BodyError.
    """
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if found := await _sent_before(session, part, country, body, author):
        return found
    own = await numbering.next_entry(session, part, country)
    return await revisions.draft(
        session, part=part, entry=own, country=country, body={**body, "id": own},
        author=author, reason=reason, now=now, has_message=has_message,
    )  # fmt: skip


async def withdraw(
    session: AsyncSession, version: RevisionRow, *, actor: str, now: datetime
) -> None:
    """Take back a version that waits or was begun. Raises RevisionError: it was decided."""
    if version.state == State.DRAFT:
        await revisions.submit(session, version.id, actor=actor, now=now)
    await revisions.reject(session, version.id, actor=actor, decision=WITHDRAWN, now=now)


async def _sent_before(
    session: AsyncSession, part: Part, country: str, body: Mapping[str, Any], author: str
) -> RevisionRow | None:
    rows = await session.scalars(
        select(RevisionRow).where(
            RevisionRow.part == part,
            RevisionRow.country == country,
            RevisionRow.author == author,
            RevisionRow.state.in_(OPEN),
        )
    )
    wanted = {**body, "id": None}
    return next((row for row in rows if {**row.body, "id": None} == wanted), None)
