"""The files of HSDS as tables, and datapackage.json, which describes them (Frictionless Data)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Date, DateTime, Numeric

from directory.hsds.base import Clock
from directory.hsds.models import BY_NAME
from directory.hsds.profile import STANDARD

PACKAGE = "datapackage.json"
_IRREGULAR: Mapping[str, str] = {
    "address": "addresses",
    "accessibility": "accessibility",
    "funding": "funding",
    "metadata": "metadata",
    "program": "programs",
    "service_at_location": "service_at_location",
    "taxonomy": "taxonomies",
}


def file_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"{_IRREGULAR.get(table, f'{table}s')}.csv"


def columns_of(table: str) -> list[str]:
    """Return the columns that a table's file has, in their order."""
    return [column.name for column in _columns(table)]


def _columns(table: str) -> list[Column[Any]]:
    columns = BY_NAME[table].__table__.columns
    return [c for c in columns if isinstance(c, Column) and c.name != "ordinal"]


def package_of(tables: list[str]) -> dict[str, Any]:
    """Return the description of the files of tables."""
    resources = [
        {
            "name": table,
            "path": file_of(table),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": _schema(table),
        }
        for table in tables
    ]
    return {"name": "faro", "profile": "tabular-data-package", "title": STANDARD} | {
        "resources": resources
    }


def _schema(table: str) -> dict[str, Any]:
    columns = _columns(table)
    links = [
        {
            "fields": column.name,
            "reference": {"resource": key.column.table.name, "fields": "id"},
        }
        for column in columns
        for key in column.foreign_keys
    ]
    return {
        "primaryKey": "id",
        "fields": [_field(column) for column in columns],
        **({"foreignKeys": links} if links else {}),
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _type(column)}
    if column.comment:
        field["description"] = column.comment
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field


def _type(column: Column[Any]) -> str:
    kinds = ((Numeric, "number"), (DateTime, "datetime"), (Date, "date"), (Clock, "time"))
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "string")
