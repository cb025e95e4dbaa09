"""Rows of one listing while they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.hsds.ids import made
from directory.hsds.profile import taxonomy_row, term_row
from directory.hsds.records import Records, Row


class Rows:
    """The rows that stand for one listing. Ids follow from the listing's."""

    def __init__(self, entry: str, service: str) -> None:
        self.entry = entry
        self.service = service
        self._tables: dict[str, dict[str, Row]] = {}

    def add(self, table: str, position: object, values: Mapping[str, Any]) -> str:
        """Add the row at a position and return its id; ``values`` may name another id."""
        row = {"id": made(self.entry, table, position), "ordinal": 0, **values}
        self._tables.setdefault(table, {})[row["id"]] = row
        return str(row["id"])

    def say(
        self,
        taxonomy: str,
        term: str,
        value: str | None = None,
        *,
        of: tuple[str, str] | None = None,
        position: int = 0,
        attribute: str | None = None,
    ) -> None:
        """Say a term of a row.

        Args:
            taxonomy: Its code in the profile.
            term: The term's code.
            value: The attribute's value.
            of: Table and id of the row; the service when not given.
            position: Position among the terms of the taxonomy.
            attribute: The id of the attribute, where it has one of its own.
        """
        table, row = of or ("service", self.service)
        known = term_row(taxonomy, term)
        self._tables.setdefault("taxonomy", {})[known["taxonomy_id"]] = taxonomy_row(taxonomy)
        self._tables.setdefault("taxonomy_term", {})[known["id"]] = known
        values = {
            "id": attribute or made(row, known["id"], position),
            "link_id": row,
            "taxonomy_term_id": known["id"],
            "link_type": taxonomy,
            "link_entity": table,
            "value": value,
            "ordinal": position,
        }
        self._tables.setdefault("attribute", {})[values["id"]] = values

    def records(self) -> Records:
        """Return what was added."""
        return {table: list(rows.values()) for table, rows in self._tables.items()}
