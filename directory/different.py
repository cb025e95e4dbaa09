"""Pairs of listings that look like one place, and that somebody found to be two.

Kept by the two ids, whatever the listings say later: such a pair is not offered again until
somebody takes that back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import DateTime, String, Text, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from directory import audit
from directory.models import Base
from directory.parts import Part


class DifferentRow(Base):
    """One pair of listings that are two places."""

    __tablename__ = "different"

    left: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="id of the listing that sorts first"
    )
    right: Mapped[str] = mapped_column(String(64), primary_key=True, comment="id of the other")
    said_by: Mapped[str] = mapped_column(String(80), comment="name of an operator")
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="when")
    reason: Mapped[str] = mapped_column(Text, comment="why, in the operator's words")


async def say_different(
    session: AsyncSession, one: str, other: str, *, actor: str, reason: str, now: datetime
) -> bool:
    """Keep that two listings are two places; return whether that was new. The caller commits."""
    left, right = sorted((one, other))
    row = insert(DifferentRow).values(
        left=left, right=right, said_by=actor, said_at=now, reason=reason
    )
    kept = await session.scalar(row.on_conflict_do_nothing().returning(DifferentRow.left))
    if kept is not None:
        await _record(session, left, right, "different", actor=actor, reason=reason, now=now)
    return kept is not None


async def take_back(
    session: AsyncSession, one: str, other: str, *, actor: str, reason: str, now: datetime
) -> bool:
    """Offer a pair again; return whether it was kept as two. The caller commits."""
    left, right = sorted((one, other))
    this = (DifferentRow.left == left, DifferentRow.right == right)
    gone = await session.scalar(delete(DifferentRow).where(*this).returning(DifferentRow.left))
    if gone is not None:
        await _record(session, left, right, "maybe one", actor=actor, reason=reason, now=now)
    return gone is not None


async def said_of(session: AsyncSession, one: str, other: str) -> DifferentRow | None:
    """Return who said of two listings that they are two, when and why; None: nobody did."""
    left, right = sorted((one, other))
    return await session.get(DifferentRow, (left, right), populate_existing=True)


async def all_different(
    session: AsyncSession, among: Collection[str] | None = None
) -> list[DifferentRow]:
    """Return the pairs that are two, the latest first; those of some listings if any are named."""
    query = select(DifferentRow).order_by(DifferentRow.said_at.desc(), DifferentRow.left)
    if among is not None:
        query = query.where(DifferentRow.left.in_(among))
    return list(await session.scalars(query))


async def _record(
    session: AsyncSession, left: str, right: str, action: str, *, actor: str, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    done = [
        audit.Done(action, Part.SERVICES, entry, None, {"with": other}, reason)
        for entry, other in ((left, right), (right, left))
    ]
    await audit.record_many(session, done, at=now, actor=actor)
