"""From ids that search found to the listings themselves, with how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.great_circle import Point, metres
from directory.listing import Listing
from directory.models import PUBLISHED, ServiceRow
from directory.search_tokens import of_own_region, vector

_NEAR_REGION = 64  # points of a region that are measured; the nearest on a plane is among them
_PLACES = text("""
SELECT service, place, point[0] AS x, point[1] AS y FROM search_place
WHERE service = ANY(:services) AND point IS NOT NULL
""")
_REGIONS = text("""
SELECT asked.code, spot.longitude AS x, spot.latitude AS y
FROM unnest(CAST(:codes AS text[]), CAST(:queries AS text[])) AS asked(code, query)
CROSS JOIN LATERAL (
    SELECT longitude, latitude FROM search_spot WHERE tokens @@ CAST(asked.query AS tsquery)
    ORDER BY point(longitude, latitude) <-> point(:x, :y) LIMIT :count
) AS spot
""")


async def listings_of(
    session: AsyncSession,
    services: Iterable[str],
    *,
    here: Point | None,
    city: int | None = None,
    kinds: Sequence[str] = (),
    far: Mapping[str, float] | None = None,
) -> list[Listing]:
    """Return published listings in the order of their packs.

    Args:
        session: An open session.
        services: Their ids.
        here: From where they are measured.
        city: GeoNames number of the city asked for; what is in it is no way off.
        kinds: What was asked for, best fit first.
        far: Kilometres to the nearest place of each that has one, where that is known already.
    """
    wanted = list(dict.fromkeys(services))
    row = ServiceRow
    columns = (row.id, row.country, row.scope, row.kinds, row.protection, row.body, row.ordinal)
    query = select(*columns).where(row.id.in_(wanted), row.state == PUBLISHED)
    found = (await session.execute(query)).all() if wanted else []
    found = sorted(found, key=lambda one: (one.ordinal, one.id))
    if far is None:
        far = await _distances(session, wanted, here, city) if here and found else {}
    around = await _regions(session, found, here) if here else {}
    return [_listing(one, kinds, far.get(one.id), around.get(one.id)) for one in found]


def _listing(row: Any, kinds: Sequence[str], far: float | None, around: float | None) -> Listing:
    cities = [place["city"] for place in row.body["places"] if place.get("city")]
    return Listing(
        id=row.id,
        country=row.country,
        scope=row.scope,
        kinds=row.kinds,
        protection=row.protection,
        body=row.body,
        cities=() if row.protection else tuple(cities),
        distance=far,
        away=far if far is not None else around,
        fit=min((kinds.index(kind) for kind in row.kinds if kind in kinds), default=0),
    )


async def _distances(
    session: AsyncSession, services: Sequence[str], here: Point, city: int | None
) -> Mapping[str, float]:
    """Return kilometres to the nearest place of each service that has one."""
    nearest: dict[str, float] = {}
    for row in await session.execute(_PLACES, {"services": list(services)}):
        same = city is not None and row.place == city
        far = 0.0 if same else metres(here, row.y, row.x) / 1000
        nearest[row.service] = min(far, nearest.get(row.service, far))
    return nearest


async def _regions(session: AsyncSession, found: Sequence[Any], here: Point) -> dict[str, float]:
    """Return kilometres to the nearest known city of the regions that a service is for."""
    named = {row.id: _of_regions(row) for row in found if row.scope == "region"}
    codes = sorted({code for each in named.values() for code in each})
    if not codes:
        return {}
    values: dict[str, Any] = {"codes": codes, "queries": [vector([code]) for code in codes]}
    values |= {"x": here.longitude, "y": here.latitude, "count": _NEAR_REGION}
    nearest: dict[str, float] = {}
    for row in await session.execute(_REGIONS, values):
        far = metres(here, row.y, row.x) / 1000
        nearest[row.code] = min(far, nearest.get(row.code, far))
    return {
        service: min(nearest[code] for code in each if code in nearest)
        for service, each in named.items()
        if any(code in nearest for code in each)
    }


def _of_regions(row: Any) -> list[str]:
    regions = [place.get("region") for place in row.body["places"]]
    return [of_own_region(row.country, region) for region in regions if region]
