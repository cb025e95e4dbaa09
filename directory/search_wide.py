"""Listings that are not told by distance: for a country or region, remote, or of unknown place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.search_by_degrees import fits
from directory.search_fitting import PLACED, UNPLACED, few_that_fit
from directory.search_frequency import Frequencies
from directory.search_query import Condition

FEW = 5_000  # rows that are read at once
SCOPES = ("country", "remote", "region", "city", "unknown")


async def by_scope(
    session: AsyncSession,
    condition: Condition,
    country: str | None,
    count: int,
    *,
    frequencies: Frequencies,
    placed: bool,
) -> list[str]:
    """Return some listings of each scope that fit, in the order of their ids.

    Args:
        session: An open session.
        condition: What they must fulfil.
        country: ISO 3166-1 alpha-2, where it is known.
        count: How many of each scope at most.
        frequencies: How common codes are.
        placed: Whether those with a point are found elsewhere, and left out here.
    """
    values = {**condition.values, "count": count}
    if condition.codes and frequencies.guess(condition.codes) <= FEW:
        halves = (UNPLACED,) if placed else (PLACED, UNPLACED)
        few = [few_that_fit(condition, frequencies, half) for half in halves]
        fitting, more = " UNION ALL ".join(one for one, _ in few), few[0][1]
        ranked = "row_number() OVER (PARTITION BY scope ORDER BY service)"
        sql = (
            f"WITH fitting AS MATERIALIZED ({fitting}) SELECT service FROM"  # noqa: S608 -- ours
            f" (SELECT service, {ranked} AS number FROM fitting"
            " WHERE position = 0) AS ranked WHERE number <= :count"
        )
        return list((await session.scalars(text(sql), {**values, **more})).all())
    values |= {"scopes": list(SCOPES), "country": country, "codes": condition.tsquery}
    sql = " UNION ALL ".join(
        "SELECT found.service FROM unnest(CAST(:scopes AS text[])) AS asked(scope)"  # noqa: S608
        " CROSS JOIN LATERAL (SELECT service FROM search_place AS place"
        f" WHERE place.scope = asked.scope AND position = 0 AND {where}"
        f"{' AND country = :country' if country else ''}{fits(condition)}{condition.where()}"
        " ORDER BY service LIMIT :count) AS found"
        for where in _points(placed=placed)
    )
    return list((await session.scalars(text(sql), values)).all())


def _points(*, placed: bool) -> Sequence[str]:
    """Return the two halves of the table that the index has: those without a point come first."""
    without = "(point IS NULL)"
    return (without,) if placed else (without, f"NOT {without}")
