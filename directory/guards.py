"""What no operator can take away by mistake: the numbers that people call in danger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import PackRow
from directory.parts import Part
from directory.published import Published
from directory.refusals import NeededError


async def demand_not_needed(session: AsyncSession, current: Published) -> None:
    """Raise NeededError where an entry is one of its country's emergency lines."""
    if current.part is Part.HELPLINES and await _is_emergency(
        session, current.country, current.entry
    ):
        raise NeededError("an emergency number is corrected, never retired")


async def demand_still_reachable(
    session: AsyncSession, part: Part, entry: str, country: str | None, body: Mapping[str, Any]
) -> None:
    """Raise NeededError where a version would leave an emergency line without a number."""
    if part is not Part.HELPLINES or not await _is_emergency(session, country, entry):
        return
    if not body["numbers"] or body.get("superseded_by"):
        raise NeededError("an emergency line keeps a number, and is not superseded")


async def _is_emergency(session: AsyncSession, country: str | None, entry: str) -> bool:
    pack = await session.get(PackRow, country) if country else None
    return pack is not None and entry in pack.body["emergency"]
