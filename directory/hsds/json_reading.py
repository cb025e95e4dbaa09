"""Rows from HSDS as JSON: objects within objects taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from directory.hsds.ids import made
from directory.hsds.models import BY_NAME
from directory.hsds.nesting import MANY, ONE, links_of
from directory.hsds.records import LINKED, Indexed, Records, Row
from directory.hsds.values import usual


class StructureError(ValueError):
    """What is no object of HSDS, or no list of them. ``table`` says where it stands."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table}: an object without id is nothing of HSDS")
        self.table = table


def records_in(table: str, objects: Iterable[Mapping[str, Any]]) -> Records:
    """Return the rows of objects of one kind, as files and answers of others have them.

    Args:
        table: What they are objects of: ``service``, ``organization``, ``service_at_location`` …
        objects: The objects.

    Raises:
        StructureError: An object has no id, or where a list should be there is none.
    """
    reading = _Reading()
    for position, one in enumerate(objects):
        reading.take(table, one, {}, position)
    return reading.records()


def objects_in(document: Any) -> tuple[str, list[Mapping[str, Any]]]:
    """Return of what table a document's objects are, and the objects: one, a list, or a page.

    Raises:
        ValueError: It is nothing of HSDS.
    """
    if isinstance(document, Mapping) and "contents" in document:
        document = document["contents"]
    objects = document if isinstance(document, list) else [document]
    if not all(isinstance(one, Mapping) for one in objects):
        raise ValueError("not objects of HSDS")
    kinds = {kind for one in objects if (kind := _kind(one)) is not None}
    if len(kinds) > 1 or (objects and not kinds):
        raise ValueError("not objects of one kind of HSDS")
    return next(iter(kinds), "service"), objects


def _kind(one: Mapping[str, Any]) -> str | None:
    rules: tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...] = (
        ("service_at_location", lambda said: "location" in said or "location_id" in said),
        ("location", lambda said: "location_type" in said),
        ("service", lambda said: "status" in said or "organization" in said),
        ("taxonomy_term", lambda said: "taxonomy_detail" in said or "taxonomy" in said),
        ("taxonomy", lambda said: "name" in said and set(said) <= _TAXONOMY),
        ("organization", lambda said: "name" in said),
    )
    return next((kind for kind, fits in rules if "id" in one and fits(one)), None)


_TAXONOMY = {"id", "name", "description", "uri", "version", "metadata"}


class _Reading:
    """Rows while objects are taken apart. A row named twice gets the links of both places."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Row]] = {}

    def records(self) -> Records:
        return Indexed({table: list(rows.values()) for table, rows in self._tables.items()})

    def take(
        self, table: str, one: Mapping[str, Any], link: Mapping[str, str], position: int
    ) -> str:
        row = self._row(table, one, link, position)
        for name, (other, column) in ONE.get(table, {}).items():
            if isinstance(one.get(name), Mapping):
                row[column] = self.take(other, one[name], {}, 0)
        if table == "service" and row.get("program_id") and row.get("organization_id"):
            # Within a service only the nesting says whose program it is.
            program = self._tables.get("program", {}).get(row["program_id"], {})
            program.setdefault("organization_id", row["organization_id"])
        for name, (other, column) in MANY.get(table, {}).items():
            for place, part in enumerate(_list(one.get(name), other)):
                self.take(other, part, _link(table, row["id"], other, column), place)
        for place, part in enumerate(_services(table, one)):
            self.take("service", part, {"organization_id": row["id"]}, place)
        if table == "service_at_location" and isinstance(one.get("service"), Mapping):
            row["service_id"] = self.take("service", one["service"], {}, 0)
        return str(row["id"])

    def _row(
        self, table: str, one: Mapping[str, Any], link: Mapping[str, str], position: int
    ) -> Row:
        if not isinstance(one, Mapping) or not one.get("id"):
            raise StructureError(table)
        columns = BY_NAME[table].__table__.columns
        said = {name: usual(table, name, one[name]) for name in one if name in columns}
        said = {name: value for name, value in said.items() if value is not None}
        rows = self._tables.setdefault(table, {})
        row = rows.setdefault(str(one["id"]), {"id": str(one["id"]), "ordinal": position})
        if any(
            row.get(column) not in (None, parent)
            for column, parent in link.items()
            if column in links_of(table)
        ):
            # It is already under another: there it keeps its id.
            other = made(row["id"], *link.values())
            row = rows.setdefault(other, {**row, "id": other, "ordinal": position})
            said["id"] = other
            row.update(link)
        for name, value in {**link, **said}.items():
            row.setdefault(name, value)
        return row


def _services(table: str, one: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if table == "organization":
        yield from _list(one.get("services"), "service")


def _list(said: Any, table: str) -> list[Any]:
    if said and not isinstance(said, list):
        raise StructureError(table)
    return said or []


def _link(table: str, row: str, other: str, column: str) -> dict[str, str]:
    if other not in LINKED:
        return {column: row}
    kind = {"attribute": "link_entity", "metadata": "resource_type"}[other]
    return {column: row, kind: table}
