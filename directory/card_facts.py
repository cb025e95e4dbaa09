"""What a rumour's card rests on: facts that are published, sure, and stay.

A card has no end and no doubt of its own, so it is published only while every fact that it names
holds; and a card whose fact was retired, replaced or doubted since is shown to operators.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.entry_tables import PACK_TABLES, PackTable
from directory.models import PUBLISHED, CardRow
from directory.parts import Part
from directory.published import Published, told_of
from directory.refusals import FactGoneError


@dataclass(frozen=True)
class Shaken:
    """A published card that rests on what does not hold any more.

    Attributes:
        card: The card.
        facts: Ids of the facts that it names and that do not hold.
        since: When the last of them was changed; when the card was, where one is gone.
    """

    card: Published
    facts: tuple[str, ...]
    since: datetime


def holds(table: PackTable) -> tuple[ColumnElement[bool], ...]:
    """Return what a row fulfils that a card can rest on."""
    return (
        table.state == PUBLISHED,
        table.body["superseded_by"].astext.is_(None),
        table.body["valid_until"].astext.is_(None),
        table.body["confidence"].astext != "low",
    )


async def demand_facts_hold(session: AsyncSession, part: Part, body: Mapping[str, Any]) -> None:
    """Raise FactGoneError where a card names a fact that it cannot rest on."""
    named = _named(part, body)
    if gone := sorted(named - await _holding(session, named)):
        raise FactGoneError(gone)


async def resting_on(session: AsyncSession, fact: str) -> list[Published]:
    """Return the published cards that name a fact."""
    return [card for card in await _cards(session) if fact in _named(card.part, card.body)]


async def shaken(session: AsyncSession) -> list[Shaken]:
    """Return the published cards that rest on what does not hold, in the order of their ids."""
    cards = await _cards(session)
    named = {fact for card in cards for fact in _named(card.part, card.body)}
    gone = named - await _holding(session, named)
    changed = await _changed(session, gone)
    return [
        Shaken(card, facts, max(changed.get(fact, card.changed_at) for fact in facts))
        for card in cards
        if (facts := tuple(sorted(_named(card.part, card.body) & gone)))
    ]


def _named(part: Part, body: Mapping[str, Any]) -> set[str]:
    return set(body.get("facts") or ()) if part is Part.MYTHS else set()


async def _cards(session: AsyncSession) -> list[Published]:
    rows = select(CardRow).where(CardRow.part == Part.MYTHS, CardRow.state == PUBLISHED)
    return [told_of(Part.MYTHS, row) for row in await session.scalars(rows.order_by(CardRow.id))]


async def _holding(session: AsyncSession, facts: Iterable[str]) -> set[str]:
    wanted = sorted(facts)
    found: set[str] = set()
    for table in PACK_TABLES.values() if wanted else ():
        rows = select(table.id).where(table.id.in_(wanted), *holds(table))
        found |= set(await session.scalars(rows))
    return found


async def _changed(session: AsyncSession, facts: Collection[str]) -> dict[str, datetime]:
    """Return when facts that do not hold were changed last; those that are gone are not there."""
    found: dict[str, datetime] = {}
    for table in PACK_TABLES.values() if facts else ():
        rows = select(table.id, table.changed_at).where(table.id.in_(facts))
        found |= {fact: at for fact, at in await session.execute(rows)}  # noqa: C416 -- rows
    return found
