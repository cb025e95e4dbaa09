"""Publishing and retiring entries. The caller commits, with the version that says why.

A listing goes into several places in one transaction: the table that chat reads, the cities it is
in, the tables of HSDS, and the table that search reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.entry_tables import PackTable, row_is, table_of
from directory.gazetteer import Gazetteer
from directory.hsds.store import sync_organisation
from directory.models import PUBLISHED, RETIRED, CardRow, PackRow, WordingRow
from directory.parts import Origin, Part, of_message
from directory.placing import put_in_place, take_away
from directory.refusals import UnknownCountryError
from directory.rows import columns_of
from directory.withheld import kept_of


async def put(
    session: AsyncSession,
    part: Part,
    entry: str,
    country: str | None,
    body: Mapping[str, Any],
    *,
    origin: Origin,
    revision: int | None,
    at: datetime,
    places: Gazetteer,
) -> None:
    """Publish a body as what the entry says from now on.

    Raises:
        UnknownCountryError: A fact, line or listing of a country without a pack.
    """
    kept = kept_of(part, body)
    how = {"origin": origin, "state": PUBLISHED, "revision": revision, "changed_at": at}
    values = {"body": kept, **how, **await _columns(session, part, entry, country, kept)}
    keys = _keys(part, entry)
    await session.execute(
        insert(table_of(part))
        .values(**keys, **values)
        .on_conflict_do_update(index_elements=list(keys), set_=values)
    )
    if part is Part.ORGANISATIONS:
        await sync_organisation(session, kept)
    if part is Part.SERVICES and country is not None:
        await put_in_place(session, [(entry, country, kept)], places)


async def retire(session: AsyncSession, part: Part, entry: str, *, at: datetime) -> bool:
    """Take an entry out of all answers; return whether it was there. It stays to be restored."""
    table = table_of(part)
    gone = await session.execute(
        update(table)
        .where(*row_is(part, entry), table.state == PUBLISHED)
        .values(state=RETIRED, changed_at=at)
        .returning(table.state)
    )
    if gone.first() is None:
        return False
    if part is Part.SERVICES:
        await take_away(session, [entry])
    return True


async def mark(session: AsyncSession, part: Part, entry: str, revision: int) -> None:
    """Say which revision an entry that came from a pack is, without changing what it says."""
    of_it = update(table_of(part)).where(*row_is(part, entry))
    await session.execute(of_it.values(revision=revision))


def _keys(part: Part, entry: str) -> dict[str, str]:
    table = table_of(part)
    if issubclass(table, WordingRow):
        language, message = of_message(entry)
        return {"language": language, "message": message}
    return {"part": part, "id": entry} if issubclass(table, CardRow) else {"id": entry}


async def _columns(
    session: AsyncSession, part: Part, entry: str, country: str | None, body: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the columns that the tables of some parts have and others have not."""
    table = table_of(part)
    if issubclass(table, WordingRow):
        return {}
    if issubclass(table, CardRow):
        return {"country": country}
    ordinal = await _ordinal(session, table, entry, country)
    return {"country": country, "ordinal": ordinal, **columns_of(part, body)}


async def _ordinal(
    session: AsyncSession,
    table: PackTable,
    entry: str,
    country: str | None,
) -> int:
    """Return an entry's place in its pack; a new one comes last."""
    if country is None or await session.get(PackRow, country) is None:
        raise UnknownCountryError(f"there is no pack for {country}")
    own = await session.scalar(select(table.ordinal).where(table.id == entry))
    if own is not None:
        return own
    last = select(func.coalesce(func.max(table.ordinal) + 1, 0)).where(table.country == country)
    return (await session.execute(last)).scalar_one()
