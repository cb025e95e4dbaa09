"""What packs say otherwise than operators where nothing waits for review: somebody has to look.

A load offers what packs changed (``directory.pack_offers``); this finds what it could not know of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.entry_tables import PACK_TABLES
from directory.models import FROM_PACK, RETIRED
from directory.pack_files import PackFiles
from directory.pack_offers import last_from_packs
from directory.parts import OF_A_PACK, Part
from directory.verification_tables import CheckRow
from directory.withheld import kept_of

PACK, DIFFERS = "pack", "pack_differs"  # field and problem


async def note_conflicts(
    session: AsyncSession, packs: Sequence[PackFiles], *, now: datetime
) -> int:
    """Keep which entries operators changed and the packs changed otherwise; return how many."""
    found: list[tuple[Part, str]] = []
    for part in OF_A_PACK:
        said = {
            entry["id"]: kept_of(part, entry) for pack in packs for entry in pack.part(part) or []
        }
        held = await _held(session, part)
        before = await last_from_packs(session, part, [entry for entry in held if entry in said])
        found += [
            (part, entry)
            for entry, body in held.items()
            if entry in said and said[entry] not in (body, before.get(entry))
        ]
    await _keep(session, found, now)
    return len(found)


async def _held(session: AsyncSession, part: Part) -> dict[str, Any]:
    """Return what operators published or retired, by id."""
    table = PACK_TABLES[part]
    theirs = or_(table.origin != FROM_PACK, table.state == RETIRED)
    rows = await session.execute(select(table.id, table.body).where(theirs))
    return {entry: body for entry, body in rows}  # noqa: C416 -- rows


async def _keep(session: AsyncSession, found: Sequence[tuple[Part, str]], now: datetime) -> None:
    kept = select(CheckRow).where(CheckRow.field == PACK)
    for old in await session.scalars(kept):
        if (Part(old.part), old.entry) not in found:
            await session.delete(old)
    await session.flush()
    for part, entry in found:
        row = insert(CheckRow).values(
            part=part, entry=entry, field=PACK, problem=DIFFERS, times=1, since=now, checked_at=now
        )
        await session.execute(row.on_conflict_do_nothing())
