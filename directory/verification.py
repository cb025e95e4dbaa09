"""What of an entry is published at once, by whoever verified it: a day, a pause.

Twice the same changes nothing the second time. The caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, revisions
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.parts import CARDS, Origin
from directory.published import Published
from directory.revisions import State
from directory.whole_bodies import as_in_a_pack

# What makes no draft stale.
_PLAIN = frozenset({"verified", "checked", "paused_until", "not_taking"})


async def confirm(
    session: AsyncSession,
    entry: Published,
    *,
    actor: str,
    reason: str,
    origin: Origin,
    places: Gazetteer,
    now: datetime,
) -> bool:
    """Publish that somebody verified an entry today; return False where that was known already.

    Raises BodyError, RevisionError: what is published cannot be published again as it is.
    """
    field = "checked" if entry.part in CARDS else "verified"
    return await publish_at_once(
        session, entry, {field: now.date().isoformat()}, actor=actor, reason=reason,
        origin=origin, places=places, now=now,
    )  # fmt: skip


async def publish_at_once(
    session: AsyncSession,
    entry: Published,
    changed: Mapping[str, Any],
    *,
    actor: str,
    reason: str,
    origin: Origin,
    places: Gazetteer,
    now: datetime,
) -> bool:
    """Publish fields that need no review; return False where the entry says so already.

    Raises BodyError, RevisionError: what is published cannot be published again as it is.
    """
    if all(entry.body.get(field) == value for field, value in changed.items()):
        return False
    body = {**entry.body, **changed}
    body = {name: value for name, value in body.items() if name != "paused_until" or value}
    body = as_in_a_pack(entry.part, body)
    made = await revisions.publish_now(
        session, part=entry.part, entry=entry.entry, country=entry.country, body=body,
        actor=actor, reason=reason, origin=origin, places=places, now=now,
    )  # fmt: skip
    await _carry_over(session, entry, made, changed, actor=actor, now=now)
    return True


async def _carry_over(
    session: AsyncSession,
    before: Published,
    made: RevisionRow,
    changed: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Let drafts stand on what was published now: a date must not make somebody's work stale."""
    if not set(changed) <= _PLAIN:
        return
    drafts = select(RevisionRow).where(
        RevisionRow.part == made.part,
        RevisionRow.entry == made.entry,
        RevisionRow.state.in_([State.DRAFT, State.IN_REVIEW]),
        RevisionRow.based_on == made.based_on,
    )
    for draft in await session.scalars(drafts.with_for_update()):
        old = dict(draft.body)
        taken = {k: v for k, v in changed.items() if old.get(k) == before.body.get(k)}
        merged = {**old, **taken}
        draft.based_on = made.id
        draft.body = {k: v for k, v in merged.items() if k != "paused_until" or v}
        await audit.record(
            session, at=now, actor=actor, action="carry over", part=draft.part,
            entry=draft.entry, before=old, after=draft.body, reason=made.reason,
        )  # fmt: skip
