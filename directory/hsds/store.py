"""Listings and rows of others in the tables of HSDS. Callers commit.

A listing's rows are replaced when it changes; what others said of the same service (its program,
who funds it, further contacts, terms of other taxonomies) stays. Of a place that must not be found
nothing stays but what its listing says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.hsds.building import Rows
from directory.hsds.faults import RowFault
from directory.hsds.ids import made, record_id
from directory.hsds.loose import keep, loosened, tighten
from directory.hsds.owners import Entry, cards, organizations_of, services_of, under
from directory.hsds.profile import term_row
from directory.hsds.project import records_of
from directory.hsds.project_organisation import card_entry, organisation_records
from directory.hsds.records import ORDER, Records, merged
from directory.hsds.removing import delete_rows, forget_terms, remove_replaced, remove_services
from directory.hsds.rows_in import Driver, copy_rows, driver_of, put_rows, there
from directory.hsds.secret import SECRET_TERMS, without_secrets
from directory.withheld import is_withheld

SHARED = ("organization", "taxonomy", "taxonomy_term")  # rows that many listings need
_MOST_OF_A_CARD = 100  # numbers, and addresses for mail
_AT_ONCE = 2000  # listings; more would only need more memory


async def sync_many(session: AsyncSession, listings: Sequence[Entry], places: Gazetteer) -> None:
    """Make the tables say of listings what they say now."""
    driver = await driver_of(session)
    for some in batched(listings, _AT_ONCE, strict=False):
        services = await services_of(driver, [entry for entry, _, _ in some])
        known = await organizations_of(driver, list(services.values()))
        known_cards = await cards(session, some)
        secret = [services[entry] for entry, _, body in some if is_withheld(body)]
        await remove_services(driver, [service for service in secret if service in known])
        known = {service: owner for service, owner in known.items() if service not in secret}
        old: list[Records] = []
        new: list[Records] = []
        for entry, country, body in some:
            service = services[entry]
            rows = records_of(
                _without_owner(body) if is_withheld(body) else body,
                country=country,
                organisation=known_cards.get(str(body.get("owner"))),
                places=places,
                service=service,
            )
            (old if service in known else new).append(under(rows, known.get(service)))
        listed = [(entry, services[entry]) for entry, _, _ in some if services[entry] in known]
        await _replace(driver, listed, merged(old))
        await _add(driver, merged(new))


async def sync_organisation(session: AsyncSession, card: Mapping[str, Any]) -> None:
    """Make the tables say of an organisation what its card says now."""
    records = organisation_records(card)
    driver = await driver_of(session)
    for table in ("phone", "contact", "funding"):
        now = {row["id"] for row in records.get(table, ())}
        before = (made(card_entry(card["id"]), table, place) for place in range(_MOST_OF_A_CARD))
        await delete_rows(driver, table, [row for row in before if row not in now])
    await forget_terms(driver, [records["organization"][0]["id"]])
    for table in ORDER:
        await put_rows(driver, table, records.get(table, ()))


async def remove(session: AsyncSession, entries: Sequence[str]) -> None:
    """Remove listings, with all that hangs on their services."""
    driver = await driver_of(session)
    for some in batched(entries, _AT_ONCE, strict=False):
        await remove_services(driver, list((await services_of(driver, some)).values()))


async def write(session: AsyncSession, records: Records) -> Sequence[RowFault]:
    """Add rows of others; of those that are there change the columns that a row has.

    Returns:
        The rows that were left out: they need a row that nobody sent.

    Raises:
        psycopg.Error: A row does not fit; see :mod:`directory.hsds.faults` for finding out first.
    """
    driver = await driver_of(session)
    kept, refused = await _linked(driver, await _without_secrets(driver, records))
    for table in ORDER:
        await put_rows(driver, table, kept.get(table, ()))
    await tighten(driver, [row["id"] for rows in kept.values() for row in rows])
    return refused


async def write_many(session: AsyncSession, records: Records) -> Sequence[RowFault]:
    """Do as :func:`write` does, for very many rows most of which are new."""
    driver = await driver_of(session)
    kept, refused = await _linked(driver, await _without_secrets(driver, records))
    for table in ORDER:
        rows = kept.get(table, ())
        old = await there(driver, table, [row["id"] for row in rows])
        await put_rows(driver, table, [row for row in rows if row["id"] in old])
        await copy_rows(driver, table, [row for row in rows if row["id"] not in old])
    await tighten(driver, [row["id"] for rows in kept.values() for row in rows])
    return refused


async def adopt(session: AsyncSession, service: str, entry: str, country: str) -> None:
    """Say that a service that came in with an id of its own is this listing from now on."""
    rows = Rows(entry, service)
    rows.say("record", "id", entry, attribute=record_id(entry))
    rows.say("record", "country", country)
    driver = await driver_of(session)
    for table in ORDER:
        await put_rows(driver, table, rows.records().get(table, ()))


def _without_owner(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a listing without who owns it: of a place to be kept secret that may tell where."""
    return {field: value for field, value in body.items() if field != "owner"}


async def _linked(driver: Driver, records: Records) -> tuple[Records, Sequence[RowFault]]:
    """Return rows whose links hold; keep the links that do not, and return what needs them."""
    kept, links, refused = await loosened(driver, records)
    await keep(driver, links)
    return kept, refused


async def _without_secrets(driver: Driver, records: Records) -> Records:
    """Return rows without places that nobody may find, as far as rows or tables tell."""
    services = {row.get("service_id") for rows in records.values() for row in rows}
    services |= {row["id"] for row in records.get("service", ())}
    cursor = await driver.execute(
        "SELECT link_id FROM hsds.attribute WHERE link_id = ANY(%s) AND taxonomy_term_id = ANY(%s)",
        [[row for row in services if row], [term_row(*term)["id"] for term in SECRET_TERMS]],
    )
    return without_secrets(records, {str(row[0]) for row in await cursor.fetchall()})


async def _replace(driver: Driver, listed: Sequence[tuple[str, str]], records: Records) -> None:
    if not listed:
        return
    await remove_replaced(driver, listed, records)
    for table in ORDER:
        rows = records.get(table, ())
        if table == "attribute":  # all of them were removed
            await copy_rows(driver, table, rows)
        else:
            await put_rows(driver, table, rows, over=table not in SHARED)


async def _add(driver: Driver, records: Records) -> None:
    for table in ORDER:
        rows = records.get(table, ())
        if table in SHARED:
            await put_rows(driver, table, rows, over=False)
        elif rows:
            await copy_rows(driver, table, rows)
