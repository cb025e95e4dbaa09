"""What an import would do, row by row, before it does anything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from directory.parts import Part
from directory.sheets.faults import Fault

Place = tuple[str, int]  # sheet and row


class Outcome(StrEnum):
    """What a row does to the directory."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BESIDE = "beside"  # kept as it came; chat cannot tell it yet, see directory.import_beside
    WRONG = "wrong"


@dataclass(frozen=True)
class Possible:
    """An entry, or another row of the file, that a new row is likely the same place as.

    Attributes:
        entry: Id of the entry; empty for a row.
        name: What it is called.
        row: The other row of the same file; 0: an entry.
        score: 0 to 100.
        reasons: See ``directory.likeness.Likeness``.
        is_secret: Whether nobody may find that place, while the row would say where it is.
        may_merge: Whether whoever imports may change that entry.
    """

    entry: str
    name: str
    row: int
    score: int
    reasons: tuple[str, ...]
    is_secret: bool = False
    may_merge: bool = True


@dataclass
class RowReport:
    """One row.

    Attributes:
        sheet: Name of the sheet or file.
        row: From 1.
        part: What it is an entry of.
        entry: Id of the entry; empty for a new one without.
        country: ISO 3166-1 alpha-2.
        name: What it is called.
        outcome: What it does.
        fields: Which fields change.
        faults: What is wrong.
        possible: What it is likely the same as, likeliest first.
        seen: Revision and moment of what it changes, to notice who else changes it.
        given: Fields of the body that the row fills in.
    """

    sheet: str
    row: int
    part: Part
    entry: str
    country: str
    name: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    possible: tuple[Possible, ...] = ()
    seen: tuple[int | None, datetime] | None = None
    given: tuple[str, ...] = ()
    _packed: bytes = field(default=b"", repr=False)

    @property
    def place(self) -> Place:
        """Sheet and row."""
        return self.sheet, self.row

    @property
    def may_be_secret(self) -> bool:
        """Whether the row may be of a place that must not be found, and does not say so."""
        return any(one.is_secret for one in self.possible)

    @property
    def mergeable(self) -> list[str]:
        """The entries that the row may be merged into, likeliest first."""
        return [one.entry for one in self.possible if one.entry and one.may_merge]

    @property
    def body(self) -> dict[str, Any]:
        """What the entry would say; only of a row that changes anything."""
        read: dict[str, Any] = json.loads(self._packed)
        return read

    def keep(self, body: Mapping[str, Any]) -> None:
        """Keep a body, packed: a hundred thousand of them are held at once."""
        self._packed = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass
class Report:
    """All rows of a file."""

    rows: Sequence[RowReport]
    notes: Sequence[Fault] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return Counter(row.outcome for row in self.rows)[outcome]

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong, in the order of the file."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def undecided(self) -> list[RowReport]:
        """The rows that may be of a place that is there already, of secret places first."""
        rows = [row for row in self.rows if row.possible and row.outcome is Outcome.NEW]
        return sorted(rows, key=lambda row: not row.may_be_secret)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong in any row."""
        return not any(row.faults for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        """Whether every row says what is published."""
        return all(row.outcome is Outcome.UNCHANGED for row in self.rows)
