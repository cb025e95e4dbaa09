"""What chat finds through the search table is what a look at every service of a country found."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from saying import STATUSES, packs, places
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.gazetteer import Place, distance_km
from directory.listing import Listing
from directory.models import ServicePlaceRow, ServiceRow
from directory.nearness import nearness
from directory.queries import services_for

ASKED = 400
AUDIENCES = (None, None, "any", "women", "men", "children", "families", "lgbtiq", "older")


@dataclass(frozen=True)
class Country:
    """Every service of a country, and where its regions are, as they were once read each time."""

    services: Sequence[ServiceRow]
    regions: Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class Question:
    country: str
    kinds: Sequence[str]
    here: Place | None
    audience: str | None
    status: str | None


@pytest.fixture
async def session(packs_url: str) -> AsyncIterator[AsyncSession]:
    engine = async_engine(packs_url)
    async with AsyncSession(engine) as opened:
        yield opened
    await engine.dispose()


async def read(session: AsyncSession, country: str) -> Country:
    rows = await session.scalars(
        select(ServiceRow).where(ServiceRow.country == country).order_by(ServiceRow.ordinal)
    )
    services = rows.all()
    points: dict[str, list[tuple[float, float]]] = {}
    for row in services:
        for place in row.places:
            for told in row.body["places"]:
                if told.get("city") == place.name and told.get("region") and point_of(place):
                    points.setdefault(told["region"], []).extend(point_of(place))
    return Country(services, points)


def point_of(place: ServicePlaceRow) -> list[tuple[float, float]]:
    if place.latitude is None or place.longitude is None:
        return []
    return [(place.latitude, place.longitude)]


def every_service(country: Country, asked: Question) -> list[Listing]:
    fitting = [
        _listing(country, row, asked)
        for row in country.services
        if row.confidence != "low"
        and (not asked.kinds or set(asked.kinds) & set(row.kinds))
        and _serves(row.audience, asked.audience)
        and (asked.status == "prefer_not_to_say" or _serves(row.status, asked.status))
    ]
    placed = asked.here is not None
    return sorted(fitting, key=nearness(asked.kinds, asked.audience, placed=placed))


def _serves(codes: Sequence[str], code: str | None) -> bool:
    return code is None or not codes or bool({code, "any"} & set(codes))


def _listing(country: Country, row: ServiceRow, asked: Question) -> Listing:
    here, kinds = asked.here, asked.kinds
    points = [point for place in row.places for point in point_of(place)]
    same = here is not None and any(place.place == here.id for place in row.places)
    distance = 0.0 if same else distance_km(here, points) if here else None
    named = [place.get("region") for place in row.body["places"]] if row.scope == "region" else []
    around = [point for region in named for point in country.regions.get(region or "", ())]
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


def questions() -> list[Question]:
    """Questions over all packs, the same each time: with and without a city of the country."""
    dice = random.Random(6)  # noqa: S311  # the same questions each time
    asked = []
    for number in range(ASKED):
        pack = packs()[number % len(packs())]
        services = pack.part("services")
        kinds = sorted({kind for one in services for kind in one["kinds"]})
        cities = sorted(
            {place["city"] for one in services for place in one["places"] if place.get("city")}
        )
        found = places().named(dice.choice(cities), pack.country) if cities else None
        asked.append(
            Question(
                country=pack.country,
                kinds=dice.sample(kinds, min(len(kinds), dice.choice((0, 1, 1, 2, 3)))),
                here=found if dice.random() < 0.8 else None,
                audience=dice.choice(AUDIENCES),
                status=dice.choice((None, None, *STATUSES)),
            )
        )
    return asked


def told(found: Sequence[Listing]) -> list[Any]:
    return [
        (one.id, one.fit, one.cities, one.protection, _rounded(one.distance), _rounded(one.away))
        for one in found
    ]


def _rounded(km: float | None) -> float | None:
    return None if km is None else round(km, 6)


async def test_every_question_to_every_pack_has_the_same_answer(session: AsyncSession) -> None:
    countries = {pack.country: await read(session, pack.country) for pack in packs()}
    for asked in questions():
        found = await services_for(
            session,
            country=asked.country,
            kinds=asked.kinds,
            here=asked.here,
            audience=asked.audience,
            status=asked.status,
            most=200,
        )
        assert told(found) == told(every_service(countries[asked.country], asked)), asked


async def test_the_first_pages_are_the_same_however_few_are_looked_for(
    session: AsyncSession,
) -> None:
    countries = {pack.country: await read(session, pack.country) for pack in packs()}
    for asked in questions():
        found = await services_for(
            session,
            country=asked.country,
            kinds=asked.kinds,
            here=asked.here,
            audience=asked.audience,
            status=asked.status,
            most=12,
        )
        every = [one.id for one in every_service(countries[asked.country], asked)]
        if asked.here is not None:  # without a place, which of equals come first is not told
            assert [one.id for one in found][:3] == every[:3], asked
