"""Taking services, or what a listing no longer says, out of the tables of HSDS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from directory.hsds.ids import made
from directory.hsds.models import BY_NAME
from directory.hsds.profile import taxonomies, term_row
from directory.hsds.records import LINKED, Records
from directory.hsds.rows_in import Driver, table_name

# Tables whose rows on a service are all the listing's: they are replaced with it.
OF_LISTING = (
    *("phone", "schedule", "language", "service_area", "required_document", "cost_option"),
    "service_at_location",
)
_WITH_A_CARD = (
    "SELECT link_id FROM hsds.attribute WHERE link_id = ANY(%s) AND taxonomy_term_id = ANY(%s)"
)
_DESCRIBED = ("phone", "required_document", "service_area", "location", "service_at_location")


async def remove_services(driver: Driver, services: Sequence[str]) -> None:
    """Remove services with all that hangs on them, and what nothing else needs."""
    if not services:
        return
    places = await _places_of(driver, services)
    owners = await _ids(
        driver, "SELECT organization_id FROM hsds.service WHERE id = ANY(%s)", services
    )
    hanging = await _hanging(driver, {"service": [*services], "location": places})
    await _undescribe(driver, hanging)
    await delete_rows(driver, "service", services)
    await delete_rows(driver, "location", places)
    await _remove_unused(driver, owners)


async def remove_replaced(
    driver: Driver, entries: Sequence[tuple[str, str]], records: Records
) -> None:
    """Remove what listings said before and do not say now; keep what is not theirs.

    Args:
        driver: The driver's connection.
        entries: Each listing's id and the id of its service.
        records: What the listings say now.
    """
    services = [service for _, service in entries]
    now = {table: [row["id"] for row in rows] for table, rows in records.items()}
    places = await _places_of(driver, services)
    gone: list[str] = []
    for table in OF_LISTING:
        gone += await _ids(
            driver,
            "DELETE FROM {} WHERE service_id = ANY(%s) AND NOT id = ANY(%s) RETURNING id",
            services,
            now.get(table, []),
            table=table,
        )
    gone += [place for place in places if place not in now.get("location", [])]
    await delete_rows(driver, "location", gone)
    await delete_rows(driver, "contact", await _own_contacts(driver, entries))
    await delete_rows(driver, "accessibility", _own_features(entries))
    await _ids(
        driver,
        "DELETE FROM hsds.address WHERE location_id = ANY(%s) AND NOT id = ANY(%s) RETURNING id",
        now.get("location", []),
        now.get("address", []),
    )
    await _undescribe(driver, gone)
    described = [row for table in _DESCRIBED for row in now.get(table, [])]
    await forget_terms(driver, [*services, *described])


async def _places_of(driver: Driver, services: Sequence[str]) -> list[str]:
    """Return the locations where these services are and no other is."""
    return await _ids(
        driver,
        "SELECT DISTINCT location_id FROM hsds.service_at_location a WHERE service_id = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM hsds.service_at_location b"
        " WHERE b.location_id = a.location_id AND NOT b.service_id = ANY(%s))",
        services,
        services,
    )


async def _hanging(driver: Driver, roots: dict[str, list[str]]) -> list[str]:
    """Return the ids of rows and of all that goes with them when they are deleted."""
    found = {table: list(ids) for table, ids in roots.items()}
    for name, table in BY_NAME.items():
        for column in table.__table__.columns:
            for key in column.foreign_keys:
                parents = found.get(key.column.table.name)
                if parents and key.ondelete == "CASCADE":
                    select = "SELECT id FROM {} WHERE {} = ANY(%s)"
                    more = await _ids(driver, select, parents, table=name, column=column.name)
                    found[name] = [*found.get(name, []), *more]
    return [row for ids in found.values() for row in ids]


async def _own_contacts(driver: Driver, entries: Sequence[tuple[str, str]]) -> list[str]:
    cursor = await driver.execute(
        "SELECT id, service_id, ordinal FROM hsds.contact WHERE service_id = ANY(%s)",
        [[service for _, service in entries]],
    )
    entry_of = {service: entry for entry, service in entries}
    rows = await cursor.fetchall()
    return [str(row[0]) for row in rows if row[0] == made(entry_of[str(row[1])], "contact", row[2])]


def _own_features(entries: Sequence[tuple[str, str]]) -> list[str]:
    features = taxonomies()["accessibility"].terms
    return [made(entry, "accessibility", feature) for entry, _ in entries for feature in features]


async def _undescribe(driver: Driver, rows: Sequence[str]) -> None:
    for table, column in LINKED.items():
        delete = "DELETE FROM {} WHERE {} = ANY(%s) RETURNING id"
        await _ids(driver, delete, rows, table=table, column=column)
    await _ids(driver, "DELETE FROM hsds.loose_link WHERE row_id = ANY(%s) RETURNING id", rows)


async def forget_terms(driver: Driver, rows: Sequence[str]) -> None:
    """Remove what our profile says of rows; terms of other taxonomies stay."""
    ours = [taxonomy.id for taxonomy in taxonomies().values()]
    await _ids(
        driver,
        "DELETE FROM hsds.attribute WHERE link_id = ANY(%s) AND taxonomy_term_id IN"
        " (SELECT id FROM hsds.taxonomy_term WHERE taxonomy_id = ANY(%s)) RETURNING id",
        rows,
        ours,
    )


async def _remove_unused(driver: Driver, organizations: Sequence[str]) -> None:
    """Remove organizations to which no row refers any more, unless they have a card."""
    used = {*await _ids(driver, _WITH_A_CARD, organizations, [term_row("record", "id")["id"]])}
    for name, table in BY_NAME.items():
        for column in table.__table__.columns:
            if any(key.column.table.name == "organization" for key in column.foreign_keys):
                select = "SELECT {1} FROM {0} WHERE {1} = ANY(%s)"
                used |= {*await _ids(driver, select, organizations, table=name, column=column.name)}
    unused = [row for row in organizations if row not in used]
    await _undescribe(driver, unused)
    await delete_rows(driver, "organization", unused)


async def delete_rows(driver: Driver, table: str, ids: Sequence[str]) -> None:
    """Delete rows by their ids; others go with them as their links say."""
    if ids:
        await _ids(driver, "DELETE FROM {} WHERE id = ANY(%s) RETURNING id", ids, table=table)


async def _ids(
    driver: Driver,
    statement: LiteralString,
    *values: Iterable[str],
    table: str = "service",
    column: str = "id",
) -> list[str]:
    made_of: Composed = SQL(statement).format(table_name(table), Identifier(column))
    cursor = await driver.execute(made_of, [list(value) for value in values])
    return [str(row[0]) for row in await cursor.fetchall()]
