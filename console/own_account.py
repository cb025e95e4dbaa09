"""What somebody changes of their own account: password, second factor, where they are signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from console import sessions, throttle
from console.context import Console
from console.models import DeviceRow, OperatorRow, RecoveryCodeRow, SessionRow
from console.throttle import Budget


async def knows_password(
    console: Console, operator: int, password: str, *, now: datetime
) -> bool | timedelta:
    """Return whether somebody who is signed in knows their password; or how long to wait.

    Asked before anything that would outlast a browser left alone.
    """
    tries = [Budget(console.keys.hashed("tries of own", str(operator)))]
    async with console.sessions.begin() as session:
        if (wait := await throttle.admit(session, tries, now=now)) is not None:
            return wait
        row = await session.get_one(OperatorRow, operator)
        stored = row.password
    if not await console.passwords.matches(stored, password):
        return False
    async with console.sessions.begin() as session:
        await throttle.give_back(session, tries, now=now)
    return True


async def set_password(
    console: Console, session: AsyncSession, operator: int, hashed: str, *, now: datetime
) -> str:
    """Set a new password and return the token of a new session; all others end."""
    query = update(OperatorRow).where(OperatorRow.id == operator)
    await session.execute(query.values(password=hashed))
    await forget_browsers(session, operator)
    return await sessions.begin(console, session, operator, now=now)


async def forget_browsers(session: AsyncSession, operator: int) -> None:
    """End every session; every browser is a stranger again."""
    await sessions.end_all(session, operator)
    await session.execute(delete(DeviceRow).where(DeviceRow.operator == operator))


async def count_of(session: AsyncSession, operator: int) -> tuple[int, int]:
    """Return how many sessions there are, and how many codes for a lost app are left."""
    signed_in = select(func.count()).where(
        SessionRow.operator == operator, SessionRow.enrols.is_(False)
    )
    left = select(func.count()).where(RecoveryCodeRow.operator == operator)
    return (
        (await session.execute(signed_in)).scalar_one(),
        (await session.execute(left)).scalar_one(),
    )
