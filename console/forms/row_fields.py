"""Fields with rows of inputs: pages on the web, amounts, names in other languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from console.forms.field import (
    Body,
    Field,
    FieldFaultsError,
    Situation,
    Values,
    get,
    one,
)
from console.forms.plain_fields import web_address
from console.translation import _

_BLANK_ROWS = 1  # a page of empty rows is hard to read on a telephone


@dataclass(frozen=True)
class Column:
    """One input of a row.

    Attributes:
        key: Where it stands in the row's body.
        label: In English.
        family: Of the labels of its codes; empty for a text.
        codes: To choose from.
        needed: Whether a row without it cannot be kept.
        first: The code of a new row.
        suggests: What is suggested while somebody writes: ``cities`` or nothing.
        type: HTML's type of the input.
    """

    key: str
    label: str
    family: str = ""
    codes: Sequence[str] = ()
    needed: bool = False
    first: str = ""
    suggests: str = ""
    type: str = "text"


@dataclass(frozen=True)
class Rows(Field):
    """Rows; a row without any text is taken out.

    Attributes:
        columns: The inputs of a row.
    """

    kind: ClassVar[str] = "rows"

    columns: Sequence[Column] = ()

    def rows_of(self, body: Body) -> list[Any]:
        """Return the rows of a body."""
        return [*(get(body, self.path) or [])]

    def kept(self, rows: list[Any]) -> Any:
        """Return rows as they stand in a body."""
        return rows

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the inputs of every row."""
        return {
            self._input(number, column): [text]
            for number, row in enumerate(self.rows_of(body))
            for column in self.columns
            if (text := self.cell(row, column))
        }

    def cell(self, row: Any, column: Column) -> str:
        """Return what stands in an input for a row."""
        value = row.get(column.key) if isinstance(row, Mapping) else row
        return "" if value is None else str(value)

    def own(self, values: Values) -> dict[str, list[str]]:
        """Return the inputs of rows in which somebody wrote; a code alone is none."""
        found = super().own(values)
        codes = tuple(f".{column.key}" for column in self.columns if column.first)
        written = {name.rpartition(".")[0] for name in found if not name.endswith(codes)}
        return {name: given for name, given in found.items() if name.rpartition(".")[0] in written}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the rows; a row that nobody touched is as it was. Raises FieldFaultsError."""
        before, rows, faults = self.rows_of(body), [], dict[str, str]()
        for number in self._numbers(values):
            cells = {
                column.key: one(values, self._input(number, column)) for column in self.columns
            }
            old = before[number] if number < len(before) else None
            if old is not None and cells == {c.key: self.cell(old, c) for c in self.columns}:
                rows.append(old)
                continue
            try:
                rows.append(self.row(number, cells, old, situation))
            except FieldFaultsError as error:
                faults |= error.faults
        if not rows and self.required and not faults:
            faults = {self.name: _("Give at least one.")}
        if faults:
            raise FieldFaultsError(faults)
        return self.kept(rows)

    def row(
        self, number: int, cells: Mapping[str, str], old: Any, situation: Situation
    ) -> dict[str, Any]:
        """Return a row with what was changed in it. Raises FieldFaultsError."""
        made = dict(old) if isinstance(old, Mapping) else {}
        for column in self.columns:
            text, name = cells[column.key], self._input(number, column)
            if column.codes and text and text not in column.codes:
                raise FieldFaultsError({name: _("This is none of the choices.")})
            if column.needed and not text:
                raise FieldFaultsError({name: _("This is missing.")})
            if text == (self.cell(old, column) if old is not None else None):
                continue
            made[column.key] = self.value(name, column, text)
            if made[column.key] is None:
                del made[column.key]
        return made

    def value(self, name: str, column: Column, text: str) -> Any:
        """Return what stands in a row for what was written. Raises FieldFaultsError."""
        return (web_address(name, text) if column.type == "url" else text) or None

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return each row in a line."""
        return [
            ", ".join(self._worded(column, text, situation) for column, text in told)
            for row in self.rows_of(body)
            if (told := [(c, self.cell(row, c)) for c in self.columns if self.cell(row, c)])
        ]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the rows, and some that are empty."""
        values = self.own(values)
        numbers = [*self._numbers(values)]
        last = max(numbers, default=-1) + 1
        blank = range(last, last + _BLANK_ROWS)
        return {"rows": [self._drawn(number, values, situation) for number in (*numbers, *blank)]}

    def _drawn(self, number: int, values: Values, situation: Situation) -> list[dict[str, Any]]:
        return [
            {
                "name": self._input(number, column),
                "label": column.label,
                "value": one(values, self._input(number, column)) or column.first,
                "options": [(code, situation.label(column.family, code)) for code in column.codes],
                "suggests": column.suggests,
                "type": column.type,
                "number": number + 1,
            }
            for column in self.columns
        ]

    def _worded(self, column: Column, text: str, situation: Situation) -> str:
        return situation.label(column.family, text) if column.family else text

    def _input(self, number: int, column: Column) -> str:
        return f"{self.name}.{number}.{column.key}"

    def _numbers(self, values: Values) -> list[int]:
        """Return which rows were written in, in order."""
        prefix = f"{self.name}."
        numbers = {
            name.removeprefix(prefix).partition(".")[0]
            for name, given in values.items()
            if name.startswith(prefix) and any(value.strip() for value in given)
        }
        return sorted(int(number) for number in numbers if number.isdecimal())
