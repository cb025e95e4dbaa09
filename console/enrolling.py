"""A first sign-in: with a code from whoever added the operator, a password and an app are set."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from console import codes, second_factor, sessions
from console.context import Console
from console.devices import know_device
from console.keys import Keys
from console.models import (
    DeviceRow,
    EnrolmentRow,
    OperatorRow,
    RecoveryCodeRow,
    SessionRow,
)
from console.signing_in import Wait, Welcome, Wrong
from console.throttle import Budget, admit, give_back, network_of

HOLDS = timedelta(days=3)


async def invite(
    session: AsyncSession,
    keys: Keys,
    operator: int,
    *,
    now: datetime,
    holds: timedelta = HOLDS,
) -> str:
    """Return a new code for the first sign-in; an older one counts no more."""
    code = codes.new_code()
    await session.execute(delete(EnrolmentRow).where(EnrolmentRow.operator == operator))
    await session.execute(delete(EnrolmentRow).where(EnrolmentRow.expires_at < now))
    hashed = keys.hashed("enrolment", codes.plain(code))
    session.add(EnrolmentRow(operator=operator, code=hashed, expires_at=now + holds))
    return code


async def open_with(
    console: Console, code: str, address: str, *, now: datetime
) -> str | Wait | Wrong:
    """Return the token of a session in which password and app are set; or what is in the way."""
    tries = [Budget(console.keys.hashed("tries of address", network_of(address)))]
    async with console.sessions.begin() as session:
        if (wait := await admit(session, tries, now=now)) is not None:
            return Wait(wait)
        operator = await invited(console, session, code, now=now)
        if operator is None:
            return Wrong()
        await give_back(session, tries, now=now)
        token = await sessions.begin(console, session, operator, now=now, enrols=True)
        await session.flush()
        await propose(console, session, console.keys.hashed("session", token), operator)
        return token


async def invited(
    console: Console, session: AsyncSession, code: str, *, now: datetime, demo: bool = False
) -> int | None:
    """Return the operator whom a code was made for, or None."""
    query = (
        select(EnrolmentRow.operator)
        .join(OperatorRow, OperatorRow.id == EnrolmentRow.operator)
        .where(
            EnrolmentRow.code == console.keys.hashed("enrolment", codes.plain(code)),
            EnrolmentRow.expires_at > now,
            OperatorRow.disabled_at.is_(None),
            OperatorRow.demo.is_(demo),
        )
    )
    return (await session.execute(query)).scalar_one_or_none()


async def propose(console: Console, session: AsyncSession, key: bytes, operator: int) -> None:
    """Put a new secret into a session: it becomes the second factor once a code of it is sent."""
    sealed = second_factor.sealed(console.keys, operator, second_factor.new_secret())
    query = update(SessionRow).where(SessionRow.id == key)
    await session.execute(query.values(pending_totp=sealed))


def proposed(console: Console, row: SessionRow) -> str | None:
    """Return the secret that waits in a session for its first code, or None."""
    if row.pending_totp is None:
        return None
    return second_factor.opened(console.keys, row.operator, row.pending_totp)


async def take_factor(
    console: Console, session: AsyncSession, row: SessionRow, step: int
) -> list[str]:
    """Make the proposed secret the second factor; return ten new codes for when it is lost."""
    query = update(OperatorRow).where(OperatorRow.id == row.operator)
    await session.execute(query.values(totp=row.pending_totp, totp_step=step))
    row.pending_totp = None
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.operator == row.operator))
    fresh = codes.new_recovery_codes()
    for code in fresh:
        hashed = console.keys.hashed("recovery", codes.plain(code))
        session.add(RecoveryCodeRow(operator=row.operator, code=hashed))
    return fresh


async def finish(
    console: Console, session: AsyncSession, row: SessionRow, password: str, *, now: datetime
) -> Welcome:
    """Set the password, end every session and begin the one that is signed in.

    ``password`` is the hash.
    """
    operator = row.operator
    query = update(OperatorRow).where(OperatorRow.id == operator)
    await session.execute(query.values(password=password, signed_in_at=now))
    await session.execute(delete(EnrolmentRow).where(EnrolmentRow.operator == operator))
    await session.execute(delete(DeviceRow).where(DeviceRow.operator == operator))
    await sessions.end_all(session, operator)
    return Welcome(
        session=await sessions.begin(console, session, operator, now=now),
        device=await know_device(console, session, operator, None, now=now),
    )
