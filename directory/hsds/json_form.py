"""HSDS as JSON: objects within objects, from rows and back into rows.

What others sent comes out as it came in, but for what their file leaves open: links that the
nesting says already (``service_id`` within a service) are left out, fields without a value and
empty lists too, a list is in the order of the file in which its rows were first named, times have
seconds, and moments are in UTC with thousandths. A row under two
parents of one kind gets an id of its own under the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.hsds.json_reading import StructureError, objects_in, records_in
from directory.hsds.models import BY_NAME
from directory.hsds.nesting import MANY, ONE, links_of
from directory.hsds.records import Records, Row

type Object = dict[str, Any]


class Tree:
    """Rows, ready to be written as objects within objects."""

    def __init__(self, records: Records) -> None:
        self._rows = {table: {row["id"]: row for row in rows} for table, rows in records.items()}
        self._under: dict[tuple[str, str, str], list[Row]] = {}
        for table, rows in records.items():
            for row in sorted(rows, key=lambda row: row.get("ordinal") or 0):
                for column in links_of(table):
                    if row.get(column):
                        self._under.setdefault((table, column, row[column]), []).append(row)

    def service(self, row: str) -> Object:
        """Return a service with all that belongs to it. Raises KeyError."""
        return self._full("service", row)

    def service_row(self, row: str) -> Object:
        """Return a service as in a list: with its organization and program, without more."""
        return self._short("service", row)

    def organization(self, row: str) -> Object:
        """Return an organization with its services and all that belongs to it. Raises KeyError."""
        offered = self._under.get(("service", "organization_id", row), ())
        services = [self._full("service", one["id"], leave="organization") for one in offered]
        return _said({**self._full("organization", row), "services": services})

    def organization_row(self, row: str) -> Object:
        """Return an organization as in a list."""
        return self._short("organization", row)

    def at_location(self, row: str) -> Object:
        """Return a service at a location, with both. Raises KeyError."""
        service = self._rows["service_at_location"][row]["service_id"]
        offered = self._full("service", service, leave="service_at_locations")
        return {**self._full("service_at_location", row), "service": offered}

    def at_location_row(self, row: str) -> Object:
        """Return a service at a location as in a list."""
        service = self._rows["service_at_location"][row]["service_id"]
        found = self._short("service_at_location", row)
        return {**found, "service": self._short("service", service)}

    def of(self, table: str, row: str) -> Object:
        """Return a row of any table with all that belongs to it. Raises KeyError."""
        return self._full(table, row)

    def _full(self, table: str, row: str, leave: str = "") -> Object:
        found = self._columns(table, self._rows[table][row])
        for name, (other, column) in ONE.get(table, {}).items():
            other_row = self._rows[table][row].get(column)
            if name != leave and other_row in self._rows.get(other, {}):
                found[name] = self._full(other, str(other_row))
        for name, (other, column) in MANY.get(table, {}).items():
            if name != leave:
                under = self._under.get((other, column, row), ())
                found[name] = [self._full(other, one["id"]) for one in under]
        return _said(found)

    def _short(self, table: str, row: str) -> Object:
        found = self._columns(table, self._rows[table][row])
        for name, (other, column) in ONE.get(table, {}).items():
            other_row = self._rows[table][row].get(column)
            if other_row in self._rows.get(other, {}):
                found[name] = self._columns(other, self._rows[other][str(other_row)])
        return found

    def _columns(self, table: str, row: Row) -> Object:
        hidden = {*links_of(table), "ordinal"}
        columns = (column.name for column in BY_NAME[table].__table__.columns)
        return _said({name: row.get(name) for name in columns if name not in hidden})


def _said(found: Mapping[str, Any]) -> Object:
    return {name: value for name, value in found.items() if value is not None and value != []}


__all__ = ["Object", "StructureError", "Tree", "objects_in", "records_in"]
