"""Loading packs into the tables: all of them or none, and the same result twice.

What an operator has changed or retired stays as it is: a pack never takes it back. The load says
which entries those are, so that somebody writes them into the pack (``faro pack``) or undoes them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.hsds.store import remove, sync_many
from directory.models import (
    FROM_PACK,
    PUBLISHED,
    HelplineRow,
    PackRow,
    RightsFactRow,
    ServiceRow,
)
from directory.pack_files import PackFiles
from directory.parts import OF_A_PACK, Part
from directory.rows import columns_of, places_of
from directory.search_table import forget_many, index_many
from directory.withheld import is_withheld, stored

_TABLES: Mapping[Part, type[RightsFactRow | HelplineRow | ServiceRow]] = {
    Part.RIGHTS: RightsFactRow,
    Part.HELPLINES: HelplineRow,
    Part.SERVICES: ServiceRow,
}


@dataclass(frozen=True)
class Loaded:
    """How many entries stand in the packs, which packs changed, and what was not taken.

    Attributes:
        rights: Facts in all packs.
        helplines: Lines in all packs.
        services: Listings in all packs.
        changed: Countries whose pack is not what was loaded before.
        kept: Ids of entries that an operator changed or retired, and that a changed pack says
            otherwise.
    """

    rights: int
    helplines: int
    services: int
    changed: tuple[str, ...]
    kept: tuple[str, ...] = ()


async def load_packs(
    session: AsyncSession, packs: Sequence[PackFiles], places: Gazetteer
) -> Loaded:
    """Replace what the tables say with these packs, but for what operators changed.

    The caller commits, so that it is all or nothing.

    What came from a pack that is gone is removed; a pack that did not change is left alone.
    """
    before = {row.country: row.digest for row in await session.scalars(select(PackRow))}
    wanted = {pack.country: pack for pack in packs}
    changed = [c for c, pack in wanted.items() if before.get(c) != pack.digest]
    gone = [country for country in before if country not in wanted]
    staying = {one["id"] for country in changed for one in wanted[country].part("services") or []}
    await _forget(session, [*changed, *gone], staying)
    kept: list[str] = []
    for country in changed:
        kept += await _load(session, wanted[country], places)
    for country in gone:
        await _drop(session, country)
    return Loaded(
        rights=sum(len(pack.part("rights") or []) for pack in packs),
        helplines=sum(len(pack.part("helplines") or []) for pack in packs),
        services=sum(len(pack.part("services") or []) for pack in packs),
        changed=tuple(sorted([*changed, *gone])),
        kept=tuple(kept),
    )


async def _forget(
    session: AsyncSession, countries: Sequence[str], staying: Collection[str]
) -> None:
    """Remove what packs of these countries brought, and nothing that an operator did.

    Listings that are ``staying`` keep what others said of them in the tables of HSDS.
    """
    for table in _TABLES.values():
        gone = await session.scalars(
            delete(table)
            .where(
                table.country.in_(countries),
                table.origin == FROM_PACK,
                table.state == PUBLISHED,
            )
            .returning(table.id)
        )
        if table is ServiceRow and (entries := list(gone)):
            await remove(session, [entry for entry in entries if entry not in staying])
            await forget_many(session, entries)


async def _drop(session: AsyncSession, country: str) -> None:
    """Remove a country without a pack, unless operators still publish something in it."""
    for table in _TABLES.values():
        theirs = select(table.id).where(table.country == country, table.origin != FROM_PACK)
        if await session.scalar(theirs.limit(1)):
            return
    await session.execute(delete(PackRow).where(PackRow.country == country))


async def _load(session: AsyncSession, pack: PackFiles, places: Gazetteer) -> list[str]:
    """Put a pack in place; return the ids of entries that stay as an operator made them."""
    row = {"digest": pack.digest, "body": pack.part("pack")}
    await session.execute(
        insert(PackRow)
        .values(country=pack.country, **row)
        .on_conflict_do_update(index_elements=["country"], set_=row)
    )
    kept: list[str] = []
    for part in OF_A_PACK:
        held = await _held(session, part, pack.country)
        entries = pack.part(part) or []
        kept += [
            one["id"]
            for one in entries
            if one["id"] in held and _says(part, one) != held[one["id"]]
        ]
        new = [one for one in enumerate(entries) if one[1]["id"] not in held]
        session.add_all(_row(part, pack.country, ordinal, one, places) for ordinal, one in new)
        await session.flush()
        if part is Part.SERVICES:
            listings = [(one["id"], pack.country, stored(one)) for _, one in new]
            await sync_many(session, listings, places)
            await index_many(session, listings, places)
    return kept


async def _held(session: AsyncSession, part: Part, country: str) -> dict[str, Any]:
    """Return what operators published or retired in a country, by id."""
    table = _TABLES[part]
    rows = await session.execute(select(table.id, table.body).where(table.country == country))
    return {entry: body for entry, body in rows}  # noqa: C416 -- rows


def _says(part: Part, body: Mapping[str, Any]) -> dict[str, Any]:
    return stored(body) if part is Part.SERVICES else dict(body)


def _row(
    part: Part, country: str, ordinal: int, body: Mapping[str, Any], places: Gazetteer
) -> RightsFactRow | HelplineRow | ServiceRow:
    kept = _says(part, body)
    row = _TABLES[part](
        id=body["id"], country=country, ordinal=ordinal, body=kept, **columns_of(part, kept)
    )
    if isinstance(row, ServiceRow):
        row.places = [] if is_withheld(body) else places_of(country, body, places)
    return row
