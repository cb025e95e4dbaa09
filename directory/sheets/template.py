"""The sheet that somebody fills in who has none yet: with drop-downs, help and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from directory.parts import Part
from directory.sheets.catalogue import N_, said
from directory.sheets.cells import write
from directory.sheets.column import Column, Kind
from directory.sheets.columns import COUNTRY, PARTS, SHEET_NAMES, columns_of
from directory.sheets.words import words_of

HELP_SHEET = N_("Read me")
WORDS_SHEET = N_("Words")
EXAMPLE = "example"  # as the number of an entry: a row that is not imported
_ROWS = 2000  # with drop-downs
_FILL = PatternFill("solid", fgColor="FFDDE7F0")
_GREY = Font(italic=True, color="FF555555")
_HELP = (
    N_("Fill in one row for each place. Columns with * have to be filled in."),
    N_("The grey row is an example; it is not imported."),
    N_("Where a cell has an arrow, choose from the list. Where several words fit, write them one"
       " after the other with ; between them. All words stand on the sheet of words."),
    N_("Columns may be moved or removed, not renamed. An empty cell of an entry that exists"
       " empties that field; a column that is not there leaves it as it is."),
    N_("Telephone numbers are text: what you write is what people see."),
    N_("Of a protected house give the name, the numbers and the way in. Never write its address"
       " here, not even to keep it."),
    N_("Then open the console, import this file, and read what it says. Nothing is changed until"
       " you confirm it."),
)  # fmt: skip
_EXAMPLES: Mapping[Part, Mapping[str, Any]] = {
    Part.SERVICES: {
        "id": EXAMPLE,
        "name": "Casa Abierta",
        "names": {"en": "Open House", "es": "Casa Abierta"},
        "organisation": "Casa Abierta",
        "run_by": "ngo",
        "kinds": ["legal_aid", "documents"],
        "layers": ["broader_community"],
        "audience": ["any"],
        "status": ["any"],
        "scope": "city",
        "places": [{"city": "San Salvador", "region": "San Salvador"}],
        "phones": [{"number": "2222-0000", "e164": "+50322220000"}],
        "hours": {
            "always": False,
            "periods": [
                {"days": ["MO", "TU", "WE", "TH", "FR"], "opens": "08:00", "closes": "16:00"}
            ],
        },
        "cost": {"kind": "free"},
        "confidence": "medium",
        "source": {"title": "Casa Abierta", "published": "2026-03"},
    },
    Part.HELPLINES: {
        "id": EXAMPLE,
        "name": "Línea Abierta",
        "purpose": ["suicide_mental_health"],
        "numbers": [{"number": "2222-0000", "kind": "voice"}],
        "hours": {"always": True},
        "cost": {"kind": "free"},
        "confidence": "medium",
        "source": {"title": "Línea Abierta", "published": "2026-03"},
    },
}


def write_template(target: BinaryIO, *, language: str, countries: Sequence[str]) -> None:
    """Write the empty workbook in a language."""
    book = Workbook()
    help_sheet = book.active
    if not isinstance(help_sheet, Worksheet):  # pragma: no cover -- a new workbook has one
        raise TypeError("a new workbook has no sheet")
    _write_help(help_sheet, language)
    words = book.create_sheet(said(WORDS_SHEET, language))
    lists = _Lists(words, language)
    for part in PARTS:
        columns = columns_of(part, tuple(countries))
        sheet = book.create_sheet(said(SHEET_NAMES[part], language))
        _fill(sheet, part, columns, lists, language)
    book.move_sheet(words, offset=len(PARTS))
    book.active = 1
    book.save(target)


class _Lists:
    """The words of each family, in columns of a sheet that drop-downs point at."""

    def __init__(self, sheet: Worksheet, language: str) -> None:
        self._sheet = sheet
        self._language = language
        self._ranges: dict[tuple[str, ...], str] = {}

    def range(self, column: Column) -> str:
        """Return where the words of a column stand, as a drop-down names it."""
        words = words_of(column.family, column.codes, self._language)
        key = (column.family, *column.codes)
        if key not in self._ranges:
            place = len(self._ranges) + 1
            letter = get_column_letter(place)
            self._sheet.cell(1, place, said(column.heading, self._language)).font = Font(bold=True)
            for row, word in enumerate(sorted(words.values(), key=str.casefold), 2):
                self._sheet.cell(row, place, word)
            self._sheet.column_dimensions[letter].width = 36
            title = self._sheet.title.replace("'", "''")
            self._ranges[key] = f"'{title}'!${letter}$2:${letter}${len(words) + 1}"
        return self._ranges[key]


def _write_help(sheet: Worksheet, language: str) -> None:
    sheet.title = said(HELP_SHEET, language)
    sheet.column_dimensions["A"].width = 100
    for row, line in enumerate(_HELP, 1):
        cell = sheet.cell(row, 1, said(line, language))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _fill(
    sheet: Worksheet, part: Part, columns: Sequence[Column], lists: _Lists, language: str
) -> None:
    for index, column in enumerate(columns, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        cell = sheet.cell(
            1, index, said(column.heading, language) + (" *" if column.required else "")
        )
        cell.font, cell.fill = Font(bold=True), _FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column.help:
            cell.comment = Comment(said(column.help, language), "Faro", width=320, height=120)
        if column.codes:
            _drop_down(sheet, column, letter, lists, language)
        elif column.kind in (Kind.TEXT, Kind.NUMBERS, Kind.LIST):
            for row in range(2, 203):
                sheet.cell(row, index).number_format = "@"  # or a number loses its zeros
    _write_example(sheet, columns, _EXAMPLES[part], language)
    sheet.freeze_panes = "D2"


def _write_example(
    sheet: Worksheet, columns: Sequence[Column], body: Mapping[str, Any], language: str
) -> None:
    for index, column in enumerate(columns, 1):
        found: Any = column.codes[0] if column.key == COUNTRY and column.codes else body
        if column.key != COUNTRY:
            for step in column.key.split("."):
                found = found.get(step) if isinstance(found, Mapping) else None
        elif "SV" in column.codes:
            found = "SV"
        if (value := write(column, found, language)) is not None:
            cell = sheet.cell(2, index, value)
            cell.font = _GREY
            if isinstance(value, str):
                cell.data_type = "s"


def _drop_down(sheet: Worksheet, column: Column, letter: str, lists: _Lists, language: str) -> None:
    several = column.kind is Kind.CHOICES
    validation = DataValidation(
        type="list", formula1=lists.range(column), allow_blank=True, showErrorMessage=not several
    )
    validation.error = said(_NOT_IN_LIST, language)
    validation.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(validation)


_NOT_IN_LIST = N_("Choose one of the words in the list.")
