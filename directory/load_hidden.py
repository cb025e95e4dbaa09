"""Places that a pack hides from now on: nothing that was told of them before may stay.

Where operators changed a listing, theirs stays; but whether it must not be found is no question of
taste. If it could be found when they changed it, they never spoke on that, and what the pack says
now counts: what they say of it is hidden. Where they themselves opened a hidden place, it stays as
they have it, and the round of the console asks them (``directory.conflicts``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import revisions
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.models import FROM_PACK, ServiceRow
from directory.pack_files import PackFiles
from directory.parts import Origin, Part
from directory.published import Published, get_many
from directory.whole_bodies import as_in_a_pack
from directory.withheld import hidden_from_now, is_withheld
from directory.withholding import withhold

ACTOR, REASON = "pack", "the pack says that it must not be found"
Bodies = Mapping[str, Mapping[str, Any]]


def hidden_in(packs: Sequence[PackFiles]) -> set[str]:
    """Return the ids of the listings that packs hide."""
    services = (one for pack in packs for one in pack.part(Part.SERVICES) or ())
    return {one["id"] for one in services if is_withheld(one)}


async def told_before(session: AsyncSession, entries: Collection[str]) -> Bodies:
    """Return what the tables say, before a load, of listings that packs hide."""
    rows = await session.execute(
        select(ServiceRow.id, ServiceRow.body).where(ServiceRow.id.in_(entries))
    )
    return {entry: body for entry, body in rows}  # noqa: C416 -- rows


async def hide(
    session: AsyncSession, entries: Collection[str], before: Bodies, places: Gazetteer
) -> None:
    """Take away what was told of the places that packs hide, after a load of these packs."""
    now = await session.scalar(select(func.now()))
    found = await get_many(session, Part.SERVICES, sorted(entries))
    theirs = {one.entry for one in found.values() if not is_withheld(one.body)}
    opened = await _opened_by_operators(session, theirs)
    for entry in sorted(theirs - opened):
        await _hide_one(session, found[entry], places, now)
    hidden = sorted(found.keys() - opened)
    await withhold(session, hidden, reason=REASON, before=before)


async def _opened_by_operators(session: AsyncSession, entries: Collection[str]) -> set[str]:
    """Return those that were hidden when operators began to change them."""
    loaded = select(RevisionRow.entry, RevisionRow.body).where(
        RevisionRow.part == Part.SERVICES,
        RevisionRow.entry.in_(entries),
        RevisionRow.origin == FROM_PACK,
    )
    return {entry for entry, body in await session.execute(loaded) if is_withheld(body)}


async def _hide_one(
    session: AsyncSession, one: Published, places: Gazetteer, now: datetime | None
) -> None:
    body = hidden_from_now(one.body)
    if one.is_retired or now is None:
        row = await session.get_one(ServiceRow, one.entry)
        row.body, row.protection = body, True
        await session.flush()
        return
    await revisions.publish_now(
        session, part=Part.SERVICES, entry=one.entry, country=one.country,
        body=as_in_a_pack(Part.SERVICES, body), actor=ACTOR, reason=REASON,
        origin=Origin.CONSOLE, places=places, now=now,
    )  # fmt: skip
