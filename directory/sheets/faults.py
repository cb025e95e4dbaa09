"""What is wrong in a cell, a row or a file, told to whoever can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from directory.sheets.catalogue import N_, said, said_as_it_is

_WHERE_SHEET = N_("sheet {sheet}")
_WHERE = N_("sheet {sheet}, row {row}")
_WHERE_OF = N_("sheet {sheet}, row {row} ({heading})")
_WHERE_IN = N_("sheet {sheet}, row {row}, column {column} ({heading})")
_QUOTED = frozenset({"written", "problem"})  # names of values that may be what stood there
_WORDED = frozenset({"heading", "wanted"})  # names of values that the catalogue words
_NO_VALUES: Mapping[str, str] = MappingProxyType({})


class FileError(ValueError):
    """A file that cannot be imported at all. ``told`` says why and what to do."""

    def __init__(self, problem: str, /, **values: object) -> None:
        super().__init__(problem.format(**values))
        self.problem = problem
        self.values = values

    def told(self, language: str) -> str:
        """Return what is wrong with the file, in words."""
        return said(self.problem, language, **self.values)


class CellError(ValueError):
    """A cell that cannot be read. ``problem`` is a text of the catalogue."""

    def __init__(self, problem: str, /, **values: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.values = values


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        sheet: Name of the sheet, or of the file where there is none.
        row: As the operator's program counts it, from 1; 0: not of one row.
        column: Letter of the column; empty: not of one cell.
        heading: The column's heading, in English.
        problem: What is wrong, in English, with {names} for values.
        values: What stands for the names.
    """

    sheet: str
    row: int
    column: str
    heading: str
    problem: str
    values: Mapping[str, str] = field(default=_NO_VALUES, repr=False)

    def where(self, language: str) -> str:
        """Return which cell it is, in words."""
        if not self.row:
            return said(_WHERE_SHEET, language, sheet=self.sheet)
        heading = said_as_it_is(self.heading, language)
        if not heading:
            return said(_WHERE, language, sheet=self.sheet, row=self.row)
        if not self.column:
            return said(_WHERE_OF, language, sheet=self.sheet, row=self.row, heading=heading)
        return said(
            _WHERE_IN, language, sheet=self.sheet, row=self.row, column=self.column, heading=heading
        )

    def what(self, language: str) -> str:
        """Return what is wrong, in words."""
        values = {
            name: said_as_it_is(value, language) if name in _WORDED else value
            for name, value in self.values.items()
        }
        return said(self.problem, language, **values)

    def told(self, language: str) -> str:
        """Return where and what, in one line."""
        return f"{self.where(language)}: {self.what(language)}"

    def unquoted(self) -> Fault:
        """Return the same without what stood in the cell, which may be where nobody may find."""
        hidden = {name: "…" if name in _QUOTED else value for name, value in self.values.items()}
        return Fault(self.sheet, self.row, self.column, self.heading, self.problem, hidden)
