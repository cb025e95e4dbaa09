"""Rights facts that a card names: which there are, and which of those it names cannot be relied on.

A card has no end and no doubt, so it rests on facts that are published, sure, and stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from console.entry_words import title_of
from console.forms.card_fields import EVERYWHERE
from console.forms.field import Situation
from console.translation import _
from directory.card_facts import holds
from directory.models import CardRow, RightsFactRow, ServiceRow
from directory.parts import Part

_FIELD = "facts"


async def facts_to_name(session: AsyncSession, situation: Situation) -> dict[str, str]:
    """Return the facts that a card can rest on, by id, with what each is about."""
    query = select(RightsFactRow.id, RightsFactRow.body).where(*holds(RightsFactRow))
    rows = await session.execute(query.order_by(RightsFactRow.country, RightsFactRow.ordinal))
    found = {fact: title_of(Part.RIGHTS, said, situation) for fact, said in rows}
    return found | await _listings_named(session, situation)


async def _listings_named(session: AsyncSession, situation: Situation) -> dict[str, str]:
    """Return the listings that a card rests on already: a few were written that way."""
    cards = await session.scalars(select(CardRow.body).where(CardRow.part == Part.MYTHS))
    named = {fact for card in cards for fact in card.get(_FIELD) or ()}
    query = select(ServiceRow.id, ServiceRow.body)
    rows = await session.execute(query.where(ServiceRow.id.in_(named), *holds(ServiceRow)))
    return {fact: title_of(Part.SERVICES, said, situation) for fact, said in rows}


def fact_faults(card: Mapping[str, Any], situation: Situation) -> dict[str, str]:
    """Return what is wrong with the facts that a card names, by input."""
    named = card.get(_FIELD) or ()
    if unknown := [fact for fact in named if fact not in situation.facts]:
        words = _("%(ids)s: this is no published fact that is sure and stays. Take it away.")
        return {_FIELD: words % {"ids": ", ".join(unknown)}}
    countries = card["countries"]
    other = [fact for fact in named if countries == EVERYWHERE or _country(fact) not in countries]
    if other:
        words = _("%(ids)s: this is about a country that the card does not name.")
        return {_FIELD: words % {"ids": ", ".join(other)}}
    return {}


def _country(fact: str) -> str:
    return fact[:2].upper()
