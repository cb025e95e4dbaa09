"""Two listings beside each other, field by field, as their sheet of columns names the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console import translation
from directory.parts import Part
from directory.sheets.catalogue import said_as_it_is
from directory.sheets.cells import write
from directory.sheets.columns import COUNTRY, columns_of

_NOT_CHOSEN = frozenset({"id", "superseded_by", "protection", "address_withheld"})


def side_by_side(left: Mapping[str, Any], right: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Return field, heading, what both say, and whether there is something to choose."""
    rows = []
    told = {field: (_words(left, field), _words(right, field)) for field in _fields()}
    for field, heading in _fields().items():
        if any(told[field]):
            differs = left.get(field) != right.get(field) and field not in _NOT_CHOSEN
            rows.append((field, heading, *told[field], differs))
    return rows


def _fields() -> dict[str, str]:
    """Return the fields of a listing, each with the heading of its first column."""
    fields: dict[str, str] = {}
    for column in columns_of(Part.SERVICES, ()):
        if column.key not in (COUNTRY, "id"):
            heading = said_as_it_is(column.heading, translation.language())
            fields.setdefault(column.key.partition(".")[0], heading)
    return fields


def _words(body: Mapping[str, Any], field: str) -> str:
    lines = []
    for column in columns_of(Part.SERVICES, ()):
        if column.key.partition(".")[0] != field or column.key == COUNTRY:
            continue
        value: Any = body
        for step in column.key.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        written = write(column, value, translation.language())
        lines += [str(written)] if written is not None else []
    return "\n".join(lines)
