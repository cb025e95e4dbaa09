"""A database with packs that a test may edit, and who edits it."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from saying import load, packs
from simulators.databases import TEMPLATE, beside, made_anew
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.engine import async_engine
from directory.pack_files import PackFiles
from directory.parts import Part

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
EDITOR, REVIEWER = "Ana", "Berta"
_templates: set[str] = set()  # each server of a run has names of its own
_filled: set[str] = set()


def pack_of(country: str) -> PackFiles:
    return next(pack for pack in packs() if pack.country == country)


@asynccontextmanager
async def editing(url: str, *countries: str) -> AsyncIterator[AsyncSession]:
    """A session on a database that holds the packs of some countries; each block of it commits.

    The database of a test is filled once: it becomes a copy of one that was loaded once a run.
    """
    if url not in _filled:
        _filled.add(url)
        await _fill(url, countries)
    engine = async_engine(url)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        await engine.dispose()


async def _fill(url: str, countries: tuple[str, ...]) -> None:
    template = "_".join(("template_packs", *(country.lower() for country in countries)))
    loaded = beside(url, template)
    if loaded not in _templates:
        made_anew(loaded, TEMPLATE)
        await load(loaded, [pack_of(country) for country in countries])
        _templates.add(loaded)
    made_anew(url, template)


async def body_of(session: AsyncSession, part: Part, entry: str) -> dict[str, Any]:
    found = await published.get(session, part, entry)
    assert found is not None
    return copy.deepcopy(dict(found.body))
