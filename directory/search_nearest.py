"""The nearest places that fit, in true metres.

PostgreSQL's own order of points is that of degrees on a plane, where a degree of longitude is as
long as one of latitude. So its nearest are a guess: they give a distance within which the truly
nearest must lie. If that circle may hold anything that was not seen, the points in it are looked
at, each point once, however many listings stand there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import EARTH_RADIUS, Box, Point, boxes, metres, reach
from directory.search_frequency import Frequencies
from directory.search_query import Condition
from directory.search_tokens import all_of

_CENTIMETRE = 0.01
FEW = 5_000  # rows that are read and measured at once, wherever they are
_MOST_CODES = 5  # that an index of codes is asked for; it reads a list for each
_COMMON = 0.35  # share of a code whose list is too long to be worth reading
_EDGE = 150.0  # degrees; beyond it what is near may stand at the other end of the plane


@dataclass(frozen=True)
class Found:
    """A listing, and how far its nearest place is."""

    service: str
    metres: float = field(repr=False)


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
    if condition.codes and frequencies.guess(condition.codes) <= FEW:
        found = await _all_that_fit(session, condition, here, count, frequencies)
    else:
        found = await _from_near_to_far(session, condition, here, count)
    return [one for one in found if one.metres <= within]


async def _from_near_to_far(
    session: AsyncSession, condition: Condition, here: Point, count: int
) -> list[Found]:
    best: dict[str, float] = {}
    ask = 2 * count + 2
    for end in _other_ends(here):
        rows = await _by_degrees(session, condition, here.latitude, end, ask)
        _keep(best, ((row.service, metres(here, row.y, row.x)) for row in rows))
    while True:
        rows = await _by_degrees(session, condition, here.latitude, here.longitude, ask)
        _keep(best, ((row.service, metres(here, row.y, row.x)) for row in rows))
        if len(rows) < ask or len(best) >= count:
            break
        ask *= 4  # one listing with many places
    if len(rows) == ask:
        bound = _bound(best, count)
        seen = math.hypot(rows[-1].y - here.latitude, rows[-1].x - here.longitude)
        if not _covers(seen, here, bound):
            _keep(best, await _within(session, condition, here, count, bound - _CENTIMETRE))
    return _sorted(best, count)


async def _by_degrees(
    session: AsyncSession, condition: Condition, latitude: float, longitude: float, ask: int
) -> Sequence[Row[Any]]:
    """Return rows in the order of degrees on a plane."""
    sql = (
        "SELECT service, point[0] AS x, point[1] AS y FROM search_place"  # noqa: S608 -- ours
        f" WHERE point IS NOT NULL{fits(condition)}{condition.where()}"
        " ORDER BY point <-> point(:x, :y) LIMIT :ask"
    )
    values = {"x": longitude, "y": latitude, "ask": ask, "codes": condition.tsquery}
    return (await session.execute(text(sql), {**condition.values, **values})).all()


async def _within(
    session: AsyncSession, condition: Condition, here: Point, count: int, bound: float
) -> list[tuple[str, float]]:
    """Return the nearest listings within so many metres, found by their points."""
    if bound <= 0:
        return []
    spots = (
        f"SELECT longitude AS x, latitude AS y, {_METRES} AS metres FROM search_spot"  # noqa: S608
        f" WHERE ({_inside(boxes(here, bound))}){fits(condition)} AND {_METRES} < :bound"
        f" ORDER BY metres"
    )
    sql = (
        f"SELECT place.service, spot.metres FROM ({spots}) AS spot CROSS JOIN LATERAL ("  # noqa: S608
        "SELECT service FROM search_place WHERE point ~= point(spot.x, spot.y)"
        f"{fits(condition)}{condition.where()} LIMIT :count) AS place"
        " ORDER BY spot.metres LIMIT :ask"
    )
    ask = 2 * count + 2
    while True:
        values = _here(here) | {"bound": bound, "count": count, "ask": ask}
        values["codes"] = condition.tsquery
        rows = (await session.execute(text(sql), {**condition.values, **values})).all()
        if len(rows) < ask or len({row.service for row in rows}) >= count:
            return [(row.service, row.metres) for row in rows]
        ask *= 4


async def _all_that_fit(
    session: AsyncSession, condition: Condition, here: Point, count: int, frequencies: Frequencies
) -> list[Found]:
    """Return the nearest of few: all of them are measured."""
    fitting, values = few_that_fit(condition, frequencies)
    sql = (
        f"WITH fitting AS MATERIALIZED ({fitting})"  # noqa: S608
        f" SELECT service, min({_METRES}) AS metres FROM fitting WHERE longitude IS NOT NULL"
        " GROUP BY service ORDER BY metres, service LIMIT :count"
    )
    values |= _here(here) | {"count": count}
    rows = await session.execute(text(sql), {**condition.values, **values})
    return [Found(row.service, row.metres) for row in rows]


def few_that_fit(condition: Condition, frequencies: Frequencies) -> tuple[str, dict[str, Any]]:
    """Return SQL for all rows that fit, found by their rarest codes, and its values."""
    codes = frequencies.rarest(condition.codes)
    # Written so that the index of points is no way to it: it would be read from end to end.
    sql = (
        "SELECT service, position, scope, point[0] AS longitude, point[1] AS latitude"  # noqa: S608
        " FROM search_place WHERE tokens @@ CAST(:codes AS tsquery)"
        f" AND ts_match_vq(tokens, CAST(:rest AS tsquery)){condition.where()}"
    )
    first = [one for one in codes if frequencies.share(one) <= _COMMON][:_MOST_CODES] or codes[:1]
    rest = [one for one in codes if one not in first] or codes[:1]
    return sql, {"codes": all_of(first), "rest": all_of(rest)}


# Haversine, as in great_circle.metres. PostgreSQL refuses numbers too small for a float: 1000 more
# and 1000 less makes them nothing, and moves a point by less than a micrometre.
_METRES = f"""{2 * EARTH_RADIUS!r} * asin(least(1, sqrt(
    power(sin(radians((latitude - :y + 1000) - 1000) / 2), 2)
    + cos(radians(:y)) * cos(radians((latitude + 1000) - 1000))
    * power(sin(radians((longitude - :x + 1000) - 1000) / 2), 2))))"""


def _other_ends(here: Point) -> Iterable[float]:
    """Yield where a point near the 180th meridian would be, seen from the other end."""
    if abs(here.longitude) > _EDGE:
        yield here.longitude - math.copysign(360, here.longitude)


def _here(here: Point) -> dict[str, Any]:
    return {"x": round(here.longitude, 9), "y": round(here.latitude, 9)}


def fits(condition: Condition) -> str:
    """Return the SQL of the condition on codes, after an AND; ``:codes`` stands in it."""
    return " AND tokens @@ CAST(:codes AS tsquery)" if condition.codes else ""


def _inside(around: Iterable[Box]) -> str:
    return " OR ".join(
        f"point(longitude, latitude) <@ box(point({west!r}, {south!r}), point({east!r}, {north!r}))"
        for west, south, east, north in around
    )


def _covers(seen: float, here: Point, bound: float) -> bool:
    """Return whether a circle on the plane, in degrees, holds one on the globe, in metres."""
    north, east = reach(here, bound)
    if abs(here.longitude) + east > 180:  # noqa: PLR2004 -- goes on at the other end of the plane
        return False
    return math.hypot(north, east) <= seen


def _keep(best: dict[str, float], found: Iterable[tuple[str, float]]) -> None:
    for service, far in found:
        best[service] = min(far, best.get(service, math.inf))


def _bound(best: Mapping[str, float], count: int) -> float:
    return sorted(best.values())[:count][-1]


def _sorted(best: Mapping[str, float], count: int) -> list[Found]:
    nearest_first = sorted(best.items(), key=lambda one: (one[1], one[0]))
    return [Found(service, far) for service, far in nearest_first[:count]]
