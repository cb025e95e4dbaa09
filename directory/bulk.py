"""Publishing many listings at once, as an import does: all of them or none, with progress.

The same tables, versions and audit as one by one (``directory.revisions``), in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.models import PUBLISHED, PackRow, ServiceRow
from directory.parts import Origin, Part
from directory.placing import put_in_place
from directory.published import Published, get_many
from directory.refusals import UnknownCountryError
from directory.revisions.offered import keep_offers
from directory.revisions.versions import State, as_loaded, end
from directory.rows import columns_of
from directory.withheld import is_withheld, kept_of
from directory.withholding import withhold

BATCH = 1000
Progress = Callable[[int, int], None]  # how many are done, of how many


@dataclass(frozen=True)
class Item:
    """One listing to publish; ``body`` has passed ``directory.bodies``."""

    entry: str
    country: str
    body: Mapping[str, Any] = field(repr=False)


async def publish_many(
    session: AsyncSession,
    items: Sequence[Item],
    *,
    actor: str,
    reason: str,
    origin: Origin,
    places: Gazetteer,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Publish listings in the caller's transaction; return how many were new or changed.

    Raises UnknownCountryError: there is no pack for a country; nothing is kept then.
    """
    ordinals = await _last_ordinals(session, {item.country for item in items})
    changed = 0
    for start in range(0, len(items), BATCH):
        batch = [_kept(item) for item in items[start : start + BATCH]]
        before = await get_many(session, Part.SERVICES, [item.entry for item in batch])
        new = [item for item in batch if _differs(item, before.get(item.entry))]
        if new:
            how = {"author": actor, "reason": reason, "origin": origin, "created_at": now}
            numbers = await _revisions(session, new, before, how)
            await _rows(session, new, numbers, ordinals, {"origin": origin, "changed_at": now})
            await keep_offers(session, Part.SERVICES, [one.entry for one in new])
            listings = [(one.entry, one.country, one.body) for one in new]
            await put_in_place(session, listings, places)
            done = [
                audit.Done(
                    "publish", Part.SERVICES, one.entry, _said(before, one), one.body, reason
                )
                for one in new
            ]
            await audit.record_many(session, done, at=now, actor=actor)
            hidden = [one.entry for one in new if is_withheld(one.body)]
            await withhold(session, hidden, reason=reason)
        changed += len(new)
        if progress:
            progress(min(start + BATCH, len(items)), len(items))
    return changed


def _kept(item: Item) -> Item:
    return Item(item.entry, item.country, kept_of(Part.SERVICES, item.body))


def _differs(item: Item, before: Published | None) -> bool:
    return before is None or before.is_retired or before.body != item.body


def _said(before: Mapping[str, Published], item: Item) -> Mapping[str, Any] | None:
    return before[item.entry].body if item.entry in before else None


async def _last_ordinals(session: AsyncSession, countries: set[str]) -> dict[str, int]:
    known = set(await session.scalars(select(PackRow.country)))
    if unknown := sorted(countries - known):
        raise UnknownCountryError(f"there is no pack for {', '.join(unknown)}")
    last = select(ServiceRow.country, func.max(ServiceRow.ordinal)).group_by(ServiceRow.country)
    found = {country: number for country, number in await session.execute(last)}  # noqa: C416
    return {country: found.get(country, -1) for country in countries}


async def _revisions(
    session: AsyncSession,
    items: Sequence[Item],
    before: Mapping[str, Published],
    how: Mapping[str, Any],
) -> list[int]:
    """Write down a version of each, published; return their numbers in order."""
    older = [as_loaded(one) for one in before.values() if one.revision is None]
    if older:
        await session.execute(insert(RevisionRow), older)
    await end(session, Part.SERVICES, [item.entry for item in items], State.SUPERSEDED)
    made = await session.scalars(
        insert(RevisionRow).returning(RevisionRow.id, sort_by_parameter_order=True),
        [
            {
                "part": Part.SERVICES, "entry": item.entry, "country": item.country,
                "body": dict(item.body), "state": State.PUBLISHED, "reviewer": how["author"],
                "decided_at": how["created_at"], **how,
            }
            for item in items
        ],
    )  # fmt: skip
    return list(made)


async def _rows(
    session: AsyncSession,
    items: Sequence[Item],
    numbers: Sequence[int],
    ordinals: dict[str, int],
    how: Mapping[str, Any],
) -> None:
    rows = []
    for item, number in zip(items, numbers, strict=True):
        ordinals[item.country] += 1
        rows.append(
            {
                "id": item.entry, "country": item.country, "ordinal": ordinals[item.country],
                "body": dict(item.body), "state": PUBLISHED, "revision": number, **how,
                **columns_of(Part.SERVICES, item.body),
            }
        )  # fmt: skip
    statement = upsert(ServiceRow)
    replaced = {name: statement.excluded[name] for name in rows[0] if name not in ("id", "ordinal")}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=replaced), rows
    )
