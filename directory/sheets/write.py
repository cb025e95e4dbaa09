"""Listings and lines as a workbook: one sheet a part, one row an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from directory.parts import Part
from directory.sheets.catalogue import said
from directory.sheets.cells import write
from directory.sheets.column import Column
from directory.sheets.columns import COUNTRY, SHEET_NAMES, columns_of
from directory.sheets.tidy import escaped

# A sheet runs what begins like this, so such a cell is marked as text.
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADING = PatternFill("solid", fgColor="FFDDE7F0")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Entry:
    """One entry to write; ``body`` as the store keeps it."""

    entry: str
    country: str | None
    body: Mapping[str, Any] = field(repr=False)


def write_book(
    target: Path | BinaryIO,
    parts: Mapping[Part, Iterable[Entry]],
    *,
    language: str,
    countries: Sequence[str],
    progress: Progress | None = None,
) -> int:
    """Write a workbook; return how many entries stand in it.

    Args:
        target: Where to write.
        parts: Entries of each part, which becomes a sheet.
        language: Of headings and words.
        countries: Those that there are packs for.
        progress: Told how many are written.
    """
    book = Workbook(write_only=True)
    number = 0
    for part, entries in parts.items():
        columns = columns_of(part, tuple(countries))
        sheet = book.create_sheet(said(SHEET_NAMES[part], language))
        lay_out(sheet, columns)
        sheet.append(headings(sheet, columns, language))
        for one in entries:
            sheet.append([_cell(sheet, _value(column, one, language)) for column in columns])
            number += 1
            if progress and number % 1000 == 0:
                progress(number)
    book.save(target)
    return number


def lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    """Give a sheet the widths of its columns, and headings that stay in sight."""
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = "D2"


def headings(sheet: Any, columns: Sequence[Column], language: str) -> list[Any]:
    """Return the cells of the first row."""
    row = []
    for column in columns:
        cell = WriteOnlyCell(sheet, said(column.heading, language))
        cell.font, cell.fill = Font(bold=True), _HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        row.append(cell)
    return row


def text_cell(sheet: Any, text: str) -> Any:
    """Return a cell that is text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, escaped(text))
    cell.data_type = "s"
    if text.startswith(_LOOKS_LIKE_A_FORMULA):
        cell.quotePrefix = True
    return cell


def _cell(sheet: Any, value: str | float | date | None) -> Any:
    if isinstance(value, str):
        return text_cell(sheet, value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    return value


def _value(column: Column, one: Entry, language: str) -> str | float | date | None:
    if column.key == COUNTRY:
        return write(column, one.country, language)
    found: Any = one.body
    for step in column.key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return write(column, found, language)
