"""The life of a version: draft, review, published, retired. Nothing that was published is lost.

Four eyes: who wrote a version does not publish it, unless they say that they are alone, which the
audit keeps. A version that was made from an older one than what is published now is stale: it has
to be made again, so that nobody undoes a correction without seeing it.

The caller commits; each step is written into the audit in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published
from directory.bodies import HasMessage, demand_fit
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.guards import demand_not_needed, demand_still_reachable
from directory.parts import Origin, Part
from directory.published import Published
from directory.refusals import OwnWorkError, RevisionError, StaleError
from directory.withheld import is_withheld, stored
from directory.withholding import withhold

_BY_PACK = "pack"  # author of what was loaded before anybody edited it


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    RETIRED = "retired"


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
        body=_kept(part, body),
        state=State.DRAFT,
        based_on=await _base(session, current, now),
        author=author,
        reason=reason,
        origin=origin,
        created_at=now,
    )
    session.add(made)
    await session.flush()
    await _audit(session, made, "draft", actor=author, at=now, before=current, reason=reason)
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
    found = await _in(session, revision, State.DRAFT, State.IN_REVIEW)
    if found.author != author:
        raise RevisionError(f"only {found.author} can change this draft")
    demand_fit(Part(found.part), body, found.country, has_message)
    before, found.body = found.body, _kept(Part(found.part), body)
    found.reason, found.state, found.submitted_at = reason, State.DRAFT, None
    await audit.record(
        session, at=now, actor=author, action="edit draft", part=found.part, entry=found.entry,
        before=before, after=found.body, reason=reason,
    )  # fmt: skip
    return found


async def submit(session: AsyncSession, revision: int, *, actor: str, now: datetime) -> RevisionRow:
    """Give a draft to review; return it. Raises RevisionError: it is no draft."""
    found = await _in(session, revision, State.DRAFT)
    found.state, found.submitted_at = State.IN_REVIEW, now
    await _audit(session, found, "submit", actor=actor, at=now, reason=found.reason)
    return found


async def publish(
    session: AsyncSession,
    revision: int,
    *,
    actor: str,
    places: Gazetteer,
    now: datetime,
    alone: bool = False,
) -> RevisionRow:
    """Publish a version in review; return it. Chat says it from the commit on.

    Raises:
        OwnWorkError: The actor wrote it, and did not say that they are alone.
        StaleError: Something newer was published since it was made.
        RevisionError: It is not in review, or would leave danger without a line.
        UnknownCountryError: There is no pack for its country.
    """
    found = await _in(session, revision, State.IN_REVIEW)
    if found.author == actor and not alone:
        raise OwnWorkError("somebody else has to look at what you wrote")
    await _put(session, found, actor=actor, places=places, now=now, alone=alone)
    return found


async def publish_now(
    session: AsyncSession,
    *,
    part: Part,
    entry: str,
    country: str | None,
    body: Mapping[str, Any],
    actor: str,
    reason: str,
    origin: Origin,
    places: Gazetteer,
    now: datetime,
    has_message: HasMessage | None = None,
) -> RevisionRow:
    """Publish a body in one step, for what needs no second pair of eyes: a pause, a confirmation.

    Raises BodyError, RevisionError, UnknownCountryError; nothing was changed then.
    """
    made = await draft(
        session, part=part, entry=entry, country=country, body=body, author=actor,
        reason=reason, now=now, origin=origin, has_message=has_message,
    )  # fmt: skip
    await _put(session, made, actor=actor, places=places, now=now, alone=False)
    return made


async def reject(
    session: AsyncSession, revision: int, *, actor: str, decision: str, now: datetime
) -> RevisionRow:
    """Send a version back with a word to its author; return it. Raises RevisionError."""
    found = await _in(session, revision, State.IN_REVIEW)
    found.state, found.reviewer, found.decided_at = State.REJECTED, actor, now
    found.decision = decision
    await _audit(session, found, "reject", actor=actor, at=now, reason=decision)
    return found


async def retire(
    session: AsyncSession, *, part: Part, entry: str, actor: str, reason: str, now: datetime
) -> None:
    """Take an entry out of all answers; it can be restored.

    Raises RevisionError: there is no such entry, or danger would be left without it.
    """
    current = await published.get(session, part, entry)
    if current is None or current.is_retired:
        raise RevisionError("it is not published")
    await demand_not_needed(session, current)
    await _base(session, current, now)
    await published.retire(session, part, entry, at=now)
    await session.execute(
        update(RevisionRow)
        .where(_of(part, entry), RevisionRow.state == State.PUBLISHED)
        .values(state=State.RETIRED)
    )
    await audit.record(
        session, at=now, actor=actor, action="retire", part=part, entry=entry,
        before=current.body, reason=reason,
    )  # fmt: skip


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


async def history(session: AsyncSession, part: Part, entry: str) -> list[RevisionRow]:
    """Return every version of an entry, newest first."""
    rows = select(RevisionRow).where(_of(part, entry)).order_by(RevisionRow.id.desc())
    return list(await session.scalars(rows))


async def waiting(session: AsyncSession, state: State = State.IN_REVIEW) -> list[RevisionRow]:
    """Return the versions that somebody has to decide on, the longest waiting first."""
    rows = select(RevisionRow).where(RevisionRow.state == state)
    return list(await session.scalars(rows.order_by(RevisionRow.submitted_at, RevisionRow.id)))


async def _put(
    session: AsyncSession,
    found: RevisionRow,
    *,
    actor: str,
    places: Gazetteer,
    now: datetime,
    alone: bool,
) -> None:
    part = Part(found.part)
    current = await published.get(session, part, found.entry)
    if current is not None and current.revision != found.based_on:
        raise StaleError("something newer was published meanwhile: look at both, then edit again")
    await demand_still_reachable(session, part, found.entry, found.country, found.body)
    await session.execute(
        update(RevisionRow)
        .where(_of(part, found.entry), RevisionRow.state == State.PUBLISHED)
        .values(state=State.SUPERSEDED)
    )
    found.state, found.reviewer, found.decided_at = State.PUBLISHED, actor, now
    await session.flush()
    await published.put(
        session, part, found.entry, found.country, found.body, origin=Origin(found.origin),
        revision=found.id, at=now, places=places,
    )  # fmt: skip
    action = "publish alone" if alone and found.author == actor else "publish"
    await _audit(session, found, action, actor=actor, at=now, before=current, reason=found.reason)
    if part is Part.SERVICES and is_withheld(found.body):
        await withhold(session, [found.entry])  # after the audit, which tells what it said before


async def _base(session: AsyncSession, current: Published | None, now: datetime) -> int | None:
    """Return the revision that is published; what came from a pack gets one, to go back to."""
    if current is None or current.revision is not None:
        return current.revision if current else None
    made = RevisionRow(
        part=current.part,
        entry=current.entry,
        country=current.country,
        body=dict(current.body),
        state=State.PUBLISHED,
        author=_BY_PACK,
        reason="as it was loaded",
        origin=current.origin,
        created_at=current.changed_at,
        decided_at=current.changed_at,
    )
    session.add(made)
    await session.flush()
    await published.mark(session, current.part, current.entry, made.id)
    return made.id


async def _in(session: AsyncSession, revision: int, *states: State) -> RevisionRow:
    """Return a version in one of these states, locked until the transaction ends."""
    found = await session.get(RevisionRow, revision, with_for_update=True)
    if found is None:
        raise RevisionError("there is no such version")
    if found.state not in states:
        raise RevisionError(f"this version is {found.state.replace('_', ' ')} already")
    return found


async def _audit(
    session: AsyncSession,
    found: RevisionRow,
    action: str,
    *,
    actor: str,
    at: datetime,
    reason: str,
    before: Published | None = None,
) -> None:
    await audit.record(
        session, at=at, actor=actor, action=action, part=found.part, entry=found.entry,
        before=before.body if before else None, after=found.body, reason=reason,
    )  # fmt: skip


def _kept(part: Part, body: Mapping[str, Any]) -> dict[str, Any]:
    return stored(body) if part is Part.SERVICES else dict(body)


def _of(part: Part, entry: str) -> Any:
    return (RevisionRow.part == part) & (RevisionRow.entry == entry)
