"""A workbook or a CSV file as rows: columns found by their headings, in whatever order."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from directory.parts import Part
from directory.sheets import cell_reading
from directory.sheets.catalogue import N_, languages, said
from directory.sheets.column import Column
from directory.sheets.faults import CellError, Fault, FileError
from directory.sheets.guarding import MOST_ROWS, guard_workbook
from directory.sheets.headings import find_head
from directory.sheets.template import EXAMPLE, HELP_SHEET, WORDS_SHEET
from directory.sheets.words import folded

_MOST_COLUMNS = 200
_FORMULA = N_("a formula stands here; write the value itself")
_NO_SHEET = N_("no sheet of this file has our headings in its first rows: start from the template")
_TOO_MANY = N_("more than {most} rows: split the file")
_NOT_TEXT = N_("this file is not saved as UTF-8 text: save it as XLSX, or as CSV UTF-8")
_BROKEN = N_("this file cannot be read as a workbook: open it and save it as XLSX again")


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
    found.rows = _counted(_rows_of_book(data, tuple(countries), found.notes))
    return found


def read_csv(data: bytes, name: str, countries: Sequence[str]) -> Rows:
    """Return the rows of our sheet of listings saved as CSV. Raises FileError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(_NOT_TEXT) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = Rows(())
    numbered = (
        (number, [_unguarded(cell) for cell in row]) for number, row in enumerate(reader, 1)
    )
    found.rows = _counted(_rows_of(numbered, name, tuple(countries), found.notes, lambda _: False))
    return found


def _unguarded(cell: str) -> str:
    """Return a cell without the quote that keeps a sheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _counted(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    number = 0
    for row in rows:
        number += 1
        if number > MOST_ROWS:
            raise FileError(_TOO_MANY, most=MOST_ROWS)
        yield row
    if number == 0:
        return


def _rows_of_book(
    data: bytes, countries: tuple[str, ...], notes: list[Fault]
) -> Iterator[SheetRow]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except Exception:  # noqa: BLE001 -- openpyxl raises whatever a broken part makes it raise
        raise FileError(_BROKEN) from None
    ours = 0
    with closing(book):
        for sheet in book.worksheets:
            if folded(sheet.title) in _not_read():
                continue
            numbered = _cells_of(sheet)
            rows = _rows_of(numbered, sheet.title, countries, notes, _is_formula)
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


def _cells_of(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        yield from enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1)
    except FileError:
        raise
    except Exception:  # noqa: BLE001 -- as above
        raise FileError(_BROKEN) from None


@cache
def _not_read() -> frozenset[str]:
    """Return the names of the template's sheets that hold no entries."""
    sheets = (HELP_SHEET, WORDS_SHEET)
    return frozenset(folded(said(one, tag)) for one in sheets for tag in languages())


class _NotOursError(Exception):
    """A sheet without our headings."""


def _rows_of(
    numbered: Iterator[tuple[int, Sequence[Any]]],
    sheet: str,
    countries: tuple[str, ...],
    notes: list[Fault],
    is_formula: Callable[[Any], bool],
) -> Iterator[SheetRow]:
    head = find_head(numbered, sheet, countries, notes)
    if head is None:
        raise _NotOursError
    part, places = head
    columns = {column.key: (column, get_column_letter(at + 1)) for at, column in places.items()}
    for number, row in numbered:
        given: dict[str, Any] = {}
        faults: list[Fault] = []
        for at, column in places.items():
            cell = row[at] if at < len(row) else None
            value = getattr(cell, "value", cell)
            if cell_reading.is_empty(value):
                continue
            if is_formula(cell):
                faults.append(_fault(sheet, number, columns[column.key], _FORMULA))
                continue
            try:
                given[column.key] = cell_reading.read(column, value)
            except CellError as error:
                faults.append(
                    _fault(sheet, number, columns[column.key], error.problem, error.values)
                )
        if (given or faults) and given.get("id") != EXAMPLE:
            yield SheetRow(sheet, number, part, columns, given, tuple(faults))


def _is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f"


def _fault(
    sheet: str,
    number: int,
    place: tuple[Column, str],
    problem: str,
    values: Mapping[str, str] | None = None,
) -> Fault:
    column, letter = place
    return Fault(sheet, number, letter, column.heading, problem, values or {})
