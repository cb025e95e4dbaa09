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
from directory.models import PUBLISHED, RightsFactRow
from directory.parts import Part

_FIELD = "facts"


async def facts_to_name(session: AsyncSession, situation: Situation) -> dict[str, str]:
    """Return the facts that a card can rest on, by id, with what each is about."""
    body = RightsFactRow.body
    query = select(RightsFactRow.id, body).where(
        RightsFactRow.state == PUBLISHED,
        body["superseded_by"].astext.is_(None),
        body["valid_until"].astext.is_(None),
        body["confidence"].astext != "low",
    )
    rows = await session.execute(query.order_by(RightsFactRow.country, RightsFactRow.ordinal))
    return {fact: title_of(Part.RIGHTS, said, situation) for fact, said in rows}


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
