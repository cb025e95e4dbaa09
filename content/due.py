"""What is published and somebody should look at again, the most harmful first.

The days come from ``content.freshness``. What follows for chat is told with each entry: whether
chat says its age (``aged``), and whether it says it at all (``hidden``). Only age, the end of its
time and low confidence hide anything, and they never hide an emergency number or a line for
danger: such a line is said as "not confirmed" where none is better, until a person retires it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from content.freshness import (
    CARDS_AFTER,
    CHECK_AFTER,
    URGENT_AFTER,
    is_due,
    is_lost,
    is_urgent,
    last_verified,
    next_check,
)
from content.lines import DANGER, is_sure
from content.validity import confirmed, ended_before, in_force, listed
from directory.models import PUBLISHED, CardRow, HelplineRow, RightsFactRow, ServiceRow
from directory.parts import CARDS, OF_A_PACK, Part

_TABLES: Mapping[Part, type[ServiceRow | RightsFactRow | HelplineRow]] = {
    Part.SERVICES: ServiceRow,
    Part.RIGHTS: RightsFactRow,
    Part.HELPLINES: HelplineRow,
}
_DANGER = frozenset(DANGER)
CHECKED_PARTS = (*OF_A_PACK, *CARDS)
# Of a body only what is needed here: a directory may hold a million of them.
_FIELDS = (
    *("name", "verified", "checked", "kinds", "protection", "purpose", "superseded_by"),
    *("valid_from", "valid_until", "confidence", "status", "care", "place", "owner", "source"),
)


class Risk(IntEnum):
    """What an old entry can do to people; the lowest is the worst."""

    DANGER = 0  # somebody in danger calls a number that is wrong
    PROTECTION = 1  # somebody in danger or without a bed stands before a closed door
    LINE = 2
    SERVICE = 3
    RULE = 4
    CARD = 5


@dataclass(frozen=True)
class Due:
    """One entry whose next check is over.

    Attributes:
        part: What it is a part of.
        entry: Its id.
        country: ISO 3166-1 alpha-2, if it is of one.
        name: What operators know it by.
        risk: What it can do to people.
        since: The day from which it was due; None: at once, there is no day to count from.
        verified: When somebody last verified it, or None.
        aged: Whether chat says that it may have changed.
        hidden: Whether chat does not say it at all.
        owner: Id of the organisation it belongs to, where the entry says so.
    """

    part: Part
    entry: str
    country: str | None
    name: str
    risk: Risk
    since: date | None
    verified: date | None
    aged: bool
    hidden: bool
    owner: str | None = None


async def due(
    session: AsyncSession,
    today: date,
    *,
    country: str | None = None,
    parts: Sequence[Part] = CHECKED_PARTS,
) -> list[Due]:
    """Return what is published and due on a day: by risk, then the longest overdue first.

    Args:
        session: An open session.
        today: The day.
        country: Only entries of this country.
        parts: Only entries of these parts.
    """
    found = []
    for part in parts:
        for entry, where, body in await session.execute(_query(part, today, country)):
            one = due_of(part, entry, where, body, today)
            found += [] if one is None else [one]
    return sorted(found, key=lambda one: (one.risk, one.since or date.min, one.part, one.entry))


def due_of(
    part: Part, entry: str, country: str | None, body: Mapping[str, Any], today: date
) -> Due | None:
    """Return what is to be said of an entry that is due; None for one that is not, or replaced."""
    ended = part in OF_A_PACK and ended_before(body, today)
    if body.get("superseded_by") is not None or not (ended or is_due(part, body, today)):
        return None
    since = date.fromisoformat(body["valid_until"]) if ended else next_check(part, body)
    return Due(
        part,
        entry,
        country,
        name_of(part, entry, body),
        risk_of(part, body),
        since,
        last_verified(body),
        aged=is_aged(part, body, today),
        hidden=is_hidden(part, body, today),
        owner=body.get("owner"),
    )


def risk_of(part: Part, body: Mapping[str, Any]) -> Risk:
    """Return what an entry can do to people when it is wrong."""
    if part is Part.HELPLINES:
        return Risk.LINE if _DANGER.isdisjoint(body["purpose"] or ()) else Risk.DANGER
    if part is Part.SERVICES:
        return Risk.PROTECTION if is_urgent(body) else Risk.SERVICE
    return Risk.RULE if part is Part.RIGHTS else Risk.CARD


def is_aged(part: Part, body: Mapping[str, Any], today: date) -> bool:
    """Return whether chat says of an entry that it may have changed since it was verified."""
    if part in CARDS or last_verified(body) is None:
        return False  # nobody verified it yet, and chat says that
    return not is_sure(body, today) if part is Part.HELPLINES else is_due(part, body, today)


def is_hidden(part: Part, body: Mapping[str, Any], today: date) -> bool:
    """Return whether chat does not say an entry; never so for a danger line or emergency number."""
    if part in CARDS:
        return False
    if part is Part.HELPLINES and not _DANGER.isdisjoint(body["purpose"] or ()):
        return False
    if part is Part.SERVICES:
        return not confirmed(body) or not listed(body, today)
    lost = part is Part.HELPLINES and is_lost(body, today)
    return lost or not confirmed(body) or not in_force(body, today)


def name_of(part: Part, entry: str, body: Mapping[str, Any]) -> str:
    """Return what operators know an entry by: its name, else codes, else its id."""
    if part is Part.RIGHTS:
        return ": ".join(", ".join(body[field] or ()) for field in ("care", "status"))
    if part is Part.GAP_NOTES:
        return ", ".join([*(body["kinds"] or ()), *([body["place"]] if body.get("place") else ())])
    return str(body.get("name") or entry)


def _query(part: Part, today: date, country: str | None) -> Select[Any]:
    """Return what selects at least all that is due; ISO days compare as text."""
    table = CardRow if part in CARDS else _TABLES[part]
    body = table.body
    fields = [piece for name in _FIELDS for piece in (literal(name), body[name])]
    query = select(table.id, table.country, func.jsonb_build_object(*fields)).where(
        table.state == PUBLISHED
    )
    if part in CARDS:
        query = query.where(CardRow.part == part)
    if country is not None:
        query = query.where(table.country == country)
    shortest = CARDS_AFTER if part in CARDS else min(CHECK_AFTER[part], URGENT_AFTER)
    last = (today - shortest).isoformat()
    told = body["checked" if part in CARDS else "verified"].astext
    published = body["source"]["published"].astext
    never = or_(told.is_(None), told == "never")
    no_date = or_(published.is_(None), published.op("!~")("^[0-9]{4}"))
    return query.where(
        or_(
            told <= last,
            never & or_(no_date, published <= last),
            body["valid_until"].astext < today.isoformat(),
        )
    )
