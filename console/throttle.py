"""How often somebody may try to sign in: waits that grow, and never a lock for good.

Four kinds of tries are counted, each under a keyed hash:

- of a *device* that its owner signed in with before. It has tries of its own, so that whoever
  attacks an account from elsewhere cannot keep its owner out;
- of an *address*;
- of an *account*, from everywhere but such devices. While it has to wait, an address that has
  hardly failed lately is let through all the same: with a new telephone one gets in, too;
- of the *second factor* of an account, by those who had the password right. There a million
  guesses would be enough, so no address is let through.

A try is counted before it is looked at, so that many at once are no way around, and given back
when it was right. A try that is refused counts nothing: the wait does not grow by it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from console.models import TriesRow

_FREE = 4  # wrong tries without a wait
LONGEST = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
_NEWCOMER = 3  # wrong tries that an address may have to be let through
_NEWCOMER_AGAIN = timedelta(hours=1)
_NETWORK = 64  # bits of an IPv6 address that one household gets


@dataclass(frozen=True)
class Budget:
    """What tries are counted under.

    Attributes:
        key: Keyed hash.
        yields: An address that hardly failed lately need not wait for it.
        newcomer: It is such an address, if it has hardly failed.
    """

    key: bytes
    yields: bool = False
    newcomer: bool = False


async def admit(
    session: AsyncSession, budgets: Sequence[Budget], *, now: datetime
) -> timedelta | None:
    """Count a try and return None; or return how long to wait, and count nothing."""
    rows = await _locked(session, [budget.key for budget in budgets], now)
    exempt = any(b.newcomer and _hardly_failed(rows[b.key], now) for b in budgets)
    waits = [rows[b.key].until - now for b in budgets if not (b.yields and exempt)]
    longest = max(waits, default=timedelta(0))
    if longest > timedelta(0):
        return longest
    for row in rows.values():
        row.failures += 1
        row.last_at = now
        row.until = max(row.until, now + pause(row.failures))
    return None


async def give_back(session: AsyncSession, budgets: Iterable[Budget], *, now: datetime) -> None:
    """Take back a try that was right."""
    keys = [budget.key for budget in budgets]
    query = select(TriesRow).where(TriesRow.key.in_(keys)).order_by(TriesRow.key)
    for row in await session.scalars(query.with_for_update()):
        row.failures = max(row.failures - 1, 0)
        row.until = now + pause(row.failures) if row.failures else now


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Delete what was counted long ago."""
    await session.execute(delete(TriesRow).where(TriesRow.last_at < now - REMEMBERED))


def pause(failures: int) -> timedelta:
    """Return how long to wait after so many wrong tries: doubled each time, up to 15 minutes."""
    if failures <= _FREE:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - _FREE - 1, 20)), LONGEST)


def network_of(address: str) -> str:
    """Return what an address is counted as: itself, or the network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found)


async def _locked(
    session: AsyncSession, keys: Sequence[bytes], now: datetime
) -> dict[bytes, TriesRow]:
    """Return the rows of some keys, held until the transaction ends; old failures forgotten."""
    new = [{"key": key, "failures": 0, "last_at": now, "until": now} for key in sorted(keys)]
    await session.execute(insert(TriesRow).values(new).on_conflict_do_nothing())
    query = select(TriesRow).where(TriesRow.key.in_(keys)).order_by(TriesRow.key)
    rows = {row.key: row for row in await session.scalars(query.with_for_update())}
    for row in rows.values():
        if row.last_at < now - REMEMBERED:
            row.failures, row.until = 0, now
    return rows


def _hardly_failed(row: TriesRow, now: datetime) -> bool:
    return row.failures < _NEWCOMER or row.last_at < now - _NEWCOMER_AGAIN
