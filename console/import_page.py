"""What the page of an import shows of its report, and the decisions that come back from it."""

from __future__ import annotations

from console.listed import page_of
from directory.import_choices import Choice, Decision
from directory.import_report import Outcome, Place, Report, RowReport

_A_PAGE = 50  # rows
_MOST_NOTES = 20
MOST_DECIDED = 200  # rows that are decided one by one


def shown_of(report: Report, asked: str) -> dict[str, object]:
    """Return what a page shows: wrong rows first, then those that change something."""
    order = {Outcome.WRONG: 0, Outcome.CHANGED: 1, Outcome.NEW: 2, Outcome.BESIDE: 3}
    told = [row for row in report.rows if row.outcome in order]
    rows = sorted(told, key=lambda row: order[row.outcome])
    number, last, on_page = page_of(rows, asked, size=_A_PAGE)
    return {
        "counts": {one.value: report.count(one) for one in Outcome},
        "rows": on_page,
        "number": number,
        "last": last,
        "undecided": report.undecided[:MOST_DECIDED],
        "more": max(0, len(report.undecided) - MOST_DECIDED),
        "notes": report.notes[:_MOST_NOTES],
        "more_notes": max(0, len(report.notes) - _MOST_NOTES),
    }


def mark_of(row: RowReport) -> str:
    """Return the name of a row's field in the form."""
    return f"row-{row.sheet}-{row.row}".replace(" ", "-")


def choices_in(report: Report, fields: dict[str, str]) -> tuple[dict[Place, Choice], list[str]]:
    """Return the decisions of a form, and the fields in which one is missing."""
    choices: dict[Place, Choice] = {}
    missing = []
    for position, row in enumerate(report.undecided):
        mark = mark_of(row) if position < MOST_DECIDED else "rest"
        decided, _colon, into = fields.get(mark, "").partition(":")
        if decided not in Decision or (decided == Decision.MERGE and into not in row.mergeable):
            missing.append(mark)
        else:
            choices[row.place] = Choice(Decision(decided), into)
    return choices, missing
