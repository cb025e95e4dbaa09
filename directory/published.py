"""What is published of each part: read, put in place, retired. The caller commits.

A listing goes into three places in one transaction: the table that chat reads, the tables of HSDS,
and the table that search reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, delete, func, select, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.hsds.store import remove, sync_listing, sync_organisation
from directory.models import (
    PUBLISHED,
    RETIRED,
    CardRow,
    HelplineRow,
    PackRow,
    RightsFactRow,
    ServicePlaceRow,
    ServiceRow,
    WordingRow,
)
from directory.parts import CARDS, Origin, Part, message_entry, of_message
from directory.rows import columns_of, places_of
from directory.search_table import forget_listing, index_listing
from directory.withheld import is_withheld, stored

Table = type[RightsFactRow | HelplineRow | ServiceRow | CardRow | WordingRow]
_TABLES: Mapping[Part, Table] = {
    Part.SERVICES: ServiceRow,
    Part.RIGHTS: RightsFactRow,
    Part.HELPLINES: HelplineRow,
    Part.MESSAGES: WordingRow,
    **dict.fromkeys(CARDS, CardRow),
}


class UnknownCountryError(LookupError):
    """An entry of a country that has no pack, so that no answer could ever say it."""


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


def table_of(part: Part) -> Table:
    """Return the table that holds the entries of a part."""
    return _TABLES[part]


def told_of(part: Part, row: Any) -> Published:
    """Return an entry from its row."""
    return _published(part, row)


async def get(session: AsyncSession, part: Part, entry: str) -> Published | None:
    """Return an entry, retired or not; None where it was never published."""
    table = _TABLES[part]
    found = await session.scalar(
        select(table).where(*_is(part, entry)).execution_options(populate_existing=True)
    )
    return None if found is None else _published(part, found)


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
    table = _TABLES[part]
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
    return [_published(part, row) for row in await session.scalars(query)]


async def get_many(
    session: AsyncSession, part: Part, entries: Sequence[str]
) -> dict[str, Published]:
    """Return those of some facts, lines, listings or cards that were ever published, by id."""
    table = _TABLES[part]
    if issubclass(table, WordingRow):
        raise TypeError("messages are got one by one")
    own: list[ColumnElement[bool]] = [CardRow.part == part] if table is CardRow else []
    query = select(table).where(table.__table__.c.id.in_(entries), *own)
    query = query.execution_options(populate_existing=True)
    found = (_published(part, row) for row in await session.scalars(query))
    return {one.entry: one for one in found}


async def put(
    session: AsyncSession,
    part: Part,
    entry: str,
    country: str | None,
    body: Mapping[str, Any],
    *,
    origin: Origin,
    revision: int | None,
    at: datetime,
    places: Gazetteer,
) -> None:
    """Publish a body as what the entry says from now on.

    Raises:
        UnknownCountryError: A fact, line or listing of a country without a pack.
    """
    kept = stored(body) if part is Part.SERVICES else dict(body)
    how = {"origin": origin, "state": PUBLISHED, "revision": revision, "changed_at": at}
    table = _TABLES[part]
    if issubclass(table, CardRow):
        keys = {"part": part, "id": entry}
        values = {"country": country, "body": kept, **how}
    elif issubclass(table, WordingRow):
        language, message = of_message(entry)
        keys = {"language": language, "message": message}
        values = {"body": kept, **how}
    else:
        keys = {"id": entry}
        ordinal = await _ordinal(session, table, entry, country)
        values = {"country": country, **columns_of(part, kept), "body": kept, **how}
        values["ordinal"] = ordinal
    await session.execute(
        insert(table)
        .values(**keys, **values)
        .on_conflict_do_update(index_elements=list(keys), set_=values)
    )
    if part is Part.ORGANISATIONS:
        await sync_organisation(session, kept)
    if part is Part.SERVICES and country is not None:
        await _put_places(session, entry, country, kept, places)
        await sync_listing(session, entry, country, kept, places)
        await index_listing(session, entry, country, kept, places)


async def retire(session: AsyncSession, part: Part, entry: str, *, at: datetime) -> bool:
    """Take an entry out of all answers; return whether it was there. It stays to be restored."""
    table = _TABLES[part]
    gone = await session.execute(
        update(table)
        .where(*_is(part, entry), table.state == PUBLISHED)
        .values(state=RETIRED, changed_at=at)
        .returning(table.state)
    )
    if gone.first() is None:
        return False
    if part is Part.SERVICES:
        await remove(session, [entry])
        await forget_listing(session, entry)
    return True


async def next_entry(session: AsyncSession, part: Part, country: str) -> str:
    """Return the id that a new entry of a country gets, such as ``sv-s104``.

    Drafts count, too: two people who begin at the same time get different ids.
    """
    table = _TABLES[part]
    if issubclass(table, WordingRow):
        raise TypeError("messages have ids of their own")
    prefix = f"{country.lower()}-{part[0]}"
    drafted = select(RevisionRow.entry).where(RevisionRow.part == part)
    known = union_all(select(table.id), drafted).subquery().c[0]
    number = func.max(cast(func.substr(known, len(prefix) + 1), Integer))
    last = await session.scalar(select(number).where(known.regexp_match(f"^{prefix}[0-9]+$")))
    return f"{prefix}{(last or 0) + 1:02d}"


async def _ordinal(
    session: AsyncSession,
    table: type[RightsFactRow | HelplineRow | ServiceRow],
    entry: str,
    country: str | None,
) -> int:
    """Return an entry's place in its pack; a new one comes last."""
    if country is None or await session.get(PackRow, country) is None:
        raise UnknownCountryError(f"there is no pack for {country}")
    own = await session.scalar(select(table.ordinal).where(table.id == entry))
    if own is not None:
        return own
    last = select(func.coalesce(func.max(table.ordinal) + 1, 0)).where(table.country == country)
    return (await session.execute(last)).scalar_one()


async def _put_places(
    session: AsyncSession, entry: str, country: str, body: Mapping[str, Any], places: Gazetteer
) -> None:
    await session.execute(delete(ServicePlaceRow).where(ServicePlaceRow.service == entry))
    rows: Sequence[ServicePlaceRow] = () if is_withheld(body) else places_of(country, body, places)
    for row in rows:
        row.service = entry
    session.add_all(rows)
    await session.flush()


def _is(part: Part, entry: str) -> list[Any]:
    table = _TABLES[part]
    if issubclass(table, CardRow):
        return [CardRow.part == part, CardRow.id == entry]
    if issubclass(table, WordingRow):
        language, message = of_message(entry)
        return [WordingRow.language == language, WordingRow.message == message]
    return [table.id == entry]


def _published(part: Part, row: Any) -> Published:
    entry = message_entry(row.language, row.message) if part is Part.MESSAGES else row.id
    country = None if part is Part.MESSAGES else row.country
    return Published(
        part, entry, country, row.body, Origin(row.origin), row.state, row.revision, row.changed_at
    )


async def mark(session: AsyncSession, part: Part, entry: str, revision: int) -> None:
    """Say which revision an entry that came from a pack is, without changing what it says."""
    await session.execute(update(_TABLES[part]).where(*_is(part, entry)).values(revision=revision))
