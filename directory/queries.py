"""Questions to the packs. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.dialable import listing_to_tell
from directory.gazetteer import Place
from directory.great_circle import Point
from directory.listing import Listing
from directory.models import PUBLISHED, HelplineRow, PackRow, RightsFactRow
from directory.nearness import nearness
from directory.search_found import listings_of
from directory.search_frequency import frequencies
from directory.search_nearest import nearest
from directory.search_query import Query, condition
from directory.search_tokens import EVERYBODY, any_of
from directory.search_wide import by_scope

# Of each kind and scope; a person who pages through more than this many asks anew.
MOST = 100
EVERY = 1_000  # for what tells of a whole country and not of a few places


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
    """Return one service, or None. Low confidence is as if it were not there.

    A number that nobody can dial is left out, here and in all other listings.
    """
    found = await listings_of(session, [service], here=None)
    return next((_to_tell(one) for one in found if one.body["confidence"] != "low"), None)


async def services_for(
    session: AsyncSession,
    *,
    country: str,
    kinds: Sequence[str],
    here: Place | None = None,
    audience: str | None = None,
    status: str | None = None,
    today: date | None = None,
    most: int = MOST,
) -> list[Listing]:
    """Return the services of some kinds in a country, nearest first.

    Args:
        session: An open session.
        country: ISO 3166-1 alpha-2.
        kinds: Kinds of the vocabulary, best fit first; empty means every kind.
        here: Where the person is; without it, the order is fit, then scope.
        audience: Only those for this audience or for any, or that do not say for whom.
        status: The same for the status.
        today: Leaves out what is not in force on this day or was left alone for too long.
        most: How many of each kind are looked for, of those for everybody and of each scope.

    Returns:
        The fitting services that are not of low confidence, all of them where there are no more
        than ``most``. Within a city the best fit comes first; then the next city; then those for
        the country, remote, or without a known place; then what is out of reach. What is for some
        people only stands behind what is for everybody, unless it was asked for.
    """
    point = Point(here.latitude, here.longitude) if here else None
    known = await frequencies(session)
    services: dict[str, None] = {}
    for kind in kinds or (None,):
        query = Query(
            country=country, kinds=(kind,) if kind else (), audience=audience, status=status
        )
        wanted = condition(query, today)
        for one in (wanted, wanted.also(any_of([EVERYBODY]))):
            if point:
                found = await nearest(session, one, point, most, frequencies=known)
                services |= dict.fromkeys(each.service for each in found)
            services |= dict.fromkeys(
                await by_scope(
                    session, one, country, most, frequencies=known, placed=point is not None
                )
            )
    listings = await listings_of(
        session, services, here=point, city=here.id if here else None, kinds=kinds
    )
    told = [_to_tell(one) for one in listings]
    return sorted(told, key=nearness(kinds, audience, placed=here is not None, today=today))


def _to_tell(one: Listing) -> Listing:
    body = listing_to_tell(one.body, one.country)
    return one if body is one.body else replace(one, body=body)
