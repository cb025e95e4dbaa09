"""What all tables of HSDS have in common: their schema, an id, a position, and kinds of columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Enum,
    ForeignKey,
    MetaData,
    Text,
    Time,
    TypeDecorator,
    cast,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column

SCHEMA = "hsds"


def _one_of(name: str, *values: str) -> Enum:
    return Enum(*values, name=name, native_enum=False, create_constraint=True)


ServiceStatus = _one_of("service_status", "active", "inactive", "defunct", "temporarily closed")
PlaceType = _one_of("place_type", "physical", "postal", "virtual")
Weekday = _one_of("weekday", "MO", "TU", "WE", "TH", "FR", "SA", "SU")
Frequency = _one_of("frequency", "WEEKLY", "MONTHLY")


class Clock(TypeDecorator[str]):
    """A time of day as ``HH:MM:SS``; unlike Python's own it knows the end of the day, 24:00."""

    impl = Time
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the time as text."""
        return cast(column, Text)


class Base(DeclarativeBase):
    """A table of HSDS. Text is not limited: files of others keep to no length."""

    metadata = MetaData(schema=SCHEMA)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy's own way

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1, comment="A UUID.")
    # Files have an order, which rows of a table have not.
    ordinal: Mapped[int] = mapped_column(
        server_default="0",
        sort_order=1000,
        comment="Position among its like in the file it came from.",
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> dict[str, str | None]:
        """Return the table's comment: what its class says of itself."""
        return {"comment": cls.__doc__}


def link(table: str, *, on_delete: str = "CASCADE", comment: str) -> MappedColumn[Any]:
    """Return a column that refers to a row of another table and goes with it."""
    target = ForeignKey(f"{SCHEMA}.{table}.id", ondelete=on_delete)
    return mapped_column(target, index=True, comment=comment)
