"""Where there is what, and where there is nothing: layer by place, for a language if one is asked.

Counted are listings that chat may tell: published and not of low confidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ARRAY, ColumnElement, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from content.answers.layers import LAYERS
from directory.models import PUBLISHED, PackRow, ServicePlaceRow, ServiceRow

ELSEWHERE = ""  # the row of listings for a whole country, remote, or without a known city


@dataclass(frozen=True)
class Matrix:
    """How many listings there are.

    Attributes:
        places: Rows: countries, or names of cities; ``ELSEWHERE`` comes last.
        counts: Place and layer to a number; what is missing is none.
        layers: Columns.
    """

    places: Sequence[str]
    counts: Mapping[tuple[str, str], int] = field(repr=False)
    layers: Sequence[str] = LAYERS

    def count(self, place: str, layer: str) -> int:
        """Return how many listings of a layer a place has."""
        return self.counts.get((place, layer), 0)

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Place and layer of every cell where there is nothing."""
        return [
            (p, layer) for p in self.places for layer in self.layers if not self.count(p, layer)
        ]


@dataclass(frozen=True)
class Spot:
    """A city on the map. ``latitude`` and ``longitude`` in degrees, of the city, of no street."""

    country: str
    city: str
    latitude: float
    longitude: float
    layers: Mapping[str, int]


async def countries(session: AsyncSession, language: str | None = None) -> Matrix:
    """Return the matrix of countries; with a language only what is spoken or interpreted in it."""
    layer = func.unnest(ServiceRow.layers).label("layer")
    query = select(ServiceRow.country, layer, func.count()).where(*_told(language))
    rows = await session.execute(query.group_by(ServiceRow.country, layer))
    known = await session.scalars(select(PackRow.country).order_by(PackRow.country))
    return Matrix(list(known), {(country, name): number for country, name, number in rows})


async def cities(session: AsyncSession, country: str, language: str | None = None) -> Matrix:
    """Return the matrix of a country's cities, by name; then what is not in one city."""
    layer = func.unnest(ServiceRow.layers).label("layer")
    city = func.coalesce(ServicePlaceRow.name, ELSEWHERE).label("city")
    query = (
        select(city, layer, func.count(ServiceRow.id.distinct()))
        .select_from(ServiceRow)
        .outerjoin(ServicePlaceRow, ServicePlaceRow.service == ServiceRow.id)
        .where(ServiceRow.country == country, *_told(language))
    )
    found = {(c, n): number for c, n, number in await session.execute(query.group_by(city, layer))}
    # A language that nobody speaks in a city is a gap of that city, not a city less.
    everywhere = select(ServicePlaceRow.name).join(
        ServiceRow, ServiceRow.id == ServicePlaceRow.service
    )
    named = await session.scalars(
        everywhere.where(ServiceRow.country == country, *_told(None)).distinct()
    )
    return Matrix([*sorted(named), ELSEWHERE], found)


async def spots(session: AsyncSession, language: str | None = None) -> list[Spot]:
    """Return every city with listings and a known point; a withheld place is in none."""
    layer = func.unnest(ServiceRow.layers).label("layer")
    place = (
        ServiceRow.country,
        ServicePlaceRow.name,
        ServicePlaceRow.latitude,
        ServicePlaceRow.longitude,
    )
    query = (
        select(*place, layer, func.count(ServiceRow.id.distinct()))
        .select_from(ServiceRow)
        .join(ServicePlaceRow, ServicePlaceRow.service == ServiceRow.id)
        .where(ServicePlaceRow.latitude.is_not(None), ~ServiceRow.protection, *_told(language))
    )
    found: dict[tuple[str, str, float, float], Counter[str]] = {}
    for country, name, latitude, longitude, code, number in await session.execute(
        query.group_by(*place, layer)
    ):
        key = (country, name, latitude, longitude)
        found.setdefault(key, Counter())[code] += number
    return [Spot(*key, layers) for key, layers in sorted(found.items())]


async def languages(session: AsyncSession) -> list[str]:
    """Return the tags of all languages that a listing says are spoken or interpreted there."""
    tags: set[str] = set()
    for name in _SPOKEN:
        tag = func.jsonb_array_elements_text(ServiceRow.body[name])
        tags.update(await session.scalars(select(tag).where(*_told(None)).distinct()))
    return sorted(tags)


_SPOKEN = ("languages_spoken", "languages_interpreted")


def _told(language: str | None) -> list[ColumnElement[bool]]:
    told = [ServiceRow.state == PUBLISHED, ServiceRow.confidence != "low"]
    if language is not None:
        wanted = cast([language], ARRAY(String))
        told.append(
            func.jsonb_exists_any(ServiceRow.body[_SPOKEN[0]], wanted)
            | func.jsonb_exists_any(ServiceRow.body[_SPOKEN[1]], wanted)
        )
    return told
