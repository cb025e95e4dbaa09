"""Rows of two kinds: what something is called in other languages, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.forms.field import MISSING, Body, FieldFaultsError, Situation, get
from console.forms.row_fields import Column, Rows
from console.translation import N_, _


@dataclass(frozen=True)
class Names(Rows):
    """What something is called in other languages: an object in the body, rows in the form."""

    def rows_of(self, body: Body) -> list[Any]:
        """Return the names as rows."""
        names = get(body, self.path) or {}
        return [{"language": tag, "name": name} for tag, name in names.items()]

    def kept(self, rows: list[Any]) -> Any:
        """Return the rows as names by language; an object without any is left out."""
        return {row["language"]: row["name"] for row in rows} or MISSING


@dataclass(frozen=True)
class Amounts(Rows):
    """What it costs, in numbers."""

    def value(self, name: str, column: Column, text: str) -> Any:
        """Return a number for an amount. Raises FieldFaultsError: it is none."""
        if column.type != "number" or not text:
            return text or None
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            raise FieldFaultsError({name: _("This is no number.")}) from None
        return int(number) if number.is_integer() else number

    def row(
        self, number: int, cells: Mapping[str, str], old: Any, situation: Situation
    ) -> dict[str, Any]:
        """Return an amount; one without currency says so. Raises FieldFaultsError."""
        made = super().row(number, cells, old, situation)
        return {"currency": None, **made}


NAME_COLUMNS = (
    Column("language", N_("Language, as a tag such as “es”"), needed=True),
    Column("name", N_("Name"), needed=True),
)
