"""Importing: first a dry run that says what each row would do, then all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import import_beside
from directory.bodies import HasMessage
from directory.hsds.records import Records
from directory.import_faults import at, faults_of_place, faults_of_row
from directory.import_likeness import MayChange, Newcomers
from directory.import_report import Outcome, Report, RowReport
from directory.import_secret import Secrets
from directory.import_source import Source, SourceRow
from directory.models import PackRow
from directory.parts import Part
from directory.published import Published, get_many
from directory.sheets.catalogue import N_
from directory.sheets.columns import OFFERS
from directory.sheets.faults import Fault
from directory.withheld import SHELTER, kept_of

_CHUNK = 500
_TWICE = N_("{entry} stands in row {other} too")
_NOT_YOURS = N_(
    "you may not change this entry: it is not your organisation's, or not your country's"
)
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Rules:
    """What rows are held against.

    Attributes:
        has_message: Whether a message id is worded in every language.
        today: No listing was verified after it.
        may_change: Whether whoever imports may touch what an organisation owns in a country.
    """

    has_message: HasMessage
    today: date
    may_change: MayChange = lambda _, __: True


async def dry_run(
    session: AsyncSession,
    source: Source,
    *,
    rules: Rules,
    progress: Progress | None = None,
) -> Report:
    """Return what an import would do with each row; nothing is changed.

    Raises FileError: the file turns out to be none that can be imported.
    """
    known = frozenset(await session.scalars(select(PackRow.country)))
    looking = _Looking(rules, known)
    rows: list[RowReport] = []
    for chunk in _chunks(source.rows):
        current = await _current(session, chunk)
        rows += [looking.at(row, current.get((row.part, row.entry))) for row in chunk]
        if progress:
            progress(len(rows))
    secrets = await Secrets.read(session)
    await looking.newcomers.compare(session, secrets, rules.may_change)
    await import_beside.compare(session, rows, secrets)
    return Report(rows, tuple(source.notes))


class _Looking:
    """Looks at rows in order, remembering which entries stood there already."""

    def __init__(self, rules: Rules, known: frozenset[str]) -> None:
        self._rules = rules
        self._known = known
        self._seen: dict[tuple[Part, str], int] = {}
        self.newcomers = Newcomers()

    def at(self, row: SourceRow, current: Published | None) -> RowReport:
        """Return what a row does."""
        if row.records is not None:
            return self._beside(row, row.records)
        if row.faults and not row.columns:  # nothing of it can be held against anything
            return RowReport(
                row.sheet, row.number, row.part, row.entry, row.country,
                str(row.given.get("name") or ""), Outcome.WRONG, faults=row.faults,
            )  # fmt: skip
        country = row.country or (current.country or "" if current else "")
        body = row.onto(current.body if current else None)
        faults = [*row.faults, *self._faults(row, body, country, current)]
        made = RowReport(
            row.sheet, row.number, row.part, row.entry, country, str(body.get("name") or ""),
            Outcome.WRONG, faults=tuple(_safe(faults, body)),
            seen=(current.revision, current.changed_at) if current else None,
            given=row.given_fields(),
        )  # fmt: skip
        if not faults:
            self._settle(made, body, current)
        return made

    def _beside(self, row: SourceRow, records: Records) -> RowReport:
        name = str(row.given.get("name") or "")
        made = RowReport(
            row.sheet, row.number, row.part, row.entry, row.country, name, Outcome.BESIDE
        )
        faults = [*self._twice(row)]
        if not self._rules.may_change(None, row.country or None):
            faults.append(at(row, "id", _NOT_YOURS))
        if faults:
            made.outcome, made.faults = Outcome.WRONG, tuple(faults)
        made.keep(records)
        return made

    def _twice(self, row: SourceRow) -> Iterator[Fault]:
        if row.entry:
            other = self._seen.setdefault((row.part, row.entry), row.number)
            if other != row.number:
                yield at(row, "id", _TWICE, entry=row.entry, other=str(other))

    def _faults(
        self, row: SourceRow, body: Mapping[str, Any], country: str, current: Published | None
    ) -> Iterator[Fault]:
        yield from self._twice(row)
        yield from faults_of_place(row, current, country, self._known)
        owners = {body.get("owner"), current.body.get("owner") if current else body.get("owner")}
        if not all(self._rules.may_change(owner, country or None) for owner in owners):
            yield at(row, "id", _NOT_YOURS)
        rules, before = self._rules, current.body if current else {}
        yield from faults_of_row(
            row, body, country, before=before, has_message=rules.has_message, today=rules.today
        )

    def _settle(self, made: RowReport, body: dict[str, Any], current: Published | None) -> None:
        kept = kept_of(made.part, body)
        if current is None:
            made.outcome = Outcome.NEW
            made.keep(kept)
            if made.part is Part.SERVICES:
                self.newcomers.add(made, kept)
            return
        made.fields = _differences(current.body, kept)
        made.outcome = Outcome.CHANGED if made.fields else Outcome.UNCHANGED
        if made.fields:
            made.keep(kept)


async def _current(
    session: AsyncSession, rows: Sequence[SourceRow]
) -> dict[tuple[Part, str], Published]:
    wanted: defaultdict[Part, list[str]] = defaultdict(list)
    for row in rows:
        if row.entry:
            wanted[row.part].append(row.entry)
    found = {}
    for part, entries in wanted.items():
        for entry, one in (await get_many(session, part, entries)).items():
            found[part, entry] = one
    session.expunge_all()  # or a hundred thousand rows stay in memory
    return found


def _chunks(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    reading = iter(rows)
    while chunk := list(islice(reading, _CHUNK)):
        yield chunk


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def _safe(faults: Iterable[Fault], body: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield faults; of a place that must not be found without what stood in the cells.

    While nobody can tell what a row is of, only its own column quotes what it says it offers.
    """
    told = "kinds" in body or "purpose" in body or "care" in body
    public = told and not (bool(body.get("protection")) or SHELTER in str(body.get("kinds")))
    unsure = not told and not body.get("protection")
    for fault in faults:
        quoted = public or (unsure and fault.heading == OFFERS)
        yield fault if quoted else fault.unquoted()
