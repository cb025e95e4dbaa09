"""From near to far: rows in PostgreSQL's own order of points, and what that order overlooks.

It is that of degrees on a plane, where a degree of longitude is as long as one of latitude. So its
nearest are a guess: they give a distance within which the truly nearest must lie. If that circle
may hold anything that was not seen, the points in it are looked at, each point once, however many
listings stand there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Box, Point, boxes, metres, reach, reach_on_plane
from directory.search_metres import METRES, Found, nearest_of, of_here
from directory.search_query import Condition

_CENTIMETRE = 0.01
_EDGE = 150.0  # degrees; beyond it what is near may stand at the other end of the plane


async def from_near_to_far(
    session: AsyncSession, condition: Condition, here: Point, count: int
) -> list[Found]:
    """Return the nearest that fit, read in the order of degrees until nothing is overlooked.

    Args:
        session: An open session.
        condition: What they must fulfil.
        here: From where.
        count: How many at most.
    """
    found: list[Found] = []
    ask = 2 * count + 2
    for end in _other_ends(here):
        found += _measured(here, await _by_degrees(session, condition, here.latitude, end, ask))
    while True:
        rows = await _by_degrees(session, condition, here.latitude, here.longitude, ask)
        found += _measured(here, rows)
        best = nearest_of(found, count)
        if len(rows) < ask or len(best) == count:
            break
        ask *= 4  # one listing with many places
    if len(rows) == ask:
        bound = best[-1].metres
        seen = math.hypot(rows[-1].y - here.latitude, rows[-1].x - here.longitude)
        if not _covers(seen, here, bound):
            nearer = await _within(session, condition, here, count, bound - _CENTIMETRE)
            best = nearest_of((*best, *nearer), count)
    return best


def _measured(here: Point, rows: Iterable[Row[Any]]) -> list[Found]:
    return [Found(row.service, metres(here, row.y, row.x)) for row in rows]


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
) -> list[Found]:
    """Return the nearest listings within so many metres, found by their points."""
    if bound <= 0:
        return []
    near = " OR ".join(map(_inside, boxes(here, bound)))
    spots = (
        f"SELECT longitude AS x, latitude AS y, {METRES} AS metres FROM search_spot"  # noqa: S608
        f" WHERE ({near}){fits(condition)} AND {METRES} < :bound ORDER BY metres"
    )
    sql = (
        f"SELECT place.service, spot.metres FROM ({spots}) AS spot CROSS JOIN LATERAL ("  # noqa: S608
        "SELECT service FROM search_place WHERE point ~= point(spot.x, spot.y)"
        f"{fits(condition)}{condition.where()} LIMIT :count) AS place"
        " ORDER BY spot.metres LIMIT :ask"
    )
    ask = 2 * count + 2
    while True:
        values = of_here(here) | {"bound": bound, "count": count, "ask": ask}
        values["codes"] = condition.tsquery
        rows = (await session.execute(text(sql), {**condition.values, **values})).all()
        if len(rows) < ask or len({row.service for row in rows}) >= count:
            return [Found(row.service, row.metres) for row in rows]
        ask *= 4


def _inside(box: Box) -> str:
    west, south, east, north = box
    corners = f"point({west!r}, {south!r}), point({east!r}, {north!r})"
    return f"point(longitude, latitude) <@ box({corners})"


def fits(condition: Condition) -> str:
    """Return the SQL of the condition on codes, after an AND; ``:codes`` stands in it."""
    return " AND tokens @@ CAST(:codes AS tsquery)" if condition.codes else ""


def _other_ends(here: Point) -> Iterable[float]:
    """Yield where a point near the 180th meridian would be, seen from the other end."""
    if abs(here.longitude) > _EDGE:
        yield here.longitude - math.copysign(360, here.longitude)


def _covers(seen: float, here: Point, bound: float) -> bool:
    """Return whether a circle on the plane, in degrees, holds one on the globe, in metres."""
    _, east = reach(here, bound)
    if abs(here.longitude) + east > 180:  # noqa: PLR2004 -- goes on at the other end of the plane
        return False
    return reach_on_plane(here, bound) <= seen
