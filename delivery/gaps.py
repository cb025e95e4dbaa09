"""What helpers say exists nowhere: a count a day, country and kind. Never words, never who."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from delivery.tables import gaps
from delivery.unmet import Executes, shown
from wire.decision import Decision

_SAY = "gap.noted"
_COUNTRY = re.compile(r"[A-Z]{2}")
_KIND = re.compile(r"[a-z][a-z_]{0,39}")
Gap = tuple[date, str, str]


@dataclass(frozen=True)
class Missing:
    """A kind of service that helpers say exists nowhere in a country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        kind: Kind of service.
        times: How often they said so; None where it was less than five times.
    """

    country: str
    kind: str
    times: int | None


def gaps_of(decision: Decision, day: date) -> Iterator[Gap]:
    """Yield what a decision notes as missing: the day, the country and the kind of service."""
    for say in decision.says:
        country, kinds = say.values.get("country"), say.values.get("kinds")
        if say.message != _SAY or not isinstance(country, str) or not isinstance(kinds, list):
            continue
        for kind in map(str, kinds):
            if _COUNTRY.fullmatch(country) and _KIND.fullmatch(kind):
                yield day, country, kind


async def missing(
    connection: Executes, *, since: date, countries: Sequence[str] = ()
) -> list[Missing]:
    """Return what helpers noted as missing since a day, the most frequent first.

    Args:
        connection: A connection or a session.
        since: The first day that counts.
        countries: Only in these; empty means in all.
    """
    keys, times = (gaps.c.country, gaps.c.kind), func.sum(gaps.c.times)
    query = select(*keys, times).where(gaps.c.day >= since)
    if countries:
        query = query.where(gaps.c.country.in_(countries))
    rows = await connection.execute(query.group_by(*keys).order_by(times.desc(), *keys))
    return [Missing(country, kind, shown(times)) for country, kind, times in rows]
