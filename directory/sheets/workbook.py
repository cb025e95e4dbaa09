"""The cells of a workbook as whoever saved it saw them: hidden sheets are not read.

A formula is worth what it came to when the workbook was saved. One that nobody worked out, and one
that came to an error, are told instead of read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl import load_workbook

from directory.sheets.catalogue import N_, languages, said
from directory.sheets.faults import Fault, FileError
from directory.sheets.headings import Numbered
from directory.sheets.template import HELP_SHEET, WORDS_SHEET
from directory.sheets.tidy import unescaped
from directory.sheets.words import folded

_MOST_COLUMNS = 200
_FORMULA = N_("a formula stands here; write the value itself")
_ERROR = N_("an error of a formula stands here; write the value itself")
_HIDDEN = N_("this sheet is hidden, so it is not read")
_BROKEN = N_("this file cannot be read as a workbook: open it and save it as XLSX again")
_VISIBLE = "visible"


@dataclass(frozen=True)
class Unreadable:
    """What stands in a cell that has no value. ``problem`` says why."""

    problem: str

    def __str__(self) -> str:
        """Return nothing: it says nothing that could be read."""
        return ""


def sheets_of(data: bytes, notes: list[Fault]) -> Iterator[tuple[str, Numbered]]:
    """Yield the names of the sheets that may hold entries, each with its numbered rows.

    Args:
        data: A workbook that ``directory.sheets.guarding`` let pass.
        notes: Told of sheets that are not read.

    Raises:
        FileError: It cannot be read; also while rows are read.
    """
    with closing(_opened(data, values=False)) as book:
        for sheet in book.worksheets:
            if folded(sheet.title) in _not_read() or not hasattr(sheet, "iter_rows"):
                continue
            if sheet.sheet_state != _VISIBLE:
                notes.append(Fault(sheet.title, 0, "", "", _HIDDEN))
                continue
            yield sheet.title, _rows(sheet, _Values(data, sheet.title))


class _Values:
    """What the formulas of a sheet came to; read only where there is one."""

    def __init__(self, data: bytes, title: str) -> None:
        self._data = data
        self._title = title
        self._rows: Numbered | None = None
        self._row: tuple[int, Sequence[Any]] = (0, ())

    def at(self, number: int, place: int) -> Any:
        """Return the value of a cell; rows are asked for in order."""
        if self._rows is None:
            book = _opened(self._data, values=True)
            self._rows = _cells(book[self._title])
        while self._row[0] < number:
            self._row = next(self._rows, (number, ()))
        row = self._row[1]
        return _value(row[place]) if place < len(row) else None


class _Row(Sequence[Any]):
    """The values of a row, each read when it is asked for: most cells of most rows never are."""

    def __init__(self, number: int, cells: Sequence[Any], values: _Values) -> None:
        self._number = number
        self._cells = cells
        self._values = values

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._cells)

    def __getitem__(self, place: Any) -> Any:
        """Return the value of a cell."""
        cell = self._cells[place]
        if cell.value is None:
            return None
        if cell.data_type != "f":
            return _value(cell)
        found = self._values.at(self._number, place)
        return Unreadable(_FORMULA) if found is None else found


def _rows(sheet: Any, values: _Values) -> Numbered:
    for number, cells in _cells(sheet):
        yield number, _Row(number, cells, values)


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        return Unreadable(_ERROR)
    return unescaped(value) if isinstance(value, str) else value


def _cells(sheet: Any) -> Numbered:
    try:
        yield from enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1)
    except FileError:
        raise
    except Exception:  # noqa: BLE001 -- openpyxl raises whatever a broken part makes it raise
        raise FileError(_BROKEN) from None


def _opened(data: bytes, *, values: bool) -> Any:
    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    except Exception:  # noqa: BLE001 -- as above
        raise FileError(_BROKEN) from None


@cache
def _not_read() -> frozenset[str]:
    """Return the names of the template's sheets that hold no entries."""
    sheets = (HELP_SHEET, WORDS_SHEET)
    return frozenset(folded(said(one, tag)) for one in sheets for tag in languages())
