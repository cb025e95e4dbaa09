"""What is published of each part, as operators see it: retired entries, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.entry_tables import row_is, table_of
from directory.models import PUBLISHED, RETIRED, CardRow, WordingRow
from directory.parts import Origin, Part, message_entry


@dataclass(frozen=True)
class Published:
    """An entry as it is published.

    Attributes:
        part: What it is a part of.
        entry: Its id.
        country: ISO 3166-1 alpha-2, if it is of one.
        body: What it says.
        origin: Where it comes from.
        state: ``published`` or ``retired``.
        revision: The revision it was published from; None: from a pack.
        changed_at: When it was published.
    """

    part: Part
    entry: str
    country: str | None
    body: Mapping[str, Any] = field(repr=False)
    origin: Origin
    state: str
    revision: int | None
    changed_at: datetime

    @property
    def is_retired(self) -> bool:
        """Whether no answer says it any more."""
        return self.state == RETIRED


def told_of(part: Part, row: Any) -> Published:
    """Return an entry from its row."""
    entry = message_entry(row.language, row.message) if part is Part.MESSAGES else row.id
    country = None if part is Part.MESSAGES else row.country
    return Published(
        part, entry, country, row.body, Origin(row.origin), row.state, row.revision, row.changed_at
    )


async def get(session: AsyncSession, part: Part, entry: str) -> Published | None:
    """Return an entry, retired or not; None where it was never published."""
    table = table_of(part)
    found = await session.scalar(
        select(table).where(*row_is(part, entry)).execution_options(populate_existing=True)
    )
    return None if found is None else told_of(part, found)


async def all_of(
    session: AsyncSession, part: Part, *, country: str | None = None, retired: bool = False
) -> list[Published]:
    """Return the entries of a part, of a country if one is named, in the order of its pack.

    Args:
        session: An open session.
        part: Which; of ``messages`` only those that are not as in ``data/messages``.
        country: ISO 3166-1 alpha-2.
        retired: Whether to return those that were retired, too.
    """
    table = table_of(part)
    query = select(table)
    if issubclass(table, CardRow):
        query = query.where(CardRow.part == part).order_by(CardRow.id)
    elif issubclass(table, WordingRow):
        query = query.order_by(WordingRow.language, WordingRow.message)
    else:
        query = query.order_by(table.country, table.ordinal, table.id)
    if country is not None and not issubclass(table, WordingRow):
        query = query.where(table.country == country)
    if not retired:
        query = query.where(table.state == PUBLISHED)
    return [told_of(part, row) for row in await session.scalars(query)]


async def get_many(
    session: AsyncSession, part: Part, entries: Sequence[str]
) -> dict[str, Published]:
    """Return those of some facts, lines, listings or cards that were ever published, by id."""
    table = table_of(part)
    if issubclass(table, WordingRow):
        raise TypeError("messages are got one by one")
    own: list[ColumnElement[bool]] = [CardRow.part == part] if table is CardRow else []
    query = select(table).where(table.__table__.c.id.in_(entries), *own)
    query = query.execution_options(populate_existing=True)
    found = (told_of(part, row) for row in await session.scalars(query))
    return {one.entry: one for one in found}
