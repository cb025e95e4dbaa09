"""Which places have a postal code, and which are within some distance of those that have it.

A place that must not be found has no location in these tables. Should one ever come in with a file
of others, it is neither found here nor does anything that is found lie near it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Float, Select, and_, cast, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import EARTH_RADIUS, Box, Point, boxes
from directory.hsds.models import Address, Attribute, Location, ServiceAtLocation
from directory.hsds.profile import term_row
from directory.hsds.secret import SECRET_TERMS

_MOST_POINTS = 100  # of places with one code, from which distances are taken
# In a line without a column of its own a code stands before its town or at the end; what stands
# behind a "No." is the number of a house.
_BEFORE = r"(?<!(?:no|nr|num|n[º°]|#)\.?\s?)\m"
_AFTER = r"\M(?=\s+[[:alpha:]]|\s*(?:[,(]|$))"


async def at_postcode(
    session: AsyncSession, postcode: str, metres: float | None
) -> ColumnElement[bool]:
    """Return the condition that a service at a location fits.

    Args:
        session: An open session.
        postcode: As somebody wrote it.
        metres: How far from the places with that code at most; None: with that code themselves.
    """
    having = _having(postcode)
    if metres is None:
        return ServiceAtLocation.location_id.in_(having)
    points = await _points(session, having)
    within = [_within(point, metres) for point in points]
    near = select(Location.id).where(or_(*within) if within else false(), _open())
    return ServiceAtLocation.location_id.in_(near)


def _having(postcode: str) -> Select[str | None]:
    """Return the locations with a postal code."""
    plain = "".join(one for one in postcode if one.isalnum()).upper()
    column = func.upper(func.regexp_replace(Address.postal_code, "[^[:alnum:]]", "", "g"))
    # Letters and digits only, so nothing of it means anything in a pattern.
    line = _BEFORE + " ?".join(re.escape(one) for one in plain) + _AFTER
    written = and_(Address.postal_code == "", Address.address_1.op("~*")(line))
    return (
        select(Address.location_id)
        .join(Location, Location.id == Address.location_id)
        .where(or_(column == plain, written), Address.address_type != "virtual", _open())
    )


def _open() -> ColumnElement[bool]:
    """Return the condition that no service that must not be found is at a location."""
    secret = select(Attribute.link_id).where(
        Attribute.taxonomy_term_id.in_([term_row(*term)["id"] for term in SECRET_TERMS])
    )
    at = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(secret))
    return Location.id.not_in(at)


async def _points(session: AsyncSession, having: Select[str | None]) -> Sequence[Point]:
    query = (
        select(cast(Location.latitude, Float), cast(Location.longitude, Float))
        .where(Location.id.in_(having), Location.latitude.between(-90, 90))
        .where(Location.longitude.between(-180, 180))
        .distinct()
        .limit(_MOST_POINTS)
    )
    return [Point(north, east) for north, east in await session.execute(query)]


def _within(here: Point, metres: float) -> ColumnElement[bool]:
    """Return the condition that a location is within a circle: first a box, then its distance."""
    return and_(or_(*(_in(box) for box in boxes(here, metres))), _metres(here) <= metres)


def _in(box: Box) -> ColumnElement[bool]:
    west, south, east, north = box
    return and_(Location.longitude.between(west, east), Location.latitude.between(south, north))


def _metres(here: Point) -> ColumnElement[float]:
    """Return the great-circle distance, as ``directory.great_circle`` works it out."""
    north, east = cast(Location.latitude, Float), cast(Location.longitude, Float)
    half = func.power(func.sind((north - here.latitude) / 2), 2) + func.cosd(
        here.latitude
    ) * func.cosd(north) * func.power(func.sind((east - here.longitude) / 2), 2)
    return 2 * EARTH_RADIUS * func.asin(func.least(1.0, func.sqrt(half)))
