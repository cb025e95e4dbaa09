"""Versions that a pack gave to review, beside what operators say (``directory.pack_offers``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory.editing_tables import RevisionRow
from directory.parts import OF_A_PACK, Part
from directory.published import get_many
from directory.revisions.versions import BY_PACK, State

Body = Mapping[str, Any]


def taken_over(ours: Body, before: Body, after: Body) -> dict[str, Any]:
    """Return ``ours`` with every field that is another in ``after`` than in ``before``."""
    changed = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    kept = {name: value for name, value in ours.items() if name not in changed or name in after}
    return kept | {name: after[name] for name in changed if name in after}


async def settle(session: AsyncSession, part: Part, entries: Sequence[str]) -> None:
    """Let go of what earlier packs offered, where it waits still."""
    waiting = update(RevisionRow).where(*_waits(part, entries))
    await session.execute(waiting.values(state=State.SUPERSEDED))


async def keep_offers(session: AsyncSession, part: Part, entries: Sequence[str]) -> None:
    """Let what packs offer stand on what is published now; what that says already is no offer."""
    if part not in OF_A_PACK:
        return
    waiting = list(await session.scalars(select(RevisionRow).where(*_waits(part, entries))))
    current = await get_many(session, part, [one.entry for one in waiting]) if waiting else {}
    for one in waiting:
        before = await session.get(RevisionRow, one.based_on) if one.based_on else None
        now = current[one.entry]
        offered = taken_over(now.body, before.body if before else {}, one.body)
        one.body, one.based_on = offered, now.revision
        if offered == now.body:
            one.state = State.SUPERSEDED


def _waits(part: Part, entries: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        RevisionRow.part == part,
        RevisionRow.entry.in_(entries),
        RevisionRow.state == State.IN_REVIEW,
        RevisionRow.author == BY_PACK,
    )
