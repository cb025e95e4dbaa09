"""What is in squares of the map and fits, the nearest first: a first look, then a closer one.

An index alone tells where listings of a kind are and, in bits, what they may offer. So thousands
are passed by in a millisecond, and only the nearest that may fit are looked at themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Point
from directory.search_metres import METRES, Found, nearest_of, of_here
from directory.search_query import Condition
from directory.search_signs import sign_of
from directory.search_tokens import codes_in

EVERYWHERE = ((0, 1 << 20),)  # all squares
# OFFSET 0: what is inside is done first, and each nearest is looked at before the next.
_LOOK = """
SELECT place.service, near.metres FROM (
    SELECT service, position, {metres} AS metres
    FROM unnest(CAST(:kinds AS text[])) AS asked(kind)
    CROSS JOIN unnest(CAST(:first AS int[]), CAST(:last AS int[])) AS squares(first, last)
    CROSS JOIN LATERAL (
        SELECT service, position, longitude, latitude FROM search_near
        WHERE kind = asked.kind AND square >= first AND square < last{signs} OFFSET 0
    ) AS looked_at
    ORDER BY metres, service OFFSET 0
) AS near
CROSS JOIN LATERAL (
    SELECT service FROM search_place
    WHERE service = near.service AND position = near.position
        AND ts_match_vq(tokens, CAST(:codes AS tsquery)){where} OFFSET 0
) AS place
LIMIT :ask
"""


async def in_squares(
    session: AsyncSession,
    condition: Condition,
    here: Point,
    count: int,
    squares: Sequence[tuple[int, int]] = EVERYWHERE,
) -> list[Found]:
    """Return the nearest listings in some squares that fit.

    Args:
        session: An open session.
        condition: What they must fulfil; at least one condition on codes.
        here: From where.
        count: How many at most.
        squares: From which number to which, see ``search_cells``.
    """
    signs, values = _signs(condition)
    sql = _look(signs, condition.where())
    values |= of_here(here) | {"kinds": list(condition.kinds) or [""], "codes": condition.tsquery}
    values |= {"first": [one for one, _ in squares], "last": [one for _, one in squares]}
    ask = 2 * count + 2
    while True:
        rows = (await session.execute(sql, {**condition.values, **values, "ask": ask})).all()
        found = nearest_of((Found(row.service, row.metres) for row in rows), count)
        if len(rows) < ask or len(found) == count:
            return found
        ask *= 4  # one listing with many places, or of many of the kinds


@lru_cache(maxsize=256)
def _look(signs: str, where: str) -> TextClause:
    return text(_LOOK.format(metres=METRES, signs=signs, where=where))


def _signs(condition: Condition) -> tuple[str, dict[str, Any]]:
    """Return SQL for what may fit by its bits, after an AND, and its values."""
    sql, values = "", {}
    for number, query in enumerate(condition.codes):
        sign = sign_of(codes_in(query))
        if sign is not None:
            sql += f" AND {sign[0]} & CAST(:sign{number} AS bigint) <> 0"
            values[f"sign{number}"] = sign[1]
    return sql, values
