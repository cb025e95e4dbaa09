"""All that fits, found by its codes and measured: where that is little."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Point
from directory.search_frequency import Frequencies
from directory.search_metres import METRES, Found, of_here
from directory.search_query import Condition
from directory.search_tokens import all_of

# Not as "point IS NOT NULL": that would make the index of points a way, read from end to end.
PLACED, UNPLACED = "num_nulls(point) = 0", "num_nulls(point) = 1"
# How many codes the index is asked for, each of which has a list to read, and the share of a code
# whose list is too long for it. What is not asked for is read with each row.
_MOST, _COMMON = 5, 0.5


async def all_that_fit(
    session: AsyncSession, condition: Condition, here: Point, count: int, frequencies: Frequencies
) -> list[Found]:
    """Return the nearest of few: all of them are measured."""
    fitting, values = few_that_fit(condition, frequencies, PLACED)
    sql = (
        f"WITH fitting AS MATERIALIZED ({fitting})"  # noqa: S608
        f" SELECT service, min({METRES}) AS metres FROM fitting"
        " GROUP BY service ORDER BY metres, service LIMIT :count"
    )
    values |= of_here(here) | {"count": count}
    rows = await session.execute(text(sql), {**condition.values, **values})
    return [Found(row.service, row.metres) for row in rows]


def few_that_fit(
    condition: Condition, frequencies: Frequencies, half: str
) -> tuple[str, dict[str, Any]]:
    """Return SQL for all rows of a half that fit, found by their rarest codes, and its values.

    Each half has an index of codes of its own: nearly all shelters have no place that may be known,
    and whoever looks for what is near would read them all in vain.
    """
    codes = frequencies.rarest(condition.codes)
    sql = (
        "SELECT service, position, scope, point[0] AS longitude, point[1] AS latitude"  # noqa: S608
        f" FROM search_place WHERE {half} AND tokens @@ CAST(:codes AS tsquery)"
        f" AND ts_match_vq(tokens, CAST(:rest AS tsquery)){condition.where()}"
    )
    first = [one for one in codes if frequencies.share(one) <= _COMMON][:_MOST]
    first = first if len(first) > 1 else codes[:2]
    rest = [one for one in codes if one not in first] or codes[:1]
    return sql, {"codes": all_of(first), "rest": all_of(rest)}
