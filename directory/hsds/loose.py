"""Links of others to rows that nobody sent: kept beside the tables, whose own links must hold.

Published files have them, the examples of HSDS too. When the row comes, the link is made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from psycopg.sql import SQL, Identifier
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base
from directory.hsds.faults import RowFault, link_faults, target_of, without_loose_links
from directory.hsds.ids import made
from directory.hsds.records import Records, Row
from directory.hsds.rows_in import Driver, put_rows, table_name, there


class LooseLink(Base):
    """A link to a row that is not there."""

    __tablename__ = "loose_link"

    row_table: Mapped[str] = mapped_column(comment="Table of the row that has the link.")
    row_id: Mapped[str] = mapped_column(index=True, comment="The row that has the link.")
    column_name: Mapped[str] = mapped_column(comment="Its column.")
    target: Mapped[str] = mapped_column(index=True, comment="The row that is not there.")


async def known_to(driver: Driver, records: Records) -> set[str]:
    """Return the ids in the tables to which rows refer and which are not among the rows."""
    wanted: dict[str, set[str]] = {}
    for fault in link_faults(records):
        wanted.setdefault(target_of(fault.table, fault.column), set()).add(fault.wanted)
    return {row for table, ids in wanted.items() for row in await there(driver, table, list(ids))}


async def loosened(
    driver: Driver, records: Records
) -> tuple[Records, list[Row], Sequence[RowFault]]:
    """Return rows whose links hold, the loose links, and what cannot be kept without its link."""
    faults = link_faults(records, await known_to(driver, records))
    links = [
        {
            "id": made("loose", fault.table, row, fault.column),
            "row_table": fault.table,
            "row_id": row,
            "column_name": fault.column,
            "target": fault.wanted,
        }
        for fault in faults
        if not fault.must_go and (row := records[fault.table][fault.position]["id"])
    ]
    refused = [fault for fault in faults if fault.must_go]
    if refused:  # what needs a row that goes, goes too
        kept, more, also = await loosened(driver, without_loose_links(records, faults))
        return kept, [*links, *more], [*refused, *also]
    return without_loose_links(records, faults), links, refused


async def keep(driver: Driver, links: Sequence[Row]) -> None:
    """Keep loose links."""
    await put_rows(driver, LooseLink.__tablename__, links)


async def tighten(driver: Driver, ids: Collection[str]) -> None:
    """Make the links to rows that have come."""
    cursor = await driver.execute(
        "DELETE FROM hsds.loose_link WHERE target = ANY(%s)"
        " RETURNING row_table, column_name, target, row_id",
        [list(ids)],
    )
    for table, column, target, row in await cursor.fetchall():
        update = SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
            table_name(str(table)), Identifier(str(column))
        )
        await driver.execute(update, [target, row])


async def with_loose(session: AsyncSession, records: Records) -> Records:
    """Return rows with their loose links, as they were sent."""
    by_row = {(table, row["id"]): row for table, rows in records.items() for row in rows}
    for link in await session.scalars(select(LooseLink)):
        if row := by_row.get((link.row_table, link.row_id)):
            row.setdefault(link.column_name, link.target)
    return records
