"""The numbers that new entries of a country get."""

from __future__ import annotations

from sqlalchemy import Integer, cast, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from directory.editing_tables import RevisionRow
from directory.entry_tables import table_of
from directory.models import WordingRow
from directory.parts import Part, entry_prefix, numbered_entry


async def last_number(session: AsyncSession, part: Part, country: str) -> int:
    """Return the highest number that was ever given; 0 where there is none.

    Drafts count, too: two people who begin at the same time get different ids.
    """
    table = table_of(part)
    if issubclass(table, WordingRow):
        raise TypeError("messages have ids of their own")
    prefix = entry_prefix(part, country)
    drafted = select(RevisionRow.entry).where(RevisionRow.part == part)
    known = union_all(select(table.id), drafted).subquery().c[0]
    number = func.max(cast(func.substr(known, len(prefix) + 1), Integer))
    last = await session.scalar(select(number).where(known.regexp_match(f"^{prefix}[0-9]+$")))
    return last or 0


async def next_entry(session: AsyncSession, part: Part, country: str) -> str:
    """Return the id that a new entry of a country gets."""
    return numbered_entry(part, country, await last_number(session, part, country) + 1)
