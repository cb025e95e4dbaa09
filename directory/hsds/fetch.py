"""Rows out of the tables of HSDS, with what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.hsds.loose import with_loose
from directory.hsds.models import BY_NAME
from directory.hsds.records import LINKED, ORDER, Records, Row, merged

# What belongs to a row, in an order in which a row's parents come before it.
_PARTS = (
    *("organization_identifier", "program", "location", "contact", "phone", "schedule", "language"),
    *("address", "accessibility", "funding", "cost_option", "required_document", "service_area"),
)


async def rows_of(
    session: AsyncSession, table: str, column: str, values: Iterable[str]
) -> list[Row]:
    """Return the rows of a table whose column has one of some values, in their order."""
    return await _rows_that_refer(session, table, {column: list(values)})


async def _rows_that_refer(
    session: AsyncSession, table: str, wanted: Mapping[str, Sequence[str]]
) -> list[Row]:
    """Return the rows of which any of some columns has one of its values, in their order."""
    described = BY_NAME[table].__table__
    fits = [
        described.columns[column].in_(dict.fromkeys(filter(None, values)))
        for column, values in wanted.items()
        if any(values)
    ]
    if not fits:
        return []
    order = described.columns["ordinal"], described.columns["id"]
    query = select(*described.columns).where(or_(*fits)).order_by(*order)
    return [_plain(row._mapping) for row in await session.execute(query)]


async def all_records(session: AsyncSession) -> Records:
    """Return all rows of all tables."""
    found: Records = {}
    for table in ORDER:
        described = BY_NAME[table].__table__
        query = select(*described.columns).order_by(
            described.columns["ordinal"], described.columns["id"]
        )
        if rows := [_plain(row._mapping) for row in await session.execute(query)]:
            found[table] = rows
    return await with_loose(session, found)


async def services(
    session: AsyncSession, ids: Sequence[str], *, only_rows: bool = False
) -> Records:
    """Return services with their organizations, places and all that belongs to them.

    Args:
        session: An open session.
        ids: Which; unknown ones are passed over.
        only_rows: Whether to return the services, their organizations and programs alone.
    """
    found: Records = {"service": await rows_of(session, "service", "id", ids)}
    found["organization"] = await _of(session, found, "organization", "service", "organization_id")
    found["program"] = await _of(session, found, "program", "service", "program_id")
    if only_rows:
        return found
    at = await rows_of(session, "service_at_location", "service_id", _ids(found, "service"))
    found["service_at_location"] = at
    found["location"] = await _of(session, found, "location", "service_at_location", "location_id")
    return await _described(session, await _with_parts(session, found))


async def organizations(session: AsyncSession, ids: Sequence[str]) -> Records:
    """Return organizations with their services and all that belongs to them."""
    found: Records = {"organization": await rows_of(session, "organization", "id", ids)}
    offered = await rows_of(session, "service", "organization_id", _ids(found, "organization"))
    parts = await _described(session, await _with_parts(session, found))
    return merged([parts, await services(session, [row["id"] for row in offered])])


async def at_locations(session: AsyncSession, ids: Sequence[str]) -> Records:
    """Return services at locations with their services and all that belongs to them."""
    rows = await rows_of(session, "service_at_location", "id", ids)
    return await services(session, [row["service_id"] for row in rows])


async def locations(session: AsyncSession, ids: Sequence[str]) -> Records:
    """Return locations with all that belongs to them."""
    found: Records = {"location": await rows_of(session, "location", "id", ids)}
    return await _described(session, await _with_parts(session, found))


async def _with_parts(session: AsyncSession, found: Records) -> Records:
    for table in _PARTS:
        parents = {
            column.name: _ids(found, key.column.table.name)
            for column in BY_NAME[table].__table__.columns
            for key in column.foreign_keys
        }
        found = merged([found, {table: await _rows_that_refer(session, table, parents)}])
    return found


async def _described(session: AsyncSession, found: Records) -> Records:
    """Return rows with the terms and changes of each."""
    ids = [row["id"] for rows in found.values() for row in rows]
    for table, column in LINKED.items():
        found[table] = await rows_of(session, table, column, ids)
    terms = await _of(session, found, "taxonomy_term", "attribute", "taxonomy_term_id")
    found["taxonomy_term"] = terms
    found["taxonomy"] = await _of(session, found, "taxonomy", "taxonomy_term", "taxonomy_id")
    return found


async def _of(
    session: AsyncSession, found: Records, table: str, child: str, column: str
) -> list[Row]:
    """Return the rows to which other rows refer."""
    wanted = [row[column] for row in found.get(child, ()) if row.get(column)]
    return await rows_of(session, table, "id", wanted)


def _ids(found: Records, table: str) -> list[str]:
    return [row["id"] for row in found.get(table, ())]


def _plain(row: Any) -> Row:
    return {name: plain(value) for name, value in row.items() if value is not None}


def plain(value: Any) -> Any:
    """Return a column's value as JSON and CSV know it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).isoformat(timespec="milliseconds")
        return moment.replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
