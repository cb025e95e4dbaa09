"""Questions to the packs. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from directory.gazetteer import Place, distance_km
from directory.listing import Listing
from directory.models import (
    PUBLISHED,
    HelplineRow,
    PackRow,
    RightsFactRow,
    ServicePlaceRow,
    ServiceRow,
)
from directory.nearness import nearness

# A region's name to the points of the cities in it where something is.
_Regions = Mapping[str, Sequence[tuple[float, float]]]


async def pack_of(session: AsyncSession, country: str) -> dict[str, Any] | None:
    """Return the pack part of a country, or None when there is no pack."""
    row = await session.get(PackRow, country)
    return None if row is None else row.body


async def countries(session: AsyncSession) -> list[str]:
    """Return the countries that have a pack, in order."""
    return list(await session.scalars(select(PackRow.country).order_by(PackRow.country)))


async def rights_of(session: AsyncSession, country: str) -> list[dict[str, Any]]:
    """Return the rights facts of a country in the order of its pack."""
    rows = select(RightsFactRow.body).where(
        RightsFactRow.country == country, RightsFactRow.state == PUBLISHED
    )
    return list(await session.scalars(rows.order_by(RightsFactRow.ordinal)))


async def helplines_of(session: AsyncSession, country: str) -> list[dict[str, Any]]:
    """Return the lines of a country in the order of its pack."""
    rows = select(HelplineRow.body).where(
        HelplineRow.country == country, HelplineRow.state == PUBLISHED
    )
    return list(await session.scalars(rows.order_by(HelplineRow.ordinal)))


async def listing(session: AsyncSession, service: str) -> Listing | None:
    """Return one service, or None. Low confidence is as if it were not there."""
    row = await session.get(ServiceRow, service)
    hidden = row is None or row.confidence == "low" or row.state != PUBLISHED
    return None if row is None or hidden else _listing(row, None, (), {})


async def services_for(
    session: AsyncSession,
    *,
    country: str,
    kinds: Sequence[str],
    here: Place | None = None,
    audience: str | None = None,
    status: str | None = None,
) -> list[Listing]:
    """Return the services of some kinds in a country, nearest first.

    Args:
        session: An open session.
        country: ISO 3166-1 alpha-2.
        kinds: Kinds of the vocabulary, best fit first; empty means every kind.
        here: Where the person is; without it, the order is fit, then scope.
        audience: Only those for this audience or for any, or that do not say for whom.
        status: The same for the status.

    Returns:
        Every fitting service that is not of low confidence. Within a city the best fit
        comes first; then the next city; then those for the country, remote, or without a known
        place; then what is out of reach. What is for some people only stands behind what is for
        everybody, unless it was asked for.
    """
    query = select(ServiceRow).where(
        ServiceRow.country == country, ServiceRow.confidence != "low", ServiceRow.state == PUBLISHED
    )
    if kinds:
        query = query.where(ServiceRow.kinds.overlap(list(kinds)))
    if audience:
        query = query.where(_for(ServiceRow.audience, audience))
    if status and status != "prefer_not_to_say":
        query = query.where(_for(ServiceRow.status, status))
    rows = (await session.scalars(query.order_by(ServiceRow.ordinal))).all()
    regions = await _regions(session, country) if here else {}
    return sorted(
        (_listing(row, here, kinds, regions) for row in rows),
        key=nearness(kinds, audience, placed=here is not None),
    )


async def _regions(session: AsyncSession, country: str) -> _Regions:
    """Return where the regions of a country are, told by the open places in them."""
    rows = await session.execute(
        select(
            ServiceRow.body,
            ServicePlaceRow.name,
            ServicePlaceRow.latitude,
            ServicePlaceRow.longitude,
        )
        .join(ServicePlaceRow, ServicePlaceRow.service == ServiceRow.id)
        .where(ServiceRow.country == country, ServicePlaceRow.latitude.is_not(None))
    )
    points: dict[str, list[tuple[float, float]]] = {}
    for body, city, latitude, longitude in rows:
        for place in body["places"]:
            if place.get("city") == city and place.get("region"):
                points.setdefault(place["region"], []).append((latitude, longitude))
    return points


def _listing(
    row: ServiceRow, here: Place | None, kinds: Sequence[str], regions: _Regions
) -> Listing:
    points = [
        (place.latitude, place.longitude)
        for place in row.places
        if place.latitude is not None and place.longitude is not None
    ]
    same = here is not None and any(place.place == here.id for place in row.places)
    distance = 0.0 if same else distance_km(here, points) if here else None
    named = [place.get("region") for place in row.body["places"]] if row.scope == "region" else []
    around = [point for region in named for point in regions.get(region or "", ())]
    return Listing(
        id=row.id,
        country=row.country,
        scope=row.scope,
        kinds=row.kinds,
        protection=row.protection,
        body=row.body,
        cities=tuple(place.name for place in row.places),
        distance=distance,
        away=distance if distance is not None else distance_km(here, around) if here else None,
        fit=min((kinds.index(kind) for kind in row.kinds if kind in kinds), default=0),
    )


def _for(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    return or_(column.overlap([code, "any"]), func.cardinality(column) == 0)
