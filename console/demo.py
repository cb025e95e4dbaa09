"""The try-out accounts: one for each role, behind one code that the terminal shows.

They exist in try-out mode only (``faro up --demo``); otherwise nobody can sign in with them,
even where they are left in the database. So that approval by a second person can be tried,
one may sign in as one role, then as another. The editor keeps the entries of one country that
nobody was named for, or there would be nothing to edit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from console import enrolling, sessions
from console.context import Console
from console.keys import Keys
from console.models import EnrolmentRow, OperatorRow, SessionRow
from console.permissions import Role
from console.settings import Settings
from console.signing_in import Wait, Wrong, name_key
from console.throttle import Budget, admit, give_back, network_of
from directory.editing_tables import StewardshipRow
from directory.engine import async_engine
from directory.stewardship import EVERYTHING

ORGANISATION, COUNTRY = "try-out", "SV"
_HOLDS = timedelta(days=365)  # as long as the process that printed it; the next one makes a new one


async def settle_demo(settings: Settings, *, now: datetime) -> str | None:
    """Make the try-out accounts and return their code; or end what is left of them."""
    engine, keys = async_engine(settings.database_url), Keys(settings.signing_key)
    try:
        async with AsyncSession(engine) as session, session.begin():
            await _put_away(session)
            return await seed(session, keys, now=now) if settings.demo else None
    finally:
        await engine.dispose()


async def seed(session: AsyncSession, keys: Keys, *, now: datetime) -> str:
    """Make the accounts that are missing; return a new code, older ones count no more."""
    there = set(await session.scalars(select(OperatorRow.role).where(OperatorRow.demo)))
    for role in Role:
        if role not in there:
            session.add(_row(role, now))
    await session.flush()
    theirs = {"organisation": ORGANISATION, "steward": _name(Role.EDITOR)}
    country = insert(StewardshipRow).values(part=EVERYTHING, scope=COUNTRY, **theirs)
    await session.execute(country.on_conflict_do_nothing())
    admin = await _row_of(session, Role.ADMIN)
    return await enrolling.invite(session, keys, admin, now=now, holds=_HOLDS)


async def enter(
    console: Console, code: str, role: Role, address: str, *, now: datetime
) -> str | Wait | Wrong:
    """Return the token of a session as a try-out account; the code counts again and again."""
    tries = [Budget(console.keys.hashed("tries of address", network_of(address)))]
    async with console.sessions.begin() as session:
        if (wait := await admit(session, tries, now=now)) is not None:
            return Wait(wait)
        if await enrolling.invited(console, session, code, now=now, demo=True) is None:
            return Wrong()
        await give_back(session, tries, now=now)
        return await sessions.begin(console, session, await _row_of(session, role), now=now)


def _name(role: Role) -> str:
    return f"Demo {role.replace('_', ' ')}"


def _row(role: Role, now: datetime) -> OperatorRow:
    name = _name(role)
    return OperatorRow(
        name=name,
        name_key=name_key(name),
        role=role.value,
        organisation=ORGANISATION if role is Role.EDITOR else None,
        countries=[COUNTRY] if role is Role.REGION_COORDINATOR else [],
        languages=[],
        demo=True,
        created_at=now,
    )


async def _row_of(session: AsyncSession, role: Role) -> int:
    query = select(OperatorRow.id).where(OperatorRow.demo, OperatorRow.role == role.value)
    return (await session.execute(query)).scalar_one()


async def _put_away(session: AsyncSession) -> None:
    await session.execute(delete(StewardshipRow).where(StewardshipRow.organisation == ORGANISATION))
    theirs = select(OperatorRow.id).where(OperatorRow.demo)
    for kept in (EnrolmentRow, SessionRow):
        await session.execute(delete(kept).where(kept.operator.in_(theirs)))
    await session.execute(
        update(OperatorRow).where(OperatorRow.demo).values(password=None, totp=None)
    )
