"""One cell as an operator reads it, from a value of a body; back: ``cell_reading``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from directory.sheets import opening
from directory.sheets.column import Column, Kind
from directory.sheets.words import words_of


def write(column: Column, value: Any, language: str) -> str | float | date | None:
    """Return what stands in the cell for a value; None where it is empty."""
    if value is None or value in ([], {}):
        return None
    return _WRITE[column.kind](column, value, language)


def _escaped(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\\", "\\\\").replace("\n", "\\n").replace("|", "\\|")


def _write_code(column: Column, value: Any, language: str) -> str:
    code = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return words_of(column.family, column.codes, language).get(code, code)


def _write_codes(column: Column, value: Sequence[str], language: str) -> str:
    return "; ".join(_write_code(column, one, language) for one in value)


def _write_list(_: Column, value: Sequence[str], __: str) -> str:
    return "\n".join(_escaped(one) for one in value)


def _write_number(_: Column, value: Sequence[Mapping[str, Any] | str], __: str) -> str:
    lines = []
    for one in value:
        entry = {"number": one} if isinstance(one, str) else one
        parts = [_escaped(entry["number"])]
        parts += [entry["e164"]] if entry.get("e164") else []
        parts += [
            f"{name}: {_escaped(entry[name])}" for name in ("note", "kind") if entry.get(name)
        ]
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def _write_places(_: Column, value: Sequence[Mapping[str, Any]], __: str) -> str:
    lines = []
    for place in value:
        parts = [_escaped(place.get(key) or "") for key in ("city", "region", "as_written")]
        while parts and not parts[-1]:
            parts.pop()
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def _write_names(_: Column, value: Mapping[str, str], __: str) -> str:
    return "\n".join(f"{tag}: {_escaped(name)}" for tag, name in sorted(value.items()))


def _write_web(_: Column, value: Sequence[Mapping[str, str]], __: str) -> str:
    return "\n".join(f"{_escaped(one['url'])} | kind: {one['kind']}" for one in value)


def _write_date(_: Column, value: str, __: str) -> date | str | None:
    try:
        return None if value == "never" else date.fromisoformat(value)
    except ValueError:
        return value


_Write = Callable[[Column, Any, str], "str | float | date | None"]
_WRITE: Mapping[Kind, _Write] = {
    Kind.TEXT: lambda _, value, __: str(value),
    Kind.LIST: _write_list,
    Kind.CHOICE: _write_code,
    Kind.CHOICES: _write_codes,
    Kind.TAGS: lambda _, value, __: "; ".join(value),
    Kind.DATE: _write_date,
    Kind.NEVER: _write_date,
    Kind.NUMBER: lambda _, value, __: float(value),
    Kind.YES_NO: _write_code,
    Kind.HOURS: lambda _, value, language: opening.written(value, language) or None,
    Kind.NUMBERS: _write_number,
    Kind.PLACES: _write_places,
    Kind.NAMES: _write_names,
    Kind.WEB: _write_web,
}
