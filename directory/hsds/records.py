"""Rows of HSDS outside the database: a table's name to its rows, in their order.

A value is what JSON and CSV know: text, a number, nothing. Dates are ``YYYY-MM-DD``, times
``HH:MM:SS``, moments ``YYYY-MM-DDTHH:MM:SS.sssZ``. A column that is not in a row has no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from directory.hsds.models import TABLES

type Row = dict[str, Any]
type Records = dict[str, list[Row]]

ORDER: tuple[str, ...] = tuple(table.__tablename__ for table in TABLES)
LINKED: dict[str, str] = {"attribute": "link_id", "metadata": "resource_id"}  # to any table


def merged(parts: Iterable[Records]) -> Records:
    """Return the rows of several records; of rows with the same id the first."""
    rows: dict[str, dict[str, Row]] = {table: {} for table in ORDER}
    for part in parts:
        for table, own in part.items():
            for row in own:
                rows[table].setdefault(row["id"], row)
    return {table: list(found.values()) for table, found in rows.items() if found}


class Indexed(dict[str, list[Row]]):
    """Records whose links are looked up once; not to be changed."""

    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self._links: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def under(self, table: str, column: str, to: str) -> list[Row]:
        """Return the rows of a table whose column has a value, in the order of the table."""
        found = self._links.get((table, column))
        if found is None:
            found = self._links.setdefault((table, column), defaultdict(list))
            for row in self.get(table, ()):
                if row.get(column):
                    found[row[column]].append(row)
        return found.get(to, [])


def linked(records: Records, table: str, column: str, to: str) -> list[Row]:
    """Return the rows of a table whose link column names a row, in their order."""
    if isinstance(records, Indexed):
        rows = records.under(table, column, to)
    else:
        rows = [row for row in records.get(table, ()) if row.get(column) == to]
    return sorted(rows, key=lambda row: row.get("ordinal") or 0)


def row_with(records: Records, table: str, row: str | None) -> Row | None:
    """Return the row with an id; None where there is none."""
    return next(iter(linked(records, table, "id", row)), None) if row else None
