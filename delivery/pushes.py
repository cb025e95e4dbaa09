"""Whether we may send somebody a message that does not answer one of theirs.

Nothing does so yet. Whatever will has to ask here first: a message at the wrong moment is read
by whoever holds the telephone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from babel.core import get_global
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.flags import Flags
from delivery.memory import Remembered

QUIET_FROM, QUIET_UNTIL = 21, 8  # hours of the day where the person is


async def may_push(
    connection: AsyncConnection, flags: Flags, known: Remembered, at: datetime
) -> bool:
    """Return whether a message may be sent first.

    Never to who said stop or left, never to a shared telephone, and never in quiet hours, which
    it always is where nobody knows the place.

    Args:
        connection: To the database with the flags.
        flags: Who wants nothing.
        known: The conversation.
        at: The moment of sending, with its time zone.
    """
    if known.stopped or known.is_shared:
        return False
    zones = zones_of(known.country)
    return bool(zones) and not is_quiet(at, zones) and not await flags.any(connection, known.name)


def is_quiet(at: datetime, zones: Collection[tzinfo]) -> bool:
    """Return whether it is evening, night or early morning in any of the zones."""
    hours = {at.astimezone(zone).hour for zone in zones}
    return any(hour >= QUIET_FROM or hour < QUIET_UNTIL for hour in hours)


def zones_of(country: str | None) -> frozenset[ZoneInfo]:
    """Return the time zones of a country, by its ISO 3166-1 alpha-2 code."""
    zones = get_global("zone_territories").items()
    return frozenset(ZoneInfo(zone) for zone, territory in zones if territory == country)
