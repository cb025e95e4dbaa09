"""One cell as a value of a body, from what an operator wrote there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from directory.sheets import opening
from directory.sheets.catalogue import N_
from directory.sheets.column import Column, Kind
from directory.sheets.faults import CellError
from directory.sheets.tidy import tidied
from directory.sheets.words import codes_by_word, find_code, folded, split_codes, tags_by_name

Cell = str | int | float | bool | date | datetime | None
_PARTS = re.compile(r"(?<!\\)\|")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DATED = ("source.published", "hours.as_of")  # a year, a month or a day, or words
_NAMED = {"note": "note", "nota": "note", "kind": "kind", "tipo": "kind", "clase": "kind"}
# What many rows say in the same words.
_REPEATED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.TAGS, Kind.HOURS, Kind.YES_NO, Kind.PLACES})
_NEVER = frozenset({"never", "nunca", ""})
_UNKNOWN_WORD = N_("{written} is none of the words that may stand here")
_NO_DATE = N_("{written} is no date; write it as 2026-03-01")
_NO_NUMBER = N_("{written} is no number")
_NO_LANGUAGE = N_("write the code of the language, a colon, then the name: es: Casa Abierta")
_NO_TAG = N_("{written} is no code of a language, such as es")
_TOO_MANY = N_("too much stands between the lines |")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def read(column: Column, cell: Cell) -> Any:
    """Return the value of a cell that is not empty, which nobody may change. Raises CellError."""
    if column.kind in _REPEATED and isinstance(cell, str):
        return _read_once(column.kind, column, cell)
    return _READ[column.kind](column, cell)


@lru_cache(maxsize=20_000)
def _read_once(kind: Kind, column: Column, cell: str) -> Any:
    return _READ[kind](column, cell)


def is_empty(cell: Cell) -> bool:
    """Return whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not tidied(cell))


def text_of(cell: Cell) -> str:
    """Return a cell as text: a number without what a sheet adds to it, a date as ISO."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidied(str(cell if cell is not None else ""))


def _plain(text: str) -> str:
    found = {"\\\\": "\\", "\\n": "\n", "\\|": "|"}
    return re.sub(r"\\[\\n|]", lambda one: found[one[0]], text.strip())


def _lines(cell: Cell) -> list[str]:
    return [plain for line in text_of(cell).split("\n") if (plain := tidied(line))]


def _read_code(column: Column, cell: Cell) -> str:
    known = column.family == "known" and isinstance(cell, bool)
    written = ("yes" if cell else "no") if known else text_of(cell)
    code = find_code(written, codes_by_word(column.family, column.codes))
    if code is None:
        raise CellError(_UNKNOWN_WORD, written=written[:80])
    return code


def _read_codes(column: Column, cell: Cell) -> list[str]:
    codes, unknown = split_codes(text_of(cell), codes_by_word(column.family, column.codes))
    if unknown:
        raise CellError(_UNKNOWN_WORD, written="; ".join(unknown)[:80])
    return codes


def _read_tags(_: Column, cell: Cell) -> list[str]:
    said = [one.strip() for one in re.split(r"[;,\n]", text_of(cell)) if one.strip()]
    tags = [one if _TAG.fullmatch(one) else tags_by_name().get(folded(one), one) for one in said]
    if wrong := [one for one in tags if not _TAG.fullmatch(one)]:
        raise CellError(_NO_TAG, written="; ".join(wrong)[:80])
    return tags


def _read_date(_: Column, cell: Cell) -> str:
    written = text_of(cell)
    try:
        return date.fromisoformat(_iso(written)[:10]).isoformat()
    except ValueError:
        raise CellError(_NO_DATE, written=written[:80]) from None


def _iso(written: str) -> str:
    """Return a day as ISO has it, as people here write days; anything else as it is."""
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(written):
        year, month, day = found.groups()
    else:
        return written
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _read_text(column: Column, cell: Cell) -> str:
    return _iso(text_of(cell)) if column.key in _DATED else text_of(cell)


def _read_never(column: Column, cell: Cell) -> str:
    return "never" if folded(text_of(cell)) in _NEVER else _read_date(column, cell)


def _read_figure(_: Column, cell: Cell) -> float:
    written = text_of(cell).replace(",", ".")
    try:
        return float(written)
    except ValueError:
        raise CellError(_NO_NUMBER, written=written[:80]) from None


def _read_numbers(column: Column, cell: Cell) -> list[dict[str, str]]:
    found = []
    for line in _lines(cell):
        first, *rest = _PARTS.split(line)
        entry = {"number": _plain(first)}
        for part in rest:
            name, colon, said = part.partition(":")
            key = _NAMED.get(folded(name), "") if colon else "e164"
            if not key or key in entry:
                raise CellError(_TOO_MANY)
            entry[key] = _plain(said if colon else part)
        if column.key == "numbers":
            entry.setdefault("kind", "voice")
        found.append(entry)
    return found


def _read_places(_: Column, cell: Cell) -> list[dict[str, str]]:
    found = []
    for line in _lines(cell):
        parts = [_plain(part) for part in _PARTS.split(line)]
        if len(parts) > len(("city", "region", "as_written")):
            raise CellError(_TOO_MANY)
        names = ("city", "region", "as_written")
        found.append({name: part for name, part in zip(names, parts, strict=False) if part})
    return found


def _read_names(_: Column, cell: Cell) -> dict[str, str]:
    found = {}
    for line in _lines(cell):
        tag, colon, name = line.partition(":")
        if not colon or not _TAG.fullmatch(tag.strip()) or not name.strip():
            raise CellError(_NO_LANGUAGE)
        found[tag.strip()] = _plain(name)
    return found


def _read_web(_: Column, cell: Cell) -> list[dict[str, str]]:
    found = []
    for line in _lines(cell):
        url, *rest = _PARTS.split(line)
        if len(rest) > 1:
            raise CellError(_TOO_MANY)
        kind = rest[0].partition(":")[2] or rest[0] if rest else "site"
        found.append({"url": _plain(url), "kind": _plain(kind)})
    return found


_Read = Callable[[Column, Cell], Any]
_READ: Mapping[Kind, _Read] = {
    Kind.TEXT: _read_text,
    Kind.LIST: lambda _, cell: [_plain(line) for line in _lines(cell)],
    Kind.CHOICE: _read_code,
    Kind.CHOICES: _read_codes,
    Kind.TAGS: _read_tags,
    Kind.DATE: _read_date,
    Kind.NEVER: _read_never,
    Kind.NUMBER: _read_figure,
    Kind.YES_NO: lambda column, cell: _read_code(column, cell) == "yes",
    Kind.HOURS: lambda _, cell: opening.read(text_of(cell)),
    Kind.NUMBERS: _read_numbers,
    Kind.PLACES: _read_places,
    Kind.NAMES: _read_names,
    Kind.WEB: _read_web,
}
