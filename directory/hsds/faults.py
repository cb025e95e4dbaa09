"""What is wrong with rows of others, before anything is kept of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from directory.hsds.models import BY_NAME
from directory.hsds.records import Records, Row
from directory.hsds.values import fitting


@dataclass(frozen=True)
class RowFault:
    """One thing that is wrong.

    Attributes:
        table: Name of the table.
        position: Position of the row in the table, from 0.
        column: Which column.
        problem: ``missing``, ``not`` (see ``wanted``), ``twice`` or ``unknown`` (a link to a row
            that is nowhere).
        wanted: What would fit, or the row that is not there.
        must_go: Whether the row cannot be kept without it.
    """

    table: str
    position: int
    column: str
    problem: str
    wanted: str = ""
    must_go: bool = True


def faults_of(records: Records, known: Collection[str] = ()) -> list[RowFault]:
    """Return what is wrong with rows.

    Args:
        records: The rows.
        known: Ids of rows that are in the tables already, to which others may refer.
    """
    faults = [fault for table, rows in records.items() for fault in _of_rows(table, rows)]
    return [*faults, *link_faults(records, known)]


def link_faults(records: Records, known: Collection[str] = ()) -> list[RowFault]:
    """Return the links of rows to rows that are nowhere; see :func:`faults_of`."""
    ids = {table: {row.get("id") for row in rows} for table, rows in records.items()}
    faults: list[RowFault] = []
    for table, rows in records.items():
        links = [column for column in BY_NAME[table].__table__.columns if column.foreign_keys]
        for column in links:
            there = ids.get(target_of(table, column.name), set())
            faults += [
                RowFault(table, position, column.name, "unknown", str(to), not column.nullable)
                for position, row in enumerate(rows)
                if (to := row.get(column.name)) and to not in there and to not in known
            ]
    return faults


@cache
def target_of(table: str, column: str) -> str:
    """Return the table to which a link column refers."""
    (key,) = BY_NAME[table].__table__.columns[column].foreign_keys
    return str(key.column.table.name)


def without_loose_links(records: Records, faults: Collection[RowFault]) -> Records:
    """Return rows without links to rows that are nowhere; a row that needs its link goes too."""
    loose: dict[tuple[str, int], list[RowFault]] = {}
    for fault in faults:
        if fault.problem == "unknown":
            loose.setdefault((fault.table, fault.position), []).append(fault)
    kept: Records = {}
    for table, rows in records.items():
        found = ((row, loose.get((table, position), [])) for position, row in enumerate(rows))
        kept[table] = [
            {name: value for name, value in row.items() if name not in {f.column for f in wrong}}
            for row, wrong in found
            if not any(fault.must_go for fault in wrong)
        ]
    return kept


def _of_rows(table: str, rows: Sequence[Row]) -> Iterator[RowFault]:
    seen: set[str] = set()
    for position, row in enumerate(rows):
        yield from _of_row(table, position, row)
        if row.get("id") in seen:
            yield RowFault(table, position, "id", "twice")
        seen.add(str(row.get("id")))


def _of_row(table: str, position: int, row: Row) -> Iterator[RowFault]:
    for column in BY_NAME[table].__table__.columns:
        value = row.get(column.name)
        if value is None:
            if not column.nullable and column.name != "ordinal":
                yield RowFault(table, position, column.name, "missing")
            continue
        if column.name == "ordinal":
            continue
        try:
            fitting(table, column.name, value)
        except ValueError as error:
            yield RowFault(table, position, column.name, "not", str(error))
