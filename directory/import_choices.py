"""What whoever imports decides about rows that may be of places that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory.import_report import Outcome, Place, Report, RowReport
from directory.sheets.catalogue import N_
from directory.sheets.faults import FileError

_WRONG = N_("{number} rows are wrong, so nothing was imported: correct them and try again")
_UNDECIDED = N_("{number} rows may be of places that are there already: decide on each of them")
_NOT_LIKELY = N_("row {row} cannot be merged into that entry")
_NOT_RIGHT = N_("what row {row} would become is not right; nothing was imported")


class Decision(StrEnum):
    """What to do with a row that may be of a place that is there already."""

    MERGE = "merge"
    NEW = "new"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Choice:
    """A decision; ``into`` is the entry that the row is merged into."""

    decision: Decision
    into: str = ""


class ImportRefusedError(FileError):
    """A report that may not be carried out; nothing was changed."""


def not_likely(row: RowReport) -> ImportRefusedError:
    """Return what is wrong where a row is merged into what it cannot be."""
    return ImportRefusedError(_NOT_LIKELY, row=row.row)


def not_right(row: RowReport) -> ImportRefusedError:
    """Return what is wrong where a row fits, and the entry with what it says does not."""
    return ImportRefusedError(_NOT_RIGHT, row=row.row)


def demand_decided(report: Report, choices: Mapping[Place, Choice]) -> None:
    """Raise ImportRefusedError where rows are wrong or undecided, or decided as cannot be."""
    if wrong := report.count(Outcome.WRONG):
        raise ImportRefusedError(_WRONG, number=wrong)
    if open_ := [row for row in report.undecided if row.place not in choices]:
        raise ImportRefusedError(_UNDECIDED, number=len(open_))
    for row in report.undecided:
        choice = choices[row.place]
        if choice.decision is Decision.MERGE and choice.into not in row.mergeable:
            raise not_likely(row)


def choice_of(row: RowReport, choices: Mapping[Place, Choice]) -> Choice:
    """Return what is done with a row: it is new where nothing is like it."""
    return choices[row.place] if row.possible else Choice(Decision.NEW)
