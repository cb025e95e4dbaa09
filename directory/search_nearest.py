"""The nearest places that fit, in true metres: which way to them is likely to be the shortest.

Every way leads to the same answer. *From near to far* passes by what does not fit, *in squares*
takes a first look at all that is around somebody, *all that fits* measures what has the codes.
"""

from __future__ import annotations

import math

from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Point
from directory.search_by_degrees import from_near_to_far
from directory.search_cells import RADII, Cells, cells_around
from directory.search_fitting import all_that_fit
from directory.search_frequency import Frequencies
from directory.search_in_squares import EVERYWHERE, in_squares
from directory.search_metres import Found, nearest_of
from directory.search_query import Condition
from directory.search_tokens import any_of, of_kind

_FEW = 400  # rows that are quickly measured, wherever they are
_PASSED = 110_000  # rows of an index that are quickly passed by
_ENOUGH = 12  # times as many as asked for must be likely in a circle, or it is not looked in
_MOST = 20_000  # rows that are still measured rather than read from near to far to the end
_ENOUGH_THEN = 2  # the same, where it is known how rare it is


async def nearest(
    session: AsyncSession,
    condition: Condition,
    here: Point,
    count: int,
    *,
    frequencies: Frequencies,
    within: float = math.inf,
) -> list[Found]:
    """Return the nearest listings that fit, the nearest first, each once.

    Args:
        session: An open session.
        condition: What they must fulfil.
        here: From where.
        count: How many at most.
        frequencies: How common codes are, to choose the way; wrong ones only cost time.
        within: Metres; what is further is left out.
    """
    codes = condition.codes
    likely = frequencies.guess(codes) if codes else math.inf
    if likely <= _FEW and _of_kinds(condition, frequencies) <= _PASSED:
        found = await in_squares(session, condition, here, count)
    elif likely <= _FEW:
        found = await all_that_fit(session, condition, here, count, frequencies)
    elif len(codes) < 2:  # noqa: PLR2004 -- the index knows where a single code is
        found = await from_near_to_far(session, condition, here, count)
    else:
        found = await _around(session, condition, here, count, frequencies)
    return [one for one in found if one.metres <= within]


async def _around(
    session: AsyncSession, condition: Condition, here: Point, count: int, frequencies: Frequencies
) -> list[Found]:
    """Return the nearest of what several codes together lead to: first around, then everywhere."""
    guessed = frequencies.guess(condition.codes) * condition.odds
    there = _of_kinds(condition, frequencies)
    enough = _ENOUGH
    for radius in RADII:
        around = cells_around(here, radius)
        share = frequencies.share(around.query) if around.codes else 1.0
        likely = guessed * share
        if likely < enough * count:
            continue
        if there * share > _PASSED:
            break
        found = await in_squares(session, condition, here, count, around.ranges or EVERYWHERE)
        if len(found) == count:
            return await _with_nearer(session, condition, here, found, around)
        guessed *= (len(found) + 1) / likely  # so it is rarer than it looks
        enough = _ENOUGH_THEN
    if there <= _PASSED:
        return await in_squares(session, condition, here, count)
    if guessed <= _MOST:
        return await all_that_fit(session, condition, here, count, frequencies)
    return await from_near_to_far(session, condition, here, count)


def _of_kinds(condition: Condition, frequencies: Frequencies) -> float:
    """Return how many rows there are of the kinds asked for."""
    kinds = any_of(map(of_kind, condition.kinds))
    return frequencies.rows * (frequencies.share(kinds) if condition.kinds else 1.0)


async def _with_nearer(
    session: AsyncSession, condition: Condition, here: Point, found: list[Found], around: Cells
) -> list[Found]:
    """Return what was found around somebody, or what is nearer in squares not yet looked at."""
    last = found[-1].metres
    if last <= around.metres:
        return found
    wider = cells_around(here, last)
    rest = Cells(tuple(sorted({*wider.codes} - {*around.codes})), last)
    if wider.codes and not rest.codes:
        return found
    more = await in_squares(session, condition, here, len(found), rest.ranges or EVERYWHERE)
    return nearest_of((*found, *more), len(found))
