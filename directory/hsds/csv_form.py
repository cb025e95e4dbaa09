"""HSDS as tables: one CSV file a table and datapackage.json, or the same in one JSON document.

What others sent comes out as it came in, but for the order of rows, which is that of their first
file, and the form of numbers, times and moments (see ``directory.hsds.json_form``). A cell without
text has no value. A text that a sheet would run as a formula stands behind a quote.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from directory.hsds.datapackage import PACKAGE, columns_of, file_of, package_of
from directory.hsds.models import BY_NAME
from directory.hsds.records import ORDER, Indexed, Records, Row
from directory.hsds.values import usual


class TableError(ValueError):
    """A file that is not what its name says. The message names the file and the line."""


# A sheet runs what begins like this, but not a number, as those of telephones are.
_RUNS = re.compile(r"'*(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))")
FILES: Mapping[str, str] = {file_of(table): table for table in ORDER}


def files_of(records: Records) -> dict[str, str]:
    """Return the files of rows by name, datapackage.json first; a table without rows has none."""
    tables = [table for table in ORDER if records.get(table)]
    files = {PACKAGE: json.dumps(package_of(tables), indent=2) + "\n"}
    for table in tables:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        names = columns_of(table)
        writer.writerow(names)
        for row in _sorted(records[table]):
            writer.writerow([_guarded(row.get(name)) for name in names])
        files[file_of(table)] = text.getvalue()
    return files


def records_in(files: Mapping[str, str]) -> Records:
    """Return the rows of files by name; files that are no table of HSDS are passed over.

    Raises:
        TableError: A file has a column that its table does not have, or is no CSV.
    """
    records: Records = {}
    for name, text in files.items():
        table = FILES.get(name.rpartition("/")[2])
        if table is None:
            continue
        rows = _read(name, table, text)
        records[table] = [_row(table, row, position) for position, row in enumerate(rows)]
    return Indexed({table: records[table] for table in ORDER if table in records})


def tabular(records: Records) -> dict[str, list[dict[str, Any]]]:
    """Return rows as one document: the name of a table's file to its rows."""
    return {
        file_of(table): [
            {name: row[name] for name in columns_of(table) if row.get(name) is not None}
            for row in _sorted(records[table])
        ]
        for table in ORDER
        if records.get(table)
    }


def records_in_tabular(document: Mapping[str, Any]) -> Records:
    """Return the rows of a document whose tables stand under their files' names."""
    records = {
        FILES[name]: [_row(FILES[name], row, position) for position, row in enumerate(rows)]
        for name, rows in document.items()
        if name in FILES
    }
    return {table: records[table] for table in ORDER if table in records}


def _read(name: str, table: str, text: str) -> list[dict[str, str | None]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        unknown = {*(reader.fieldnames or ())} - {*columns_of(table)}
        if unknown:
            raise TableError(f"{name}:1: {table} has no column {', '.join(sorted(unknown))}")
        rows = list(reader)
    except csv.Error as error:
        raise TableError(f"{name}:{reader.line_num}: {error}") from error
    for line, row in enumerate(rows, start=2):
        if None in row:
            raise TableError(f"{name}:{line}: more cells than columns")
    return [{column: _unguarded(cell) for column, cell in row.items()} for row in rows]


def _row(table: str, said: Mapping[str, Any], position: int) -> Row:
    columns = BY_NAME[table].__table__.columns
    row = {name: usual(table, name, value) for name, value in said.items() if name in columns}
    filled = {name: value for name, value in row.items() if value not in (None, "")}
    # A text that must be there may be empty.
    empty = {name: "" for name in row if row[name] == "" and not columns[name].nullable}
    return {**filled, **empty, "ordinal": position}


def _guarded(value: Any) -> Any:
    """Return a cell; what a sheet would run gets a quote before it, which ``_unguarded`` drops."""
    if isinstance(value, str) and _RUNS.match(value):
        return f"'{value}"
    return "" if value is None else value


def _unguarded(cell: str | None) -> str | None:
    return cell[1:] if cell and cell[0] == "'" and _RUNS.match(cell) else cell


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.get("ordinal") or 0)


__all__ = [
    "FILES",
    "PACKAGE",
    "TableError",
    "file_of",
    "files_of",
    "records_in",
    "records_in_tabular",
    "tabular",
]
