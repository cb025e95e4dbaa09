"""Which table holds the entries of which part, and which of its rows is an entry."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement

from directory.models import CardRow, HelplineRow, RightsFactRow, ServiceRow, WordingRow
from directory.parts import CARDS, Part, of_message

PackTable = type[RightsFactRow | HelplineRow | ServiceRow]
Table = PackTable | type[CardRow | WordingRow]

PACK_TABLES: Mapping[Part, PackTable] = {
    Part.RIGHTS: RightsFactRow,
    Part.HELPLINES: HelplineRow,
    Part.SERVICES: ServiceRow,
}
_TABLES: Mapping[Part, Table] = {
    **PACK_TABLES,
    Part.MESSAGES: WordingRow,
    **dict.fromkeys(CARDS, CardRow),
}


def table_of(part: Part) -> Table:
    """Return the table that holds the entries of a part."""
    return _TABLES[part]


def row_is(part: Part, entry: str) -> tuple[ColumnElement[bool], ...]:
    """Return what a row of that table fulfils where it is an entry."""
    table = table_of(part)
    if issubclass(table, CardRow):
        return CardRow.part == part, CardRow.id == entry
    if issubclass(table, WordingRow):
        language, message = of_message(entry)
        return WordingRow.language == language, WordingRow.message == message
    return (table.id == entry,)
