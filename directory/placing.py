"""Listings where they are read from beside their own table: cities, tables of HSDS, search.

The caller commits, with what it publishes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.hsds.store import remove, sync_many
from directory.models import ServicePlaceRow
from directory.rows import places_of
from directory.search_table import forget_many, index_many

type Listing = tuple[str, str, Mapping[str, Any]]  # id, country, and what may be kept of its body


async def put_in_place(
    session: AsyncSession, listings: Sequence[Listing], places: Gazetteer
) -> None:
    """Let cities, HSDS and search say of listings what they say now.

    All of them must be published already.
    """
    await _put_cities(session, listings, places)
    await sync_many(session, listings, places)
    await index_many(session, listings, places)


async def take_away(session: AsyncSession, entries: Sequence[str]) -> None:
    """Let HSDS and search say nothing more of listings."""
    await remove(session, entries)
    await forget_many(session, entries)


async def _put_cities(
    session: AsyncSession, listings: Sequence[Listing], places: Gazetteer
) -> None:
    entries = [entry for entry, _, _ in listings]
    await session.execute(delete(ServicePlaceRow).where(ServicePlaceRow.service.in_(entries)))
    rows = [
        {"service": entry, **row}
        for entry, country, body in listings
        for row in places_of(country, body, places)
    ]
    if rows:
        await session.execute(insert(ServicePlaceRow), rows)
