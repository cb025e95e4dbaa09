"""What a new pack says otherwise than operators: theirs stays, and the pack's waits for review.

What the pack changed stands in a version of what operators say, side by side with what is
published, and is published or sent back as any other. What the pack says as a whole is kept as a
version, too, to go back to. What was sent back is not offered again until the pack changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.bodies import faults_of
from directory.editing_tables import RevisionRow
from directory.models import FROM_PACK
from directory.pack_files import PackFiles
from directory.parts import OF_A_PACK, Origin, Part
from directory.published import Published
from directory.revisions.drafting import draft, submit
from directory.revisions.offered import settle, taken_over
from directory.revisions.versions import BY_PACK, State, as_loaded
from directory.whole_bodies import as_in_a_pack
from directory.withheld import kept_of

REASON = "a new pack says this"
Body = Mapping[str, Any]
Bodies = Mapping[str, Body]


async def offer(
    session: AsyncSession, packs: Sequence[PackFiles], entries: Collection[str]
) -> None:
    """Give to review what packs say of entries that stayed as operators have them.

    Args:
        session: In the transaction of a load.
        packs: Those that changed.
        entries: Ids of the entries that stayed, though their pack says otherwise.
    """
    now: datetime = (await session.execute(select(func.now()))).scalar_one()
    for part in OF_A_PACK:
        said = {one["id"]: kept_of(part, one) for pack in packs for one in pack.part(part) or ()}
        known = await last_from_packs(session, part, list(said))
        news = [e for e in said if (e in known or e in entries) and said[e] != known.get(e)]
        for entry, current in (await published.get_many(session, part, news)).items():
            if current.origin is Origin.PACK and not current.is_retired:
                continue  # the load replaced it
            await settle(session, part, [entry])
            await _note(session, current, said[entry], now)
            await _offer(session, current, known.get(entry), said[entry], now)


async def _note(session: AsyncSession, current: Published, body: Body, now: datetime) -> None:
    """Keep what the pack says as a version, the last that is known of it."""
    said = as_loaded(current) | {"body": body, "origin": Origin.PACK, "state": State.SUPERSEDED}
    session.add(RevisionRow(**said | {"created_at": now, "decided_at": now}))
    await session.flush()


async def _offer(
    session: AsyncSession, current: Published, before: Body | None, body: Body, now: datetime
) -> None:
    """Give to review what operators say with what the pack changed; all of it where that is odd."""
    part, merged = current.part, body
    if before is not None:
        merged = taken_over(current.body, before, body)
    if current.body in (body, merged):
        return
    if faults_of(part, as_in_a_pack(part, merged), current.country):
        merged = body
    origin = Origin.PACK if merged == body else Origin.CONSOLE
    made = await draft(
        session, part=part, entry=current.entry, country=current.country,
        body=as_in_a_pack(part, merged), author=BY_PACK, reason=REASON, now=now, origin=origin,
    )  # fmt: skip
    await submit(session, made.id, actor=BY_PACK, now=now)


async def last_from_packs(session: AsyncSession, part: Part, entries: Sequence[str]) -> Bodies:
    """Return what packs said last of entries: when operators began, or what was offered since."""
    rows = await session.execute(
        select(RevisionRow.entry, RevisionRow.body)
        .where(
            RevisionRow.part == part,
            RevisionRow.entry.in_(entries),
            RevisionRow.origin == FROM_PACK,
        )
        .order_by(RevisionRow.id)
    )
    return {entry: body for entry, body in rows}  # noqa: C416 -- rows
