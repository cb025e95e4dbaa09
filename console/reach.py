"""Which of many things to do are within an operator's reach."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from console.operator import Operator
from console.permissions import Role
from console.scoping import may_touch
from console.task import Task
from directory.parts import Part
from directory.stewardship import stewards_of


async def within_reach(
    session: AsyncSession, operator: Operator, found: Sequence[Task]
) -> list[Task]:
    """Return what an operator may touch; what is about no entry only by its country."""
    if operator.role is not Role.EDITOR:
        return [one for one in found if may_touch(operator, owner=None, country=one.country)]
    owners = await owners_of(session, found)
    return [
        one
        for one, owner in zip(found, owners, strict=True)
        if may_touch(operator, owner=owner, country=one.country)
    ]


async def owners_of(session: AsyncSession, found: Sequence[Task]) -> list[str | None]:
    """Return whose each is: as the entry itself says, else whose steward was named.

    An organisation is its own.
    """
    owners = [one.entry if one.part is Part.ORGANISATIONS else one.owner for one in found]
    for part in {one.part for one in found if one.part is not None}:
        places = [at for at, one in enumerate(found) if one.part is part and not owners[at]]
        wanted = [(found[at].entry, found[at].country) for at in places]
        stewards = await stewards_of(session, Part(part), wanted)
        for at, steward in zip(places, stewards, strict=True):
            owners[at] = steward.organisation if steward else None
    return owners
