"""Search over what is published: a question in, listings out, the best first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncSession

from directory.listing import Listing
from directory.open_now import Moment, moment_in
from directory.ranking import FRESH, ranked
from directory.search_found import listings_of
from directory.search_frequency import frequencies
from directory.search_metres import nearest_of
from directory.search_nearest import nearest
from directory.search_query import Condition, Order, Query, condition
from directory.search_tokens import PUBLIC, any_of, of_kind, of_month
from directory.search_wide import by_scope
from directory.search_zones import zones

__all__ = ["Order", "Query", "search"]
_POOL = 12  # of each sort, from which the best are chosen


async def search(session: AsyncSession, query: Query, *, now: datetime) -> list[Listing]:
    """Return the listings that answer a question, the best or the nearest first.

    With ``Order.NEAREST`` these are truly the nearest to the metre. With ``Order.BEST`` the nearest
    of each kind, the nearest that was verified lately, and, where public comes first, the nearest
    public ones are ranked by fit, distance, age of verification and who runs them; what is for a
    whole country or region, or remote, stands among them.

    Args:
        session: An open session.
        query: The question.
        now: The moment of the question, with its time zone.
    """
    today = now.date()
    moments = await _moments(session, now) if query.open_now else {}
    wanted = condition(query, today, moments)
    far = await _placed(session, query, wanted, today)
    services = [*far]
    if query.here is None or (_has_wide(query) and query.within_km is None):
        services += await _unplaced(session, query, wanted)
    found = await listings_of(session, services, here=query.here, kinds=query.kinds, far=far)
    found.sort(key=ranked(query, today))
    return found[query.offset : query.offset + query.limit]


async def _placed(
    session: AsyncSession, query: Query, wanted: Condition, today: date
) -> dict[str, float]:
    """Return the listings with a place that may be among the best, and how many km away it is.

    In a city that was asked for, nothing is any way off.
    """
    if query.here is None:
        return {}
    within = math.inf if query.within_km is None else query.within_km * 1000
    most = query.offset + query.limit
    known = await frequencies(session)
    sorts = [wanted]
    if query.order is Order.BEST:
        most += _POOL
        sorts += [wanted.also(any_of([of_kind(kind)])) for kind in query.kinds[:-1]]
        sorts.append(wanted.also(_lately(today)))
        if query.public_first:
            sorts.append(wanted.also(any_of([PUBLIC])))
    found = [
        await nearest(session, one, query.here, most, frequencies=known, within=within)
        for one in sorts
    ]
    every = nearest_of((one for each in found for one in each), len(sorts) * most)
    return {one.service: 0.0 if query.city else one.metres / 1000 for one in every}


async def _unplaced(session: AsyncSession, query: Query, wanted: Condition) -> list[str]:
    most = query.offset + query.limit + _POOL
    return await by_scope(
        session,
        wanted,
        query.country,
        most,
        frequencies=await frequencies(session),
        placed=query.here is not None,
    )


def _has_wide(query: Query) -> bool:
    """Return whether what has no place of its own may answer; a country must be told for it."""
    return query.country is not None and query.city is None and query.order is Order.BEST


def _lately(today: date) -> str:
    months = {of_month(today - FRESH / 12 * step) for step in range(13)}  # of 28 days and more
    return any_of(sorted(months))


async def _moments(session: AsyncSession, now: datetime) -> Mapping[str, Sequence[Moment]]:
    """Return what a moment is in the countries that have a pack, see ``search_query.condition``."""
    known = await zones(session)
    minute = now.replace(second=0, microsecond=0)
    return _clocks(tuple((country, tuple(each)) for country, each in known.items()), minute)


@lru_cache(maxsize=4)  # asked again and again within a minute
def _clocks(
    known: tuple[tuple[str, tuple[str, ...]], ...], minute: datetime
) -> Mapping[str, Sequence[Moment]]:
    found: dict[str, Sequence[Moment]] = {}
    for country, each in known:
        moments = {zone: moment_in(country, zone, minute) for zone in each}
        found |= {f"{country} {zone}": [moment] for zone, moment in moments.items()}
        found[country] = [*dict.fromkeys(moments.values())]
    return found
