"""Organisations: who leads them, and who cares for what.

Each has its own pages among the facts, where it is edited, reviewed and retired as every card is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from starlette.responses import Response

from console.answers import page
from console.context import ConsoleRequest
from console.entries import path_of
from console.entry_desk import Desk, desk_for
from console.entry_words import countries_of
from console.part_words import PARTS
from console.routing import route
from console.scoping import may_touch
from directory import published
from directory.editing_tables import StewardshipRow
from directory.parts import Part
from directory.queries import countries

HOME = "/organisations"
_PART = Part.ORGANISATIONS


@route(HOME, "organisation.edit")
async def listed(request: ConsoleRequest) -> Response:
    """Show the organisations, and who cares for what."""
    async with request.console.sessions() as session:
        desk = await desk_for(request, session, _PART, None)
        found = await published.all_of(session, _PART, retired=True)
        cared = list(await session.scalars(_all_stewards()))
        known = await countries(session)
    names = {one.entry: str(one.body["name"]) for one in found}
    return page(
        request,
        "organisations.html",
        path=path_of(_PART),
        rows=[(one, _led_by(one.body, desk)) for one in found],
        cared=[(row, names.get(row.organisation, row.organisation)) for row in cared],
        names=sorted(names.items(), key=lambda pair: pair[1].casefold()),
        parts=[(part.value, PARTS[part]) for part in Part],
        part_names={part.value: PARTS[part] for part in Part},
        countries=countries_of(
            one for one in known if may_touch(request.operator, owner=None, country=one)
        ),
    )


def _led_by(body: Mapping[str, Any], desk: Desk) -> str:
    """Return who leads an organisation, in words."""
    return ", ".join(desk.situation.label("led_by", code) for code in body["led_by"])


def _all_stewards() -> Any:
    return select(StewardshipRow).order_by(StewardshipRow.part, StewardshipRow.scope)


ROUTES = (listed,)
