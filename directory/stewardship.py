"""Who keeps an entry true: its owner organisation and a named steward.

Said of one entry, of a country, of a language, of a part, or of everything; what is said most
closely holds, so that no entry is nobody's as soon as one row says whose everything is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.editing_tables import StewardshipRow
from directory.models import PUBLISHED, CardRow
from directory.parts import Part, of_message

EVERYTHING = "*"


@dataclass(frozen=True)
class Steward:
    """Who cares for an entry.

    Attributes:
        organisation: Id of the owner; an entry of ``organisations``.
        name: The person's name.
        scope: What was said of whom: the entry, a country, a language, or ``*``.
    """

    organisation: str
    name: str
    scope: str


async def steward_of(
    session: AsyncSession, part: Part, entry: str, *, country: str | None = None
) -> Steward | None:
    """Return who cares for an entry; None where nobody was ever named for anything."""
    return (await stewards_of(session, part, [(entry, country)]))[0]


async def stewards_of(
    session: AsyncSession, part: Part, wanted: Sequence[tuple[str, str | None]]
) -> list[Steward | None]:
    """Return who cares for each entry, given with its country, in order."""
    rows = await session.scalars(
        select(StewardshipRow).where(StewardshipRow.part.in_([part, EVERYTHING]))
    )
    named = {(row.part, row.scope): row for row in rows}
    return [_closest(named, part, entry, country) for entry, country in wanted]


async def organisations(session: AsyncSession) -> dict[str, str]:
    """Return the organisations that there are by id, each with its name; empty: it has no entry."""
    keep = select(StewardshipRow.organisation).distinct()
    found = dict.fromkeys(await session.scalars(keep), "")
    entries = select(CardRow.id, CardRow.body["name"].astext).where(
        CardRow.part == Part.ORGANISATIONS, CardRow.state == PUBLISHED
    )
    found |= {entry: name for entry, name in await session.execute(entries)}  # noqa: C416 -- rows
    return dict(sorted(found.items()))


async def assign(
    session: AsyncSession, *, part: Part | None, scope: str, organisation: str, steward: str
) -> None:
    """Name who cares for a scope; without a part, of every part. The caller audits and commits."""
    row = {"organisation": organisation, "steward": steward}
    await session.execute(
        insert(StewardshipRow)
        .values(part=part or EVERYTHING, scope=scope, **row)
        .on_conflict_do_update(index_elements=["part", "scope"], set_=row)
    )


def _closest(
    named: dict[tuple[str, str], StewardshipRow], part: Part, entry: str, country: str | None
) -> Steward | None:
    wider = of_message(entry)[0] if part is Part.MESSAGES else country
    for scope in (entry, wider, EVERYTHING):
        for key in (part, EVERYTHING):
            if scope and (row := named.get((key, scope))):
                return Steward(row.organisation, row.steward, scope)
    return None
