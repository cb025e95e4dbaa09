"""A file that somebody brings: which kind it is, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from directory.hsds.records import Records
from directory.parts import Part
from directory.sheets.applying import apply, new_body
from directory.sheets.catalogue import N_
from directory.sheets.column import Column
from directory.sheets.columns import COUNTRY
from directory.sheets.faults import CellError, Fault, FileError
from directory.sheets.guarding import guard_size
from directory.sheets.read import SheetRow, read_csv, read_workbook

_EMPTY = N_("this file is empty")
_NO_KIND = N_(
    "this is none of the files that can be imported: XLSX, CSV, HSDS as JSON or zip, packs"
)
NEEDED = N_("this must not be empty")


@dataclass(frozen=True)
class SourceRow:
    """One row, whatever file it comes from.

    Attributes:
        sheet: Name of the sheet or file.
        number: From 1.
        part: What it is an entry of.
        entry: Id of the entry, or empty.
        country: ISO 3166-1 alpha-2, or empty.
        columns: By key, with their letters; empty where the file holds whole bodies.
        given: What the cells say, by key; or the whole body.
        faults: What could not be read.
        records: Rows of HSDS, of a service of others that is no listing of ours.
    """

    sheet: str
    number: int
    part: Part
    entry: str
    country: str
    columns: Mapping[str, tuple[Column, str]]
    given: Mapping[str, Any] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    records: Records | None = field(default=None, repr=False)

    def onto(self, body: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what the entry would say; ``body`` is what it says now."""
        if not self.columns:
            return dict(self.given)
        columns = [column for column, _ in self.columns.values()]
        return apply(new_body(self.part) if body is None else body, columns, self.given)

    def given_fields(self) -> tuple[str, ...]:
        """Return the fields of the body that this row fills in."""
        keys = (
            key.partition(".")[0]
            for key, value in self.given.items()
            if value not in (None, [], {})
        )
        return tuple(dict.fromkeys(key for key in keys if key not in ("id", COUNTRY)))


@dataclass
class Source:
    """The rows of a file, read one by one; ``notes`` fills while they are."""

    rows: Iterable[SourceRow]
    notes: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Body:
    """A whole body, or the rows of a service of others.

    Attributes:
        part: What it is an entry of.
        entry: Its id, or empty; of a service of others its id in HSDS.
        country: ISO 3166-1 alpha-2, or empty.
        body: What it says.
        records: As in :class:`SourceRow`.
        faults: What cannot be read; ``where`` of their values says in which field.
    """

    part: Part
    entry: str
    country: str
    body: Mapping[str, Any] = field(repr=False)
    records: Records | None = field(default=None, repr=False)
    faults: tuple[CellError, ...] = ()


Bodies = Callable[[bytes], Iterable[Body]]


def open_source(
    data: bytes, name: str, countries: Sequence[str], others: Mapping[str, Bodies] | None = None
) -> Source:
    """Return the rows of a file by what it is.

    Args:
        data: The file.
        name: Its name; only the ending is looked at.
        countries: Those that there are packs for.
        others: Readers of whole bodies by ending, such as ``.json``.

    Raises:
        FileError: It cannot be imported; or later, while rows are read.
    """
    guard_size(len(data))
    if not data.strip():
        raise FileError(_EMPTY)
    ending = PurePath(name).suffix.casefold()
    if ending in (others or {}):
        return Source(_of_bodies((others or {})[ending](data), PurePath(name).name))
    if ending in (".csv", ".txt"):
        read = read_csv(data, PurePath(name).name, countries)
    elif ending in (".xlsx", ".xlsm", ".xls"):
        read = read_workbook(data, countries)
    else:
        raise FileError(_NO_KIND)
    return Source(_of_sheets(read.rows), read.notes)


def _of_bodies(bodies: Iterable[Body], name: str) -> Iterator[SourceRow]:
    for number, one in enumerate(bodies, 1):
        faults = tuple(
            Fault(name, number, "", wrong.values.get("where", ""), wrong.problem, wrong.values)
            for wrong in one.faults
        )
        yield SourceRow(
            name, number, one.part, one.entry, one.country, {}, one.body, faults, one.records
        )


def _of_sheets(rows: Iterable[SheetRow]) -> Iterator[SourceRow]:
    for row in rows:
        yield SourceRow(
            row.sheet,
            row.number,
            row.part,
            row.given.get("id", ""),
            row.given.get(COUNTRY, ""),
            row.columns,
            row.given,
            row.faults,
        )
