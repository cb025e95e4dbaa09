"""Who is signed in: a random token in the browser, its hash in the database.

A session ends after 30 minutes without a request and after 12 hours in any case.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from console.context import Console
from console.models import OperatorRow, SessionRow
from console.operator import Operator
from console.permissions import Role

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
_TO_THE = timedelta(minutes=1)  # a request later than this is written down


@dataclass(frozen=True)
class SignedIn:
    """A session that holds. ``key`` names its row."""

    key: bytes
    operator: Operator


async def look_up(console: Console, token: str, *, now: datetime) -> SignedIn | None:
    """Return who a browser's token stands for, or None; note that they were here."""
    key = console.keys.hashed("session", token)
    async with console.sessions.begin() as session:
        found = (
            await session.execute(
                select(SessionRow, OperatorRow)
                .join(OperatorRow, OperatorRow.id == SessionRow.operator)
                .where(SessionRow.id == key, SessionRow.enrols.is_(False), *_holds(now))
                .where(OperatorRow.disabled_at.is_(None), _may_try_out(console))
            )
        ).one_or_none()
        if found is None:
            return None
        row, who = found
        if now - row.seen_at > _TO_THE:
            row.seen_at = now
        return SignedIn(key, operator_of(who))


async def begin(
    console: Console,
    session: AsyncSession,
    operator: int,
    *,
    now: datetime,
    enrols: bool = False,
) -> str:
    """Begin a session and return the token for the browser; drop those that ended."""
    token = secrets.token_urlsafe(32)
    key = console.keys.hashed("session", token)
    await session.execute(
        delete(SessionRow).where(
            or_(SessionRow.seen_at < now - IDLE, SessionRow.created_at < now - WHOLE)
        )
    )
    session.add(SessionRow(id=key, operator=operator, enrols=enrols, created_at=now, seen_at=now))
    return token


async def enrolling(
    console: Console, session: AsyncSession, token: str | None, *, now: datetime
) -> SessionRow | None:
    """Return the session of a first sign-in that is under way, or None."""
    if token is None:
        return None
    query = select(SessionRow).where(
        SessionRow.id == console.keys.hashed("session", token),
        SessionRow.enrols.is_(True),
        *_holds(now),
    )
    return (await session.execute(query)).scalar_one_or_none()


async def end(session: AsyncSession, key: bytes) -> None:
    """End one session."""
    await session.execute(delete(SessionRow).where(SessionRow.id == key))


async def end_all(session: AsyncSession, operator: int, *, but: bytes | None = None) -> None:
    """End every session of an operator, but perhaps the one they are in."""
    query = delete(SessionRow).where(SessionRow.operator == operator)
    await session.execute(query if but is None else query.where(SessionRow.id != but))


def operator_of(row: OperatorRow) -> Operator:
    """Return the operator that a row describes."""
    return Operator(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        organisation=row.organisation,
        countries=tuple(row.countries),
        languages=tuple(row.languages),
        locale=row.locale,
        demo=row.demo,
    )


def _may_try_out(console: Console) -> ColumnElement[bool]:
    """Try-out accounts are nobody's where this is no try-out."""
    return true() if console.settings.demo else OperatorRow.demo.is_(False)


def _holds(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (SessionRow.seen_at > now - IDLE, SessionRow.created_at > now - WHOLE)
