"""What somebody began and did not finish: their drafts, and what a reviewer sent back to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from directory.editing_tables import RevisionRow
from directory.revisions import State

_MOST = 20


async def own_work(session: AsyncSession, author: str) -> Sequence[RevisionRow]:
    """Return somebody's unfinished versions, one an entry, newest first.

    A version that was sent back counts until its author writes another one, or something newer
    is published.
    """
    later, newer = aliased(RevisionRow), aliased(RevisionRow)
    same = and_(later.part == RevisionRow.part, later.entry == RevisionRow.entry)
    written_again = exists().where(same, later.author == author, later.id > RevisionRow.id)
    overtaken = exists().where(
        newer.part == RevisionRow.part,
        newer.entry == RevisionRow.entry,
        newer.state.in_((State.PUBLISHED, State.RETIRED)),
        or_(newer.id > RevisionRow.id, newer.decided_at > RevisionRow.decided_at),
    )
    sent_back = and_(
        RevisionRow.state == State.REJECTED, RevisionRow.reviewer != author, ~overtaken
    )
    rows = await session.scalars(
        select(RevisionRow)
        .where(RevisionRow.author == author, ~written_again)
        .where(or_(RevisionRow.state == State.DRAFT, sent_back))
        .order_by(RevisionRow.id.desc())
        .limit(_MOST)
    )
    return rows.all()
