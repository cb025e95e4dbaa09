"""Time zones of the countries that have a pack.

They stand in the packs, which are long; a question about what is open now needs all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import PackRow
from directory.remembered import Remembered


async def zones(session: AsyncSession) -> Mapping[str, Sequence[str]]:
    """Return the IANA names of the time zones of each country, by ISO 3166-1 alpha-2."""
    return await _remembered.of(session)


async def _read(session: AsyncSession) -> Mapping[str, Sequence[str]]:
    rows = await session.execute(select(PackRow.country, PackRow.body["timezones"]))
    return {row.country: row[1] for row in rows}


_remembered = Remembered(_read, seconds=30.0)  # a country that is new is known within a minute
