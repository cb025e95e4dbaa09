"""The nearest places that fit, in true metres: which way to them is likely to be the shortest.

Every way leads to the same answer. *From near to far* passes by what does not fit; *all that fits*
measures every row that has the codes, everywhere or in the squares around somebody.
"""

from __future__ import annotations

import math

from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Point, boxes
from directory.search_by_degrees import from_near_to_far
from directory.search_cells import RADII, Cells, cells_around
from directory.search_fitting import all_that_fit
from directory.search_frequency import Frequencies
from directory.search_metres import Found, nearest_of
from directory.search_query import Condition

_FEW = 400  # rows that are quickly measured, wherever they are
_PASSED = 2_500  # rows that are quickly passed by
_ENOUGH = 8  # times as many as asked for must be likely in a circle, or it is not looked in
_MOST = 20_000  # rows that are still measured rather than read from near to far to the end
_MEASURED = 25  # entries of a list that are read while one row is measured
_ENOUGH_THEN = 2  # the same, where it is known how rare it is
_MANY = 12  # times as many, and from near to far they are found soon


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
    if likely <= _FEW:
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
    guessed = frequencies.guess(condition.codes)
    passed = count / max(guessed * condition.odds, 1.0) * frequencies.rows
    # Many conditions are rarely as independent as they look.
    quick = passed <= _PASSED / (len(condition.codes) - 1) ** 2
    rarest = min(map(frequencies.share, condition.codes))
    odds, enough = condition.odds, _ENOUGH
    for radius in RADII:
        around = cells_around(here, radius)
        share = frequencies.share(around.query) if around.codes else 1.0
        likely = guessed * odds * share
        if likely < enough * count:
            continue
        if share > rarest + _MEASURED * guessed / frequencies.rows:
            break  # everywhere is less
        if quick and likely >= _MANY * count:
            around = Cells((), radius)
            only = condition.inside(boxes(here, radius))
            found = await from_near_to_far(session, only, here, count)
        else:
            only = condition.around(around.query)
            found = await all_that_fit(session, only, here, count, frequencies)
        if len(found) == count:
            return await _with_nearer(
                session, condition, here, found=found, around=around, frequencies=frequencies
            )
        odds *= (len(found) + 1) / likely  # so it is rarer than it looks
        enough = _ENOUGH_THEN
    if guessed * odds <= _MOST:
        return await all_that_fit(session, condition, here, count, frequencies)
    return await from_near_to_far(session, condition, here, count)


async def _with_nearer(
    session: AsyncSession,
    condition: Condition,
    here: Point,
    *,
    found: list[Found],
    around: Cells,
    frequencies: Frequencies,
) -> list[Found]:
    """Return what was found around somebody, or what is nearer in squares not yet looked at."""
    last = found[-1].metres
    if last <= around.metres:
        return found
    wider = set(cells_around(here, last).codes)
    rest = Cells(tuple(sorted(wider - {*around.codes})), last)
    if wider and not rest.codes:
        return found
    only = condition.around(rest.query)
    more = await all_that_fit(session, only, here, len(found), frequencies)
    return nearest_of((*found, *more), len(found))
