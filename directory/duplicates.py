"""Listings that stand there twice: found by what they share, and made one.

What is dropped is retired and says what took its place, so it can be restored; the history and
the audit of both keep it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published, revisions
from directory.different import all_different, take_back
from directory.gazetteer import Gazetteer
from directory.likeness import Traits, keys_of, pairs_by_key, traits_of
from directory.models import PUBLISHED, ServiceRow
from directory.parts import Origin, Part
from directory.refusals import RevisionError
from directory.whole_bodies import as_in_a_pack
from directory.withheld import is_withheld

_FETCH = 5000  # rows at once
_COMPARED = ("name", "names", "phones", "whatsapp", "email", "url", "places")


@dataclass(frozen=True)
class Pair:
    """Two listings that are likely one place.

    Attributes:
        left: Id of the one.
        right: Id of the other.
        score: 0 to 100.
        reasons: See ``directory.likeness.Likeness``.
    """

    left: str
    right: str
    score: int
    reasons: tuple[str, ...]


async def find(session: AsyncSession, country: str | None = None) -> list[Pair]:
    """Return the pairs of published listings that are likely one, likeliest first.

    Pairs that somebody found to be two (``directory.different``) are left out.
    """
    blocks: defaultdict[int, list[Traits]] = defaultdict(list)
    async for one in published_traits(session, country):
        for key in set(keys_of(one)):
            blocks[key].append(one)
    two = {(row.left, row.right) for row in await all_different(session)}
    # Beside the event loop: with tens of thousands of listings it takes seconds.
    pairs = await asyncio.to_thread(_pairs, [block for block in blocks.values() if block[1:]])
    return [pair for pair in pairs if (pair.left, pair.right) not in two]


def _pairs(blocks: Sequence[list[Traits]]) -> list[Pair]:
    found = [
        Pair(min(left.entry, right.entry), max(left.entry, right.entry), like.score, like.reasons)
        for left, right, like in pairs_by_key(blocks)
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right))


async def published_traits(
    session: AsyncSession, country: str | None = None
) -> AsyncIterator[Traits]:
    """Yield what the published listings are compared by."""
    columns = [ServiceRow.body[name].label(name) for name in _COMPARED]
    query = select(
        ServiceRow.id, ServiceRow.country, ServiceRow.kinds, ServiceRow.protection, *columns
    )
    query = query.where(ServiceRow.state == PUBLISHED)
    if country is not None:
        query = query.where(ServiceRow.country == country)
    rows = await session.stream(query.execution_options(yield_per=_FETCH))
    async for row in rows:
        yield traits_of(row.id, row.country, row._asdict())


async def merge(
    session: AsyncSession,
    keep: str,
    drop: str,
    fields: Collection[str],
    *,
    actor: str,
    reason: str,
    places: Gazetteer,
    now: datetime,
) -> None:
    """Make two listings one. The caller commits.

    Args:
        session: In a transaction.
        keep: The listing that stays.
        drop: The listing that is retired, with ``keep`` as what took its place.
        fields: Fields of the body that ``keep`` takes over from ``drop``.
        actor: Name of an operator.
        reason: Why.
        places: Cities by name.
        now: This moment.

    Raises:
        RevisionError: They cannot be made one.
        BodyError: What would come out is not right.
    """
    kept, dropped = await _both(session, keep, drop)
    body = dict(kept.body)
    for field in set(fields) - {"id", "superseded_by"}:
        if field in dropped.body:
            body[field] = dropped.body[field]
        else:
            body.pop(field, None)
    how = {"actor": actor, "reason": reason, "origin": Origin.CONSOLE, "places": places, "now": now}
    if body != kept.body:
        await _publish(session, kept, body, how)
    await _publish(session, dropped, {**dropped.body, "superseded_by": keep}, how)
    await revisions.retire(
        session, part=Part.SERVICES, entry=drop, actor=actor, reason=reason, now=now
    )
    await take_back(session, keep, drop, actor=actor, reason=reason, now=now)
    for entry, other in ((keep, drop), (drop, keep)):
        await audit.record(
            session, at=now, actor=actor, action="merge", part=Part.SERVICES, entry=entry,
            after={"with": other, "kept": keep, "taken_over": sorted(fields)}, reason=reason,
        )  # fmt: skip


async def _publish(
    session: AsyncSession,
    current: published.Published,
    body: Mapping[str, Any],
    how: Mapping[str, Any],
) -> None:
    await revisions.publish_now(
        session, part=Part.SERVICES, entry=current.entry, country=current.country,
        body=as_in_a_pack(Part.SERVICES, body), **how,
    )  # fmt: skip


async def _both(
    session: AsyncSession, keep: str, drop: str
) -> tuple[published.Published, published.Published]:
    if keep == drop:
        raise RevisionError("these are one listing already")
    found = await published.get_many(session, Part.SERVICES, [keep, drop])
    for entry in (keep, drop):
        if entry not in found or found[entry].is_retired:
            raise RevisionError(f"{entry} is not published")
    kept, dropped = found[keep], found[drop]
    if kept.country != dropped.country:
        raise RevisionError("they are in two countries")
    if is_withheld(kept.body) is not is_withheld(dropped.body):
        raise RevisionError("the address of one of them is kept secret, that of the other is not")
    return kept, dropped
