"""What the report of an import says on the command line, in the operator's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from directory.import_report import Outcome, Possible, Report, RowReport
from directory.sheets.catalogue import N_, said

_MOST_SHOWN = 200  # lines of the report
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NEW: N_("new"),
    Outcome.CHANGED: N_("changed"),
    Outcome.UNCHANGED: N_("unchanged"),
    Outcome.BESIDE: N_("kept beside"),
    Outcome.WRONG: N_("wrong"),
}
_REASONS: Mapping[str, str] = {
    "name": N_("the same name"),
    "similar_name": N_("a similar name"),
    "number": N_("the same number"),
    "email": N_("the same e-mail"),
    "domain": N_("the same web page"),
    "town": N_("the same town"),
    "kind": N_("the same offer"),
    "other_town": N_("but another town"),
    "other_kind": N_("but another offer"),
}


def lines_of(report: Report, language: str) -> Iterator[str]:
    """Yield a report in words: what is wrong, what is likely there already, and the counts."""
    lines = [note.told(language) for note in report.notes]
    lines += [fault.told(language) for fault in report.faults]
    lines += [_alike(row, one, language) for row in report.undecided for one in row.possible]
    yield from lines[:_MOST_SHOWN]
    if len(lines) > _MOST_SHOWN:
        yield said(N_("... and {number} more"), language, number=len(lines) - _MOST_SHOWN)
    counts = {outcome: report.count(outcome) for outcome in Outcome}
    yield ", ".join(f"{said(_OUTCOMES[one], language)}: {n}" for one, n in counts.items())


def _alike(row: RowReport, one: Possible, language: str) -> str:
    other = one.entry or said(N_("row {number}"), language, number=one.row)
    reasons = [said(_REASONS.get(reason, reason), language) for reason in one.reasons]
    reasons += [said(N_("a protected house"), language)] if one.is_secret else []
    return f"{row.sheet}, {row.row}: {row.name} = {other} {one.name}? ({', '.join(reasons)})"
