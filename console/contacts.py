"""Who runs a place, and how they are reached at published addresses and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.number_checks import mobile
from directory.parts import Part
from directory.published import Published
from directory.stewardship import steward_of
from directory.verification_links import Way


@dataclass(frozen=True)
class Contacts:
    """Who runs a place, as it is published, and how they are reached.

    Attributes:
        organisation: Its id, or None where nobody noted whose the place is.
        email: An address, or None.
        sms: A number that takes SMS in international form, or None.
    """

    organisation: str | None
    email: str | None = field(default=None, repr=False)
    sms: str | None = field(default=None, repr=False)

    def ways(self) -> list[Way]:
        """Return the ways that lead to them, the surest first; copying a link always does."""
        return [
            *([Way.EMAIL] if self.email else []),
            *([Way.SMS] if self.sms else []),
            Way.COPY,
        ]


async def contacts_of(session: AsyncSession, entry: Published) -> Contacts:
    """Return how those who run a place are reached."""
    steward = await steward_of(session, entry.part, entry.entry, country=entry.country)
    owner = entry.body.get("owner") or (steward.organisation if steward else None)
    card = await published.get(session, Part.ORGANISATIONS, owner) if owner else None
    own: Mapping[str, Any] = card.body if card and not card.is_retired else {}
    email = [*(own.get("email") or ()), *(entry.body.get("email") or ())]
    numbers = [*(own.get("phones") or ()), *_numbers(entry.body)]
    mobiles = (mobile(number, entry.country) for number in numbers)
    return Contacts(owner, next(iter(email), None), next(filter(None, mobiles), None))


def _numbers(body: Mapping[str, Any]) -> list[str]:
    rows = [row for field in ("phones", "whatsapp", "numbers") for row in body.get(field) or ()]
    return [row if isinstance(row, str) else str(row["number"]) for row in rows]
