"""Questions to the packs. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from directory.gazetteer import Place, distance_km
from directory.models import HelplineRow, PackRow, RightsFactRow, ServiceRow


@dataclass(frozen=True)
class Listing:
    """A service as it was published, and how far it is.

    Attributes:
        body: What its pack says, without the address of a protection shelter.
        cities: Names of the cities it is in; empty for a shelter that must not be found.
        distance: Kilometres from the place asked for, 0 in the same city, None when unknown.
        fit: Position of its best kind in what was asked for; 0 fits best.
    """

    id: str
    country: str
    scope: str
    kinds: Sequence[str]
    protection: bool
    body: Mapping[str, Any] = field(repr=False)
    cities: tuple[str, ...] = ()
    distance: float | None = None
    fit: int = 0


async def pack_of(session: AsyncSession, country: str) -> dict[str, Any] | None:
    """Return the pack part of a country, or None when there is no pack."""
    row = await session.get(PackRow, country)
    return None if row is None else row.body


async def countries(session: AsyncSession) -> list[str]:
    """Return the countries that have a pack, in order."""
    return list(await session.scalars(select(PackRow.country).order_by(PackRow.country)))


async def rights_of(session: AsyncSession, country: str) -> list[dict[str, Any]]:
    """Return the rights facts of a country in the order of its pack."""
    rows = select(RightsFactRow.body).where(RightsFactRow.country == country)
    return list(await session.scalars(rows.order_by(RightsFactRow.ordinal)))


async def helplines_of(session: AsyncSession, country: str) -> list[dict[str, Any]]:
    """Return the lines of a country in the order of its pack."""
    rows = select(HelplineRow.body).where(HelplineRow.country == country)
    return list(await session.scalars(rows.order_by(HelplineRow.ordinal)))


async def listing(session: AsyncSession, service: str) -> Listing | None:
    """Return one service, or None. Low confidence is as if it were not there."""
    row = await session.get(ServiceRow, service)
    return None if row is None or row.confidence == "low" else _listing(row, None, ())


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
        comes first; then the next city; then those for a region, the country, remote.
    """
    query = select(ServiceRow).where(ServiceRow.country == country, ServiceRow.confidence != "low")
    if kinds:
        query = query.where(ServiceRow.kinds.overlap(list(kinds)))
    if audience:
        query = query.where(_for(ServiceRow.audience, audience))
    if status and status != "prefer_not_to_say":
        query = query.where(_for(ServiceRow.status, status))
    rows = (await session.scalars(query.order_by(ServiceRow.ordinal))).all()
    return sorted((_listing(row, here, kinds) for row in rows), key=_nearness)


def _listing(row: ServiceRow, here: Place | None, kinds: Sequence[str]) -> Listing:
    points = [
        (place.latitude, place.longitude)
        for place in row.places
        if place.latitude is not None and place.longitude is not None
    ]
    same = here is not None and any(place.place == here.id for place in row.places)
    return Listing(
        id=row.id,
        country=row.country,
        scope=row.scope,
        kinds=row.kinds,
        protection=row.protection,
        body=row.body,
        cities=tuple(place.name for place in row.places),
        distance=0.0 if same else distance_km(here, points) if here else None,
        fit=min((kinds.index(kind) for kind in row.kinds if kind in kinds), default=0),
    )


def _for(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    return or_(column.overlap([code, "any"]), func.cardinality(column) == 0)


def _nearness(found: Listing) -> tuple[float, int, bool, float]:
    # Cities within 15 km are one place to somebody who takes a bus.
    beyond = {"region": 60.0, "country": 80.0, "remote": 90.0, "unknown": 400.0, "city": 300.0}
    km = found.distance if found.distance is not None else beyond[found.scope]
    return (0.0 if km <= 15 else km, found.fit, bool(found.body["not_taking"]), km)  # noqa: PLR2004 - see above
