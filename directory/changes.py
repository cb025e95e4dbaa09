"""What was changed because people told us: which entry, what kind of change, which day.

Codes only, so that it can be said in every language and holds nothing that anybody wrote. They are
cards of a part of their own, published by an operator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import CardRow, HelplineRow, ServiceRow
from directory.parts import Origin, Part

CHANGES = "changes"  # part of the cards
KINDS = (
    *("number_corrected", "address_corrected", "hours_corrected", "papers_corrected"),
    *("cost_corrected", "entry_corrected", "closed_removed", "place_added"),
)


@dataclass(frozen=True)
class Change:
    """One change that is told in public."""

    part: str
    entry: str
    country: str
    kind: str
    day: date


async def tell_change(
    session: AsyncSession, *, part: str, entry: str, country: str, kind: str, day: date
) -> None:
    """Publish that an entry was changed because people told us. Twice the same is told once.

    The caller commits. Raises ValueError: the kind is none of ``KINDS``.
    """
    if kind not in KINDS:
        raise ValueError("no kind of change: one of " + ", ".join(KINDS))
    body = {"part": str(part), "entry": entry, "kind": kind, "day": day.isoformat()}
    told = hashlib.sha256("/".join([str(part), entry, kind]).encode()).hexdigest()[:24]
    row = insert(CardRow).values(
        part=CHANGES,
        id=f"{day.isoformat()}-{told}",
        country=country,
        body=body,
        origin=Origin.CONSOLE.value,
        changed_at=datetime.combine(day, time(), UTC),
    )
    await session.execute(row.on_conflict_do_nothing())


async def changes_told(
    session: AsyncSession,
    *,
    part: str | None = None,
    entry: str | None = None,
    country: str | None = None,
    since: date,
    most: int = 200,
) -> list[Change]:
    """Return the changes that are told, newest first, narrowed by whatever is given."""
    query = select(CardRow).where(
        CardRow.part == CHANGES, CardRow.changed_at >= datetime.combine(since, time(), UTC)
    )
    if country is not None:
        query = query.where(CardRow.country == country)
    if part is not None:
        query = query.where(CardRow.body["part"].astext == str(part))
    if entry is not None:
        query = query.where(CardRow.body["entry"].astext == entry)
    rows = await session.scalars(query.order_by(CardRow.id.desc()).limit(most))
    return [_change(row) for row in rows]


async def name_of(session: AsyncSession, change: Change) -> Mapping[str, Any] | None:
    """Return what holds the names of the place or line; None for a rights fact or one unknown."""
    row: ServiceRow | HelplineRow | None = None
    if change.part == Part.SERVICES:
        row = await session.get(ServiceRow, change.entry)
    elif change.part == Part.HELPLINES:
        row = await session.get(HelplineRow, change.entry)
    return None if row is None else row.body


def _change(row: CardRow) -> Change:
    body = row.body
    day = date.fromisoformat(body["day"])
    return Change(body["part"], body["entry"], row.country or "", body["kind"], day)
