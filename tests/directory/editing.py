"""A database with packs that a test may edit, and who edits it."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from saying import PLACES, packs
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.pack_files import PackFiles
from directory.parts import Part

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
EDITOR, REVIEWER = "Ana", "Berta"


def pack_of(country: str) -> PackFiles:
    return next(pack for pack in packs() if pack.country == country)


@asynccontextmanager
async def editing(url: str, *countries: str) -> AsyncIterator[AsyncSession]:
    """A session on a database that holds the packs of some countries; each block of it commits."""
    engine = async_engine(url)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async with session.begin():
                wanted = [pack_of(country) for country in countries]
                await load_packs(session, wanted, Gazetteer(PLACES))
            yield session
    finally:
        await engine.dispose()


async def body_of(session: AsyncSession, part: Part, entry: str) -> dict[str, Any]:
    found = await published.get(session, part, entry)
    assert found is not None
    return copy.deepcopy(dict(found.body))
