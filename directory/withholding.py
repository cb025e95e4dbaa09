"""A place that must not be found any more: what older versions and the audit told of it goes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.withheld import stored


async def withhold(session: AsyncSession, entries: Sequence[str]) -> None:
    """Strip every version of some listings to what may be kept of a withheld place.

    Rows of the audit lose what the listings said, and stay whole in every other way.
    """
    older = select(RevisionRow).where(
        RevisionRow.part == Part.SERVICES, RevisionRow.entry.in_(entries)
    )
    for row in await session.scalars(older):
        if not row.body.get("address_withheld"):
            row.body = stored({**row.body, "protection": True})
    await session.flush()
    for entry in entries:
        await audit.withhold(session, Part.SERVICES, entry)
