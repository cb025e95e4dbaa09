"""A workbook or a CSV file as rows: columns found by their headings, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from directory.parts import Part
from directory.sheets import cell_reading
from directory.sheets.catalogue import N_
from directory.sheets.column import Column, Kind
from directory.sheets.columns import COUNTRY
from directory.sheets.csv_text import rows_of
from directory.sheets.faults import CellError, Fault, FileError
from directory.sheets.guarding import MOST_ROWS, guard_workbook
from directory.sheets.headings import Numbered, find_head
from directory.sheets.number_signs import with_sign
from directory.sheets.template import EXAMPLE
from directory.sheets.workbook import Unreadable, sheets_of

_NO_SHEET = N_("no sheet of this file has our headings in its first rows: start from the template")
_TOO_MANY = N_("more than {most} rows: split the file")
_SIGN_LOST = N_(
    "the sheet took this number for a figure, which loses the + or 0 it began with: {written} is"
    " read as {number}"
)
Columns = Mapping[str, tuple[Column, str]]


@dataclass(frozen=True)
class SheetRow:
    """One row that is not empty.

    Attributes:
        sheet: Name of the sheet or the file.
        number: From 1, as the operator's program counts.
        part: What the row is an entry of.
        columns: Those that the sheet has, by key, with their letters.
        given: What its cells say, by key; an empty cell is not in it.
        faults: What cannot be read.
    """

    sheet: str
    number: int
    part: Part
    columns: Mapping[str, tuple[Column, str]]
    given: Mapping[str, Any] = field(repr=False)
    faults: tuple[Fault, ...] = ()


@dataclass
class Rows:
    """The rows of a file, read one by one, and what is odd about its sheets."""

    rows: Iterable[SheetRow]
    notes: list[Fault] = field(default_factory=list)


def read_workbook(data: bytes, countries: Sequence[str]) -> Rows:
    """Return the rows of an XLSX file. Raises FileError, also while they are read."""
    guard_workbook(data)
    found = Rows(())
    found.rows = _counted(_rows_of_all(sheets_of(data, found.notes), countries, found.notes))
    return found


def read_csv(data: bytes, name: str, countries: Sequence[str]) -> Rows:
    """Return the rows of our sheet saved as CSV. Raises FileError, also while they are read."""
    found = Rows(())
    sheets = [(name, rows_of(data, name, found.notes))]
    found.rows = _counted(_rows_of_all(sheets, countries, found.notes))
    return found


def _counted(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise FileError(_TOO_MANY, most=MOST_ROWS)
        yield row


def _rows_of_all(
    sheets: Iterable[tuple[str, Numbered]], countries: Sequence[str], notes: list[Fault]
) -> Iterator[SheetRow]:
    ours = 0
    for name, numbered in sheets:
        rows = _rows_of(numbered, name, tuple(countries), notes)
        try:
            first = next(rows, None)
        except _NotOursError:
            continue
        ours += 1
        if first is not None:
            yield first
            yield from rows
    if not ours:
        raise FileError(_NO_SHEET)


class _NotOursError(Exception):
    """A sheet without our headings."""


def _rows_of(
    numbered: Numbered, sheet: str, countries: tuple[str, ...], notes: list[Fault]
) -> Iterator[SheetRow]:
    head = find_head(numbered, sheet, countries, notes)
    if head is None:
        raise _NotOursError
    part, places = head
    columns = {column.key: (column, get_column_letter(at + 1)) for at, column in places.items()}
    for number, row in numbered:
        cells = {
            column.key: value
            for at, column in places.items()
            if at < len(row) and not cell_reading.is_empty(value := row[at])
        }
        given, faults = _read_row(sheet, number, columns, cells)
        if (given or faults) and given.get("id") != EXAMPLE:
            notes += _put_back(sheet, number, columns, cells, given)
            yield SheetRow(sheet, number, part, columns, given, tuple(faults))


def _read_row(
    sheet: str, number: int, columns: Columns, cells: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Fault]]:
    given: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, cell in cells.items():
        if isinstance(cell, Unreadable):
            faults.append(_fault(sheet, number, columns[key], cell.problem))
            continue
        try:
            given[key] = cell_reading.read(columns[key][0], cell)
        except CellError as error:
            faults.append(_fault(sheet, number, columns[key], error.problem, error.values))
    return given, faults


def _put_back(
    sheet: str, number: int, columns: Columns, cells: Mapping[str, Any], given: dict[str, Any]
) -> Iterator[Fault]:
    """Give numbers back the sign that a sheet took from them; yield what is told of each."""
    for key, (column, _) in columns.items():
        if column.kind is not Kind.NUMBERS or key not in given:
            continue
        if isinstance(cells[key], int | float) and not isinstance(cells[key], bool):
            (line,) = given[key]
            whole = with_sign(line["number"], str(given.get(COUNTRY, "")))
            if whole != line["number"]:
                values = {"written": line["number"], "number": whole}
                given[key] = [{**line, "number": whole}]
                yield _fault(sheet, number, columns[key], _SIGN_LOST, values)


def _fault(
    sheet: str,
    number: int,
    place: tuple[Column, str],
    problem: str,
    values: Mapping[str, str] | None = None,
) -> Fault:
    column, letter = place
    return Fault(sheet, number, letter, column.heading, problem, values or {})
