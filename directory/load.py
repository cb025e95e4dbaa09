"""Loading packs into the tables: all of them or none, and the same result twice.

What an operator has changed or retired stays as it is: a pack never takes it back, but it may hide
a place (``directory.load_hidden``). What it says otherwise waits for review beside what operators
said (``directory.pack_offers``), and the load says which entries those are, so that somebody writes
them into the pack (``faro pack``) or undoes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.entry_tables import PACK_TABLES
from directory.gazetteer import Gazetteer
from directory.load_hidden import hidden_in, hide, told_before
from directory.models import FROM_PACK, PUBLISHED, PackRow
from directory.pack_files import PackFiles
from directory.pack_offers import offer
from directory.parts import OF_A_PACK, Part
from directory.placing import put_in_place, take_away
from directory.rows import columns_of
from directory.withheld import kept_of

Bodies = Mapping[str, Mapping[str, Any]]  # id to what the tables keep of an entry


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
    before = await _digests(session)
    wanted = {pack.country: pack for pack in packs}
    changed = [pack for pack in wanted.values() if before.get(pack.country) != pack.digest]
    gone = [country for country in before if country not in wanted]
    hidden = hidden_in(changed)
    told = await told_before(session, hidden)
    await _forget(session, [*(pack.country for pack in changed), *gone], _listings_of(changed))
    await _note(session, changed)
    kept: list[str] = []
    for part in OF_A_PACK:
        kept += await _load(session, part, changed, places)
    await hide(session, hidden, told, places)
    await offer(session, changed, kept)
    for country in gone:
        await _drop(session, country)
    return Loaded(
        rights=sum(len(_entries(pack, Part.RIGHTS)) for pack in packs),
        helplines=sum(len(_entries(pack, Part.HELPLINES)) for pack in packs),
        services=sum(len(_entries(pack, Part.SERVICES)) for pack in packs),
        changed=tuple(sorted([*(pack.country for pack in changed), *gone])),
        kept=tuple(sorted(kept)),
    )


async def _digests(session: AsyncSession) -> dict[str, str]:
    rows = await session.execute(select(PackRow.country, PackRow.digest))
    return {country: digest for country, digest in rows}  # noqa: C416 -- rows


def _listings_of(packs: Iterable[PackFiles]) -> set[str]:
    return {one["id"] for pack in packs for one in _entries(pack, Part.SERVICES)}


def _entries(pack: PackFiles, part: Part) -> Sequence[Mapping[str, Any]]:
    entries: Sequence[Mapping[str, Any]] = pack.part(part) or ()
    return entries


async def _forget(session: AsyncSession, countries: Sequence[str], staying: set[str]) -> None:
    """Remove what packs of these countries brought, and nothing that an operator did.

    Listings that are ``staying`` are put in place anew, and keep what others said of them in the
    tables of HSDS.
    """
    for part, table in PACK_TABLES.items():
        gone = await session.scalars(
            delete(table)
            .where(
                table.country.in_(countries),
                table.origin == FROM_PACK,
                table.state == PUBLISHED,
            )
            .returning(table.id)
        )
        if part is Part.SERVICES and (entries := [one for one in gone if one not in staying]):
            await take_away(session, entries)


async def _drop(session: AsyncSession, country: str) -> None:
    """Remove a country without a pack, unless operators still publish something in it."""
    for table in PACK_TABLES.values():
        theirs = select(table.id).where(table.country == country, table.origin != FROM_PACK)
        if await session.scalar(theirs.limit(1)):
            return
    await session.execute(delete(PackRow).where(PackRow.country == country))


async def _note(session: AsyncSession, packs: Sequence[PackFiles]) -> None:
    """Keep which packs these are, and what they say of their countries."""
    if not packs:
        return
    statement = upsert(PackRow)
    replaced = {name: statement.excluded[name] for name in ("digest", "body")}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["country"], set_=replaced),
        [
            {"country": pack.country, "digest": pack.digest, "body": pack.part("pack")}
            for pack in packs
        ],
    )


async def _load(
    session: AsyncSession, part: Part, packs: Sequence[PackFiles], places: Gazetteer
) -> list[str]:
    """Put a part of packs in place; return the ids of those that stay as operators have them."""
    held = await _held(session, part, [pack.country for pack in packs])
    kept: list[str] = []
    rows: list[dict[str, Any]] = []
    for pack in packs:
        for ordinal, body in enumerate(_entries(pack, part)):
            row = _row(part, pack.country, ordinal, kept_of(part, body))
            if row["id"] not in held:
                rows.append(row)
            elif row["body"] != held[row["id"]]:
                kept.append(row["id"])
    if rows:
        await session.execute(insert(PACK_TABLES[part]), rows)
    if rows and part is Part.SERVICES:
        await put_in_place(session, [(r["id"], r["country"], r["body"]) for r in rows], places)
    return kept


async def _held(session: AsyncSession, part: Part, countries: Sequence[str]) -> Bodies:
    """Return what operators published or retired in countries, by id."""
    table = PACK_TABLES[part]
    rows = await session.execute(select(table.id, table.body).where(table.country.in_(countries)))
    return {entry: body for entry, body in rows}  # noqa: C416 -- rows


def _row(part: Part, country: str, ordinal: int, body: Mapping[str, Any]) -> dict[str, Any]:
    entry = {"id": body["id"], "country": country, "ordinal": ordinal, "body": body}
    return {**entry, **columns_of(part, body)}
