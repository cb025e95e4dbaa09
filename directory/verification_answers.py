"""What those who run a place answer by a link.

A confirmation and a pause are published at once; everything else that a link changes goes to
review. Twice the same changes nothing the second time. The caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, revisions
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.local_time import day_at
from directory.parts import Origin, Part
from directory.refusals import RevisionError
from directory.verification import confirm, publish_at_once
from directory.verification_links import Opened
from directory.verification_tables import RequestRow
from directory.whole_bodies import as_in_a_pack

LONGEST_PAUSE = timedelta(days=90)
# What those who run a place may propose by a link.
CHANGEABLE: Mapping[Part, frozenset[str]] = {
    Part.SERVICES: frozenset({"hours", "phones", "capacity", "not_taking"}),
    Part.HELPLINES: frozenset({"hours", "numbers"}),
}


class Answer(StrEnum):
    """What was answered by a link."""

    CONFIRM = "confirm"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    NOT_US = "not_us"


class UsedError(RevisionError):
    """A change was proposed by this link already, and waits for review."""


async def confirm_by_link(
    session: AsyncSession, opened: Opened, *, places: Gazetteer, now: datetime
) -> bool:
    """Publish that those who run a place say all is true; False: they said so today already."""
    new = await confirm(
        session, opened.entry, actor=opened.actor, reason="confirmed by link",
        origin=Origin.LINK, places=places, now=now,
    )  # fmt: skip
    _answered(opened.request, Answer.CONFIRM, now)
    return new


async def pause_by_link(
    session: AsyncSession, opened: Opened, until: date | None, *, places: Gazetteer, now: datetime
) -> bool:
    """Publish until when a place takes nobody, or None: that it does again; False: as before.

    Raises ValueError: the day is past or too far, or it is no listing.
    """
    entry = opened.entry
    if entry.part is not Part.SERVICES:
        raise ValueError("only a listing can pause")
    today = await day_at(session, entry.country, entry.body, places, now)
    if until is not None and not today < until <= now.date() + LONGEST_PAUSE:
        raise ValueError("a pause ends within ninety days")
    reason = f"paused until {until} by link" if until else "takes people again, by link"
    new = await publish_at_once(
        session, entry, {"paused_until": until.isoformat() if until else None},
        actor=opened.actor, reason=reason, origin=Origin.LINK, places=places, now=now,
    )  # fmt: skip
    _answered(opened.request, Answer.PAUSE if until else Answer.RESUME, now)
    return new


async def change_by_link(
    session: AsyncSession, opened: Opened, changed: Mapping[str, Any], *, now: datetime
) -> RevisionRow | None:
    """Give what those who run a place would change to review; None: it says so already.

    Raises:
        UsedError: A change was proposed by this link already.
        BodyError: Something is wrong in the change; nothing was kept.
        ValueError: A field that no link changes.
    """
    entry, request = opened.entry, opened.request
    if set(changed) - CHANGEABLE[entry.part]:
        raise ValueError("a field that no link changes")
    if request.changed_at is not None:
        raise UsedError("a change by this link waits for review already")
    if all(entry.body.get(field) == value for field, value in changed.items()):
        return None
    verified = {"verified": now.date().isoformat()}
    body = as_in_a_pack(entry.part, {**entry.body, **changed, **verified})
    made = await revisions.draft(
        session, part=entry.part, entry=entry.entry, country=entry.country, body=body,
        author=opened.actor, reason="changed by link", origin=Origin.LINK, now=now,
    )  # fmt: skip
    await revisions.submit(session, made.id, actor=opened.actor, now=now)
    request.changed_at = now
    _answered(request, Answer.CHANGE, now)
    return made


async def not_us_by_link(session: AsyncSession, opened: Opened, *, now: datetime) -> None:
    """Note that a link reached somebody who does not run the place; its links end."""
    _answered(opened.request, Answer.NOT_US, now)
    opened.request.revoked_at = now
    await audit.record(
        session, at=now, actor=opened.actor, action="not us", part=opened.entry.part,
        entry=opened.entry.entry, reason="the link reached somebody else",
    )  # fmt: skip


async def reached_others(session: AsyncSession) -> list[RequestRow]:
    """Return the requests that reached somebody else, and that nobody has dealt with."""
    rows = select(RequestRow).where(
        RequestRow.answer == Answer.NOT_US, RequestRow.settled_at.is_(None)
    )
    return list(await session.scalars(rows.order_by(RequestRow.id)))


def _answered(request: RequestRow, answer: Answer, now: datetime) -> None:
    request.answered_at, request.answer = now, answer
    request.settled_at = None
