"""A place that must not be found any more: what was told of it before goes, wherever it stands.

Its door goes out of the points of search, its address out of every older version and of the
audit. What people wrote in their own words goes, too, when a place becomes hidden, for it may
tell where it is: reasons, comments, and why two listings are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.audit_chain import WITHHELD_WORDS
from directory.different import DifferentRow
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.withheld import hidden_from_now

# The console's table, where there is a console: its words must go with the place, whoever hides it.
_COMMENTS = text("DELETE FROM comment WHERE part = :part AND entry = :entry")
_HAS_COMMENTS = text("SELECT to_regclass('comment') IS NOT NULL")
_SPOT = text("""
DELETE FROM search_spot AS spot WHERE longitude = :x AND latitude = :y AND NOT EXISTS (
    SELECT FROM search_place WHERE point ~= point(spot.longitude, spot.latitude))
""")


async def withhold(
    session: AsyncSession,
    entries: Sequence[str],
    *,
    reason: str = "",
    before: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Strip every version of some listings to what may be kept of a withheld place.

    Rows of the audit lose what the listings said, and stay whole in every other way.

    Args:
        session: In a transaction; the listings are published already as withheld.
        entries: Their ids.
        reason: Why they are hidden now; these words stay.
        before: What was published of them, where no version says it.
    """
    older = select(RevisionRow).where(
        RevisionRow.part == Part.SERVICES, RevisionRow.entry.in_(entries)
    )
    told = [(entry, body) for entry, body in (before or {}).items() if _tells(body)]
    for row in await session.scalars(older):
        if _tells(row.body):
            told.append((row.entry, row.body))
            row.body = hidden_from_now(row.body)
    await session.flush()
    for x, y in set(_doors(body for _, body in told)):
        await session.execute(_SPOT, {"x": x, "y": y})
    for entry in entries:
        await audit.withhold(session, Part.SERVICES, entry)
    for entry in sorted({entry for entry, _ in told}):
        await _forget_words(session, entry, reason)


def _tells(body: Mapping[str, Any]) -> bool:
    return not body.get("address_withheld")


def _doors(bodies: Iterator[Mapping[str, Any]]) -> Iterator[tuple[float, float]]:
    for body in bodies:
        if point := body.get("point"):
            yield float(point["longitude"]), float(point["latitude"])


async def _forget_words(session: AsyncSession, entry: str, reason: str) -> None:
    """Take away what people wrote about a listing while everybody could know where it is."""
    versions = update(RevisionRow).where(
        RevisionRow.part == Part.SERVICES, RevisionRow.entry == entry
    )
    mine = RevisionRow.reason.not_in(("", reason))
    await session.execute(versions.where(mine).values(reason=WITHHELD_WORDS))
    said = RevisionRow.decision.is_not(None)
    await session.execute(versions.where(said).values(decision=WITHHELD_WORDS))
    compared = or_(DifferentRow.left == entry, DifferentRow.right == entry)
    await session.execute(update(DifferentRow).where(compared).values(reason=WITHHELD_WORDS))
    await audit.withhold_reasons(session, Part.SERVICES, entry, but=reason)
    if await session.scalar(_HAS_COMMENTS):
        await session.execute(_COMMENTS, {"part": Part.SERVICES, "entry": entry})
