"""What was asked where nothing fitted, read for operators: counts only, small numbers hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Executable, Result, func, select

from delivery.tables import unmet

SMALL = 5  # a smaller number could be one person


class Executes(Protocol):
    """A connection or a session."""

    async def execute(self, statement: Executable, /) -> Result[*tuple[Any, ...]]:
        """Return the result of a statement."""


@dataclass(frozen=True)
class Need:
    """One thing that was asked for in vain.

    Attributes:
        country: ISO 3166-1 alpha-2.
        city: Number of a large city (GeoNames), or empty.
        part: ``services`` or ``rights``.
        what: Kind of service, or care.
        why: As ``content.unmet`` says it.
        times: How often; None where it was less than five times.
    """

    country: str
    city: str
    part: str
    what: str
    why: str
    times: int | None


async def needs(connection: Executes, *, since: date, countries: Sequence[str] = ()) -> list[Need]:
    """Return what was asked in vain since a day, the most frequent first.

    Args:
        connection: A connection or a session.
        since: A first of a month.
        countries: Only in these; empty means in all.
    """
    keys = (unmet.c.country, unmet.c.city, unmet.c.part, unmet.c.what, unmet.c.why)
    times = func.sum(unmet.c.times)
    query = select(*keys, times).where(unmet.c.month >= since)
    if countries:
        query = query.where(unmet.c.country.in_(countries))
    rows = await connection.execute(query.group_by(*keys).order_by(times.desc(), *keys))
    return [
        Need(country, city, part, what, why, shown(times))
        for country, city, part, what, why, times in rows
    ]


async def months(
    connection: Executes, *, since: date, countries: Sequence[str] = ()
) -> list[tuple[date, int | None]]:
    """Return how often something was asked in vain in each month, in order.

    Rounded to fives: from the whole and the needs that are shown nobody can work out one that is
    hidden.
    """
    query = select(unmet.c.month, func.sum(unmet.c.times)).where(unmet.c.month >= since)
    if countries:
        query = query.where(unmet.c.country.in_(countries))
    rows = await connection.execute(query.group_by(unmet.c.month).order_by(unmet.c.month))
    return [(month, _about(times)) for month, times in rows]


def _about(times: int) -> int | None:
    known = shown(times)
    return None if known is None else SMALL * round(known / SMALL)


def shown(times: int) -> int | None:
    """Return a number that may be shown; None for one that could be one person."""
    return int(times) if times >= SMALL else None
