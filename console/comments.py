"""What operators say about entries, for those who work on them. The caller commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from console.models import CommentRow
from directory import audit
from directory.parts import Part

LONGEST = 2000  # characters


async def comment(
    session: AsyncSession, *, part: Part, entry: str, author: str, text: str, now: datetime
) -> None:
    """Keep a comment. Raises ValueError: it is empty or too long."""
    if not text.strip() or len(text) > LONGEST:
        raise ValueError("empty or too long")
    session.add(CommentRow(part=part, entry=entry, author=author, said_at=now, text=text.strip()))
    await audit.record(
        session, at=now, actor=author, action="comment", part=part, entry=entry, reason=text.strip()
    )


async def comments_on(session: AsyncSession, part: Part, entry: str) -> Sequence[CommentRow]:
    """Return the comments on an entry, newest first."""
    query = select(CommentRow).where(CommentRow.part == part, CommentRow.entry == entry)
    return list(await session.scalars(query.order_by(CommentRow.id.desc())))
