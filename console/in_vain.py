"""What has no answer: what people asked for in vain, and what helpers say exists nowhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from console.task import Kind, Task, Tier
from content.due import Risk
from content.freshness import URGENT_KINDS
from delivery.gaps import Missing, missing
from delivery.unmet import Need, needs

_MOST = 20  # of each
_URGENT = URGENT_KINDS | {"emergency"}  # kinds of service, and one kind of care


async def in_vain(session: AsyncSession, *, since: date) -> list[Task]:
    """Return what has no answer since a first of a month; what few asked for stays hidden."""
    asked = [one for one in await needs(session, since=since) if one.times]
    noted = [one for one in await missing(session, since=since) if one.times]
    return [
        *(_task(Kind.NEED, one.what, one) for one in asked[:_MOST]),
        *(_task(Kind.GAP, one.kind, one) for one in noted[:_MOST]),
    ]


def _task(kind: Kind, what: str, one: Need | Missing) -> Task:
    urgent = what in _URGENT
    tier = Tier.FIRST_NEEDS if urgent else Tier.NEEDS
    risk = Risk.PROTECTION if urgent else None
    return Task(kind, None, "", one.country, what, risk, (tier, -float(one.times or 0), what), one)
