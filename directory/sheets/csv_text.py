"""A sheet saved as CSV as numbered rows, however a program writes it."""

from __future__ import annotations

import codecs
import csv
import io
import re

from directory.sheets.catalogue import N_
from directory.sheets.faults import Fault, FileError
from directory.sheets.headings import Numbered

_NOT_TEXT = N_("this file is not saved as UTF-8 text: save it as XLSX, or as CSV UTF-8")
_GUESSED = N_(
    "this file is not saved as UTF-8 but as an old kind of text: look whether letters such as"
    " ñ and á are right below"
)
_NO_CSV = N_("this file cannot be read as CSV, near row {row}: save it as XLSX")
_DELIMITERS = ",;\t|"
_HEAD = 10  # lines in which the headings stand
_SAID = re.compile(r"sep=(.)\r?\n?")  # what some programs write before the headings
# Letters of languages that Windows-1252 is used for; other old kinds of text would show others.
_LETTERS = "áéíóúüñçàèìòùâêîôûëïäößœæ"
_USUAL = frozenset(f"{_LETTERS}{_LETTERS.upper()}ÿŸ¿¡ºª°«»“”‘’„–—…•·€´§\u00a0")
_DASH_IN_A_WORD = re.compile(r"\w[–—…•]\w")
_BYTE_ORDER = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rows_of(data: bytes, name: str, notes: list[Fault]) -> Numbered:
    """Yield the rows of a CSV file with their numbers.

    Args:
        data: The file.
        name: Its name.
        notes: Told where it had to be guessed how letters are written.

    Raises:
        FileError: It is no text, or no CSV; also while rows are read.
    """
    text = _text(data, name, notes)
    if said := _SAID.match(text):
        text, delimiter = text[said.end() :], said[1]
    else:
        delimiter = _delimiter(text)
    # A line before the headings counts for whoever looks for a row.
    return _rows(text, delimiter, start=2 if said else 1)


def _rows(text: str, delimiter: str, *, start: int) -> Numbered:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = start
    try:
        for row in reader:
            yield number, [_unguarded(cell) for cell in row]
            number += 1
    except csv.Error:
        raise FileError(_NO_CSV, row=number) from None


def _text(data: bytes, name: str, notes: list[Fault]) -> str:
    try:
        return data.decode("utf-16" if data.startswith(_BYTE_ORDER) else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise FileError(_NOT_TEXT) from None
    beyond = {one for one in text if not one.isascii()}
    if "\0" in text or not beyond <= _USUAL or _DASH_IN_A_WORD.search(text):
        raise FileError(_NOT_TEXT)
    notes.append(Fault(name, 0, "", "", _GUESSED))
    return text


def _delimiter(text: str) -> str:
    """Return what stands between cells: what the fullest of the first lines has most of."""
    lines = text[: 64 * 1024].splitlines()[:_HEAD]
    return max(_DELIMITERS, key=lambda one: max((line.count(one) for line in lines), default=0))


def _unguarded(cell: str) -> str:
    """Return a cell without the quote that keeps a sheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
