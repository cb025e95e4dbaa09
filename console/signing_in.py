"""Signing in: name, password and second factor in one step, with one answer for all that is wrong.

Whether a name exists can neither be read nor measured: the same questions are asked of the
database, a hash of nobody's is verified, and the words are the same.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from console import codes, second_factor, sessions, throttle
from console.context import Console
from console.devices import is_known, know_device
from console.models import OperatorRow, RecoveryCodeRow
from console.throttle import Budget

_LONGEST_NAME = 120  # characters that are looked at


@dataclass(frozen=True)
class Try:
    """What somebody sent; ``device`` is what their browser keeps of an earlier sign-in."""

    name: str
    password: str
    code: str
    address: str
    device: str | None = None

    def __repr__(self) -> str:
        return "Try()"


@dataclass(frozen=True)
class Welcome:
    """It was right: what the browser shall keep."""

    session: str
    device: str

    def __repr__(self) -> str:
        return "Welcome()"


@dataclass(frozen=True)
class Wait:
    """Too many tries: when the next one counts."""

    time: timedelta


@dataclass(frozen=True)
class Wrong:
    """Name, password or code is wrong; nobody is told which."""


def name_key(name: str) -> str:
    """Return the form of a name by which it is found: one case, one kind of blank."""
    plain = unicodedata.normalize("NFKC", name[:_LONGEST_NAME]).casefold()
    return " ".join(plain.split()).replace("\0", "")


async def sign_in(console: Console, tried: Try, *, now: datetime) -> Welcome | Wait | Wrong:
    """Sign somebody in, or say that they have to wait or that something is wrong."""
    async with console.sessions.begin() as session:
        await throttle.forget_old(session, now=now)
        row = await _operator(session, tried.name)
        budgets, factor = await _budgets(console, session, row, tried, now=now)
        if (wait := await throttle.admit(session, budgets, now=now)) is not None:
            return Wait(wait)
    usable = row is not None and row.password is not None and not row.demo
    right = await console.passwords.matches(
        row.password if row is not None and usable else None, tried.password
    )
    stronger = await _stronger(console, row, tried.password) if right else None
    async with console.sessions.begin() as session:
        # Where the password is wrong something is counted too, so that it takes as long.
        unused = Budget(_key(console, "unused", factor.key.hex()))
        wait = await throttle.admit(session, [factor if right else unused], now=now)
        if not await _factor(console, session, row, tried.code, now=now, counts=right and not wait):
            return Wrong()
        assert row is not None  # noqa: S101 -- narrows: nobody's factor is never right
        await throttle.give_back(session, [*budgets, factor], now=now)
        return await _let_in(console, session, row, tried, stronger, now=now)


async def _operator(session: AsyncSession, name: str) -> OperatorRow | None:
    query = select(OperatorRow).where(
        OperatorRow.name_key == name_key(name), OperatorRow.disabled_at.is_(None)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _budgets(
    console: Console,
    session: AsyncSession,
    row: OperatorRow | None,
    tried: Try,
    *,
    now: datetime,
) -> tuple[list[Budget], Budget]:
    """Return what a try is counted under, and what it is when the password is right."""
    if await is_known(console, session, row.id if row else None, tried.device, now=now):
        kept = tried.device or ""
        return (
            [Budget(_key(console, "tries of device", kept))],
            Budget(_key(console, "factor of device", kept)),
        )
    address = throttle.network_of(tried.address)
    return (
        [
            Budget(_key(console, "tries of account", name_key(tried.name)), yields=True),
            Budget(_key(console, "tries of address", address), newcomer=True),
        ],
        Budget(_key(console, "factor of account", name_key(tried.name))),
    )


async def _stronger(console: Console, row: OperatorRow | None, password: str) -> str | None:
    """Return a new hash where the stored one was made with weaker parameters than ours."""
    if row is None or row.password is None or not console.passwords.is_outdated(row.password):
        return None
    return await console.passwords.hashed(password)


async def _factor(
    console: Console,
    session: AsyncSession,
    row: OperatorRow | None,
    code: str,
    *,
    now: datetime,
    counts: bool,
) -> bool:
    """Return whether a second factor is right, and use it up if it ``counts``."""
    sealed = row.totp if row is not None else None
    secret = (
        second_factor.opened(console.keys, row.id, sealed)
        if row is not None and sealed is not None
        else second_factor.NOBODYS_SECRET
    )
    step = second_factor.step_of(secret, code, now=now)
    if not counts or row is None or sealed is None:
        return False
    return await use_up(console, session, row.id, code, step)


async def use_up(
    console: Console, session: AsyncSession, operator: int, code: str, step: int | None
) -> bool:
    """Return whether a code counts; it never does again.

    ``step`` is the one that a code of the app belongs to; without it the code may be one of the
    ten for a lost app.
    """
    if step is not None:
        later = update(OperatorRow).where(OperatorRow.id == operator, OperatorRow.totp_step < step)
        used = later.values(totp_step=step).returning(OperatorRow.id)
        return (await session.execute(used)).scalar_one_or_none() is not None
    key = _key(console, "recovery", codes.plain(code))
    spent = delete(RecoveryCodeRow).where(
        RecoveryCodeRow.operator == operator, RecoveryCodeRow.code == key
    )
    gone = await session.execute(spent.returning(RecoveryCodeRow.code))
    return gone.scalar_one_or_none() is not None


async def _let_in(
    console: Console,
    session: AsyncSession,
    row: OperatorRow,
    tried: Try,
    stronger: str | None,
    *,
    now: datetime,
) -> Welcome:
    changed: dict[str, object] = {"signed_in_at": now}
    if stronger is not None:
        changed["password"] = stronger
    await session.execute(update(OperatorRow).where(OperatorRow.id == row.id).values(changed))
    return Welcome(
        session=await sessions.begin(console, session, row.id, now=now),
        device=await know_device(console, session, row.id, tried.device, now=now),
    )


def _key(console: Console, kind: str, value: str) -> bytes:
    return console.keys.hashed(kind, value)
