"""Listings and rows of others in the tables of HSDS. Callers commit.

A listing's rows are replaced when it changes; what others said of the same service (its program,
who funds it, further contacts, terms of other taxonomies) stays. Of a place that must not be found
nothing stays but what its listing says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.hsds.ids import record_id, service_id
from directory.hsds.project import records_of
from directory.hsds.project_organisation import organisation_records
from directory.hsds.records import ORDER, Records, Row, merged
from directory.hsds.removing import remove_replaced, remove_services
from directory.hsds.rows_in import Driver, copy_rows, driver_of, put_rows, there
from directory.hsds.secret import without_secrets
from directory.models import CardRow
from directory.parts import Part
from directory.withheld import is_withheld

type Entry = tuple[str, str, Mapping[str, Any]]  # id, country, body

SHARED = ("organization", "taxonomy", "taxonomy_term")  # rows that many listings need
_AT_ONCE = 2000  # listings; more would only need more memory


async def sync_listing(
    session: AsyncSession, entry: str, country: str, body: Mapping[str, Any], places: Gazetteer
) -> None:
    """Make the tables say of a listing what it says now."""
    await sync_many(session, [(entry, country, body)], places)


async def sync_many(session: AsyncSession, listings: Sequence[Entry], places: Gazetteer) -> None:
    """Make the tables say of listings what they say now."""
    driver = await driver_of(session)
    for some in batched(listings, _AT_ONCE, strict=False):
        services = await _services_of(driver, [entry for entry, _, _ in some])
        known = await _organizations_of(driver, list(services.values()))
        cards = await _cards(session, some)
        secret = [services[entry] for entry, _, body in some if is_withheld(body)]
        await remove_services(driver, [service for service in secret if service in known])
        known = {service: owner for service, owner in known.items() if service not in secret}
        old: list[Records] = []
        new: list[Records] = []
        for entry, country, body in some:
            service = services[entry]
            card = cards.get(str(body.get("owner")))
            rows = records_of(
                body, country=country, organisation=card, places=places, service=service
            )
            (old if service in known else new).append(_under(rows, known.get(service)))
        listed = [(entry, services[entry]) for entry, _, _ in some if services[entry] in known]
        await _replace(driver, listed, merged(old))
        await _add(driver, merged(new))


async def sync_organisation(session: AsyncSession, card: Mapping[str, Any]) -> None:
    """Make the tables say of an organisation what its card says now."""
    records = organisation_records(card)
    driver = await driver_of(session)
    row = records["organization"][0]["id"]
    for table in ("phone", "contact", "funding"):
        kept = [row["id"] for row in records.get(table, ())]
        await driver.execute(
            f"DELETE FROM hsds.{table} WHERE organization_id = %s AND NOT id = ANY(%s)",  # noqa: S608
            [row, kept],
        )
    await driver.execute("DELETE FROM hsds.attribute WHERE link_id = %s", [row])
    for table in ORDER:
        await put_rows(driver, table, records.get(table, ()))


async def remove(session: AsyncSession, entries: Sequence[str]) -> None:
    """Remove listings, with all that hangs on their services."""
    driver = await driver_of(session)
    for some in batched(entries, _AT_ONCE, strict=False):
        await remove_services(driver, list((await _services_of(driver, some)).values()))


async def write(session: AsyncSession, records: Records) -> None:
    """Add rows of others; of those that are there change the columns that a row has.

    Raises:
        psycopg.Error: A row does not fit; see :mod:`directory.hsds.faults` for finding out first.
    """
    driver = await driver_of(session)
    kept = without_secrets(records)
    for table in ORDER:
        await put_rows(driver, table, kept.get(table, ()))


async def write_many(session: AsyncSession, records: Records) -> None:
    """Do as :func:`write` does, for very many rows most of which are new."""
    driver = await driver_of(session)
    kept = without_secrets(records)
    for table in ORDER:
        rows = kept.get(table, ())
        old = await there(driver, table, [row["id"] for row in rows])
        await put_rows(driver, table, [row for row in rows if row["id"] in old])
        await copy_rows(driver, table, [row for row in rows if row["id"] not in old])


async def adopt(session: AsyncSession, service: str, entry: str, country: str) -> None:
    """Say that a service that came in with an id of its own is this listing from now on."""
    from directory.hsds.building import Rows  # noqa: PLC0415

    rows = Rows(entry, service)
    rows.say("record", "id", entry, attribute=record_id(entry))
    rows.say("record", "country", country)
    driver = await driver_of(session)
    for table in ORDER:
        await put_rows(driver, table, rows.records().get(table, ()))


async def _services_of(driver: Driver, entries: Sequence[str]) -> dict[str, str]:
    """Return the id of each listing's service: its own, or the one it came in with."""
    by_record = {record_id(entry): entry for entry in entries}
    cursor = await driver.execute(
        "SELECT id, link_id FROM hsds.attribute WHERE id = ANY(%s)", [list(by_record)]
    )
    adopted = {by_record[str(row[0])]: str(row[1]) for row in await cursor.fetchall()}
    return {entry: adopted.get(entry) or service_id(entry) for entry in entries}


async def _organizations_of(driver: Driver, services: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return id and name of the organizations of those services that are there."""
    cursor = await driver.execute(
        "SELECT s.id, o.id, o.name FROM hsds.service s"
        " JOIN hsds.organization o ON o.id = s.organization_id WHERE s.id = ANY(%s)",
        [list(services)],
    )
    return {str(row[0]): (str(row[1]), str(row[2])) for row in await cursor.fetchall()}


async def _cards(session: AsyncSession, some: Sequence[Entry]) -> dict[str, Mapping[str, Any]]:
    owners = {str(body["owner"]) for _, _, body in some if body.get("owner")}
    if not owners:
        return {}
    query = select(CardRow).where(CardRow.part == Part.ORGANISATIONS, CardRow.id.in_(owners))
    return {row.id: row.body for row in await session.scalars(query)}


def _under(records: Records, owner: tuple[str, str] | None) -> Records:
    """Return a listing's rows under the organization it is under, where the name is the same."""
    own: Row = records["organization"][0]
    if owner is None or own["name"] != owner[1] or own["id"] == owner[0]:
        return records
    service = {**records["service"][0], "organization_id": owner[0]}
    return {**records, "organization": [], "service": [service]}


async def _replace(driver: Driver, listed: Sequence[tuple[str, str]], records: Records) -> None:
    if not listed:
        return
    await remove_replaced(driver, listed, records)
    for table in ORDER:
        await put_rows(driver, table, records.get(table, ()), over=table not in SHARED)


async def _add(driver: Driver, records: Records) -> None:
    for table in ORDER:
        rows = records.get(table, ())
        if table in SHARED:
            await put_rows(driver, table, rows, over=False)
        elif rows:
            await copy_rows(driver, table, rows)
