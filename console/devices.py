"""Browsers that somebody signed in with before: their tries are counted apart from strangers'."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from console.context import Console
from console.models import DeviceRow

DEVICE_KNOWN = timedelta(days=90)
_KIND = "device"
_NOBODY = -1  # the same question is asked of the database for a name that nobody has


async def is_known(
    console: Console,
    session: AsyncSession,
    operator: int | None,
    device: str | None,
    *,
    now: datetime,
) -> bool:
    """Return whether an operator signed in with this browser lately."""
    query = select(DeviceRow.id).where(
        DeviceRow.id == console.keys.hashed(_KIND, device or ""),
        DeviceRow.operator == (_NOBODY if operator is None else operator),
        DeviceRow.expires_at > now,
    )
    return (await session.execute(query)).scalar_one_or_none() is not None


async def know_device(
    console: Console, session: AsyncSession, operator: int, device: str | None, *, now: datetime
) -> str:
    """Remember a browser that was signed in with, under a new token; return the token."""
    old = DeviceRow.id == console.keys.hashed(_KIND, device or "")
    await session.execute(delete(DeviceRow).where(old | (DeviceRow.expires_at < now)))
    token = secrets.token_urlsafe(32)
    key = console.keys.hashed(_KIND, token)
    session.add(DeviceRow(id=key, operator=operator, expires_at=now + DEVICE_KNOWN))
    return token
