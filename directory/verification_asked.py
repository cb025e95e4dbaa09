"""Who was asked about an entry, and who is to be reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.verification_answers import Answer
from directory.verification_links import Way
from directory.verification_tables import RequestRow

REMIND_AFTER = (timedelta(days=7), timedelta(days=14))
ASK_AGAIN = timedelta(days=30)
_BETWEEN = timedelta(days=6)  # at least, when reminders were held up


async def asked_lately(session: AsyncSession, *, now: datetime) -> set[tuple[str, str]]:
    """Return part and id of what nobody is asked about by itself again so soon.

    Those that were asked about within a month, and those where somebody else was reached.
    """
    wrong = (RequestRow.answer == Answer.NOT_US) & RequestRow.settled_at.is_(None)
    rows = select(RequestRow.part, RequestRow.entry).where(
        or_(RequestRow.created_at > now - ASK_AGAIN, wrong)
    )
    return {(part, entry) for part, entry in await session.execute(rows)}


async def to_remind(session: AsyncSession, *, now: datetime) -> list[RequestRow]:
    """Return the requests of which a reminder is due, locked; nobody else gets them meanwhile."""
    found: list[RequestRow] = []
    for sent, after in enumerate(REMIND_AFTER):
        rows = select(RequestRow).where(
            RequestRow.answered_at.is_(None),
            RequestRow.revoked_at.is_(None),
            RequestRow.expires_at > now,
            RequestRow.sent_at.is_not(None),
            RequestRow.way != Way.COPY,
            RequestRow.reminders == sent,
            RequestRow.created_at <= now - after,
            or_(RequestRow.reminded_at.is_(None), RequestRow.reminded_at <= now - _BETWEEN),
        )
        found += await session.scalars(rows.with_for_update(skip_locked=True))
    return found
