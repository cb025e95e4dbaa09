"""Under which ids, and under whom, listings stand in the tables of HSDS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.hsds.ids import record_id, service_id
from directory.hsds.records import Records, Row
from directory.hsds.rows_in import Driver
from directory.models import CardRow
from directory.parts import Part

type Entry = tuple[str, str, Mapping[str, Any]]  # id, country, body


async def services_of(driver: Driver, entries: Sequence[str]) -> dict[str, str]:
    """Return the id of each listing's service: its own, or the one it came in with."""
    by_record = {record_id(entry): entry for entry in entries}
    cursor = await driver.execute(
        "SELECT id, link_id FROM hsds.attribute WHERE id = ANY(%s)", [list(by_record)]
    )
    adopted = {by_record[str(row[0])]: str(row[1]) for row in await cursor.fetchall()}
    return {entry: adopted.get(entry) or service_id(entry) for entry in entries}


async def organizations_of(driver: Driver, services: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return id and name of the organizations of those services that are there."""
    cursor = await driver.execute(
        "SELECT s.id, o.id, o.name FROM hsds.service s"
        " JOIN hsds.organization o ON o.id = s.organization_id WHERE s.id = ANY(%s)",
        [list(services)],
    )
    return {str(row[0]): (str(row[1]), str(row[2])) for row in await cursor.fetchall()}


async def cards(session: AsyncSession, some: Sequence[Entry]) -> dict[str, Mapping[str, Any]]:
    """Return the cards of the organizations that own listings, by id."""
    owners = {str(body["owner"]) for _, _, body in some if body.get("owner")}
    if not owners:
        return {}
    query = select(CardRow).where(CardRow.part == Part.ORGANISATIONS, CardRow.id.in_(owners))
    return {row.id: row.body for row in await session.scalars(query)}


def under(records: Records, owner: tuple[str, str] | None) -> Records:
    """Return a listing's rows under the organization it is under, where the name is the same."""
    own: Row = records["organization"][0]
    if owner is None or own["name"] != owner[1] or own["id"] == owner[0]:
        return records
    service = {**records["service"][0], "organization_id": owner[0]}
    return {**records, "organization": [], "service": [service]}
