"""Services whose pause is over: nobody has to say that they are open again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory.hsds.describing import Attribute
from directory.hsds.profile import term_row
from directory.hsds.services import Service

_WESTERNMOST = timedelta(hours=12)  # from UTC: by then the day has begun everywhere


async def end_pauses(session: AsyncSession, *, now: datetime) -> int:
    """Let services be active whose day to open has come; return how many. The caller commits."""
    today = (now - _WESTERNMOST).date().isoformat()
    term = term_row("availability", "paused_until")["id"]
    over = select(Attribute.link_id).where(
        Attribute.link_entity == "service",
        Attribute.taxonomy_term_id == term,
        Attribute.value <= today,
    )
    ended = await session.scalars(
        update(Service)
        .where(Service.status == "temporarily closed", Service.id.in_(over))
        .values(status="active", last_modified=now)
        .returning(Service.id)
    )
    return len(ended.all())
