"""What time and day it is where a listing is, in a country with more than one time zone.

The zone is that of its cities (GeoNames). Where no city is known, or the place must not be found,
it may be any of its country's, and nothing is said that is wrong in one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.models import PackRow
from directory.withheld import is_withheld


def zones_of(
    country: str, body: Mapping[str, Any], zones: Sequence[str], places: Gazetteer
) -> Sequence[str]:
    """Return the time zones that a listing may be in.

    Args:
        country: ISO 3166-1 alpha-2.
        body: What the listing says.
        zones: IANA names of those of its country.
        places: The gazetteer.
    """
    if len(zones) == 1 or is_withheld(body):
        return zones
    towns = [places.named(place.get("city") or "", country) for place in body["places"]]
    known = [town.zone for town in towns if town is not None and town.zone]
    return tuple(dict.fromkeys(known)) if towns and len(known) == len(towns) else zones


async def day_at(
    session: AsyncSession,
    country: str | None,
    body: Mapping[str, Any],
    places: Gazetteer,
    now: datetime,
) -> date:
    """Return the day that it is where a listing is; in UTC without a pack of its country."""
    pack = await session.get(PackRow, country) if country else None
    if pack is None or country is None:
        return now.date()
    return first_day(now, zones_of(country, body, pack.body["timezones"], places))


def first_day(now: datetime, zones: Sequence[str]) -> date:
    """Return the day that it is at a moment in the westernmost of some zones."""
    return min(now.astimezone(ZoneInfo(zone)).date() for zone in zones)
