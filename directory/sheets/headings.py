"""Which columns a sheet has, found by its headings in whatever language and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from directory.parts import Part
from directory.sheets.catalogue import N_, languages, said
from directory.sheets.cell_reading import text_of
from directory.sheets.column import Column
from directory.sheets.columns import PARTS, SHEET_NAMES, columns_of
from directory.sheets.faults import Fault, FileError
from directory.sheets.words import folded

_LOOK_FOR_HEADINGS = 10  # rows
_ENOUGH = 3  # headings that make a sheet one of ours
_NOT_KNOWN = N_("there is no such column, so it is not read: {written}")
Numbered = Iterator[tuple[int, Sequence[Any]]]  # rows with their numbers, from 1
_TWICE_IN = N_("sheet {sheet}: the column {heading} ({column}) stands there twice; remove one")


def find_head(
    numbered: Numbered,
    sheet: str,
    countries: tuple[str, ...],
    notes: list[Fault],
) -> tuple[Part, dict[int, Column]] | None:
    """Return what a sheet's rows are and its columns by their places, from its first rows.

    Args:
        numbered: The rows, of which those up to the headings are read.
        sheet: Its name.
        countries: Codes that may stand in its column for them.
        notes: Told of columns that are not ours.

    Returns:
        None: the sheet has none of our headings.

    Raises:
        FileError: A heading stands there twice.
    """
    for number, row in numbered:
        written = [text_of(cell) for cell in row]
        part, places = max(
            ((part, _places(written, part, countries)) for part in _likeliest_first(sheet)),
            key=lambda found: len(found[1]),
        )
        if len(places) >= _ENOUGH:
            _look_at_head(written, places, sheet, number, notes)
            return part, places
        if number >= _LOOK_FOR_HEADINGS:
            return None
    return None


def _likeliest_first(sheet: str) -> list[Part]:
    named = {folded(said(SHEET_NAMES[part], tag)): part for part in PARTS for tag in languages()}
    own = named.get(folded(sheet))
    return sorted(PARTS, key=lambda part: part is not own)


def _places(written: Sequence[str], part: Part, countries: tuple[str, ...]) -> dict[int, Column]:
    by_heading: dict[str, Column] = {}
    for column in columns_of(part, countries):
        by_heading[column.key.casefold()] = column
        for language in languages():
            by_heading.setdefault(folded(said(column.heading, language)), column)
    found = {}
    for at, text in enumerate(written):
        column_found = by_heading.get(text.casefold()) or by_heading.get(folded(text))
        if text and column_found is not None:
            found[at] = column_found
    return found


def _look_at_head(
    written: Sequence[str], places: dict[int, Column], sheet: str, number: int, notes: list[Fault]
) -> None:
    seen: set[str] = set()
    for at, text in enumerate(written):
        letter = get_column_letter(at + 1)
        column = places.get(at)
        if column is None:
            if text:
                notes.append(Fault(sheet, number, letter, text, _NOT_KNOWN, {"written": text[:80]}))
        elif column.key in seen:
            raise FileError(_TWICE_IN, column=letter, heading=text, sheet=sheet)
        else:
            seen.add(column.key)
