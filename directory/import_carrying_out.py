"""Carrying out an import that a dry run found right: everything in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, cast, func, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, import_beside, revisions
from directory.bulk import Item, publish_many
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.import_report import Outcome, Place, Report, RowReport
from directory.models import HelplineRow, RightsFactRow, ServiceRow
from directory.parts import Origin, Part
from directory.published import Published, get_many
from directory.refusals import StaleError
from directory.sheets.catalogue import N_
from directory.sheets.faults import FileError
from directory.whole_bodies import as_in_a_pack

_LOCK = 0x69647321  # one import at a time hands out numbers
_CHUNK = 1000
_WRONG = N_("{number} rows are wrong, so nothing was imported: correct them and try again")
_UNDECIDED = N_("{number} rows may be of places that are there already: decide on each of them")
_NOT_LIKELY = N_("row {row} cannot be merged into that entry")
_TABLES: Mapping[Part, type[ServiceRow | HelplineRow | RightsFactRow]] = {
    Part.RIGHTS: RightsFactRow,
    Part.SERVICES: ServiceRow,
    Part.HELPLINES: HelplineRow,
}
Progress = Callable[[int, int], None]


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


@dataclass(frozen=True)
class Carried:
    """What an import did: how many entries it published or gave to review, and left out."""

    done: int
    left_out: int


class ImportRefusedError(FileError):
    """A report that may not be carried out; nothing was changed."""


@dataclass(frozen=True)
class By:
    """Who imports, why and when; ``review``: what they import is given to review."""

    actor: str
    reason: str
    now: datetime
    review: bool = False


async def carry_out(
    session: AsyncSession,
    report: Report,
    choices: Mapping[Place, Choice],
    *,
    by: By,
    places: Gazetteer,
    progress: Progress | None = None,
) -> Carried:
    """Do what a report says, in the caller's transaction, which must end where this raises.

    Args:
        session: In a transaction.
        report: From a dry run without faults.
        choices: For each row of ``report.undecided`` by sheet and row.
        by: Who, why and when.
        places: Cities by name.
        progress: Told how many rows are done, of how many.

    Raises:
        ImportRefusedError: Rows are wrong or undecided.
        StaleError: Somebody changed an entry after the dry run.
        RevisionError: A line that danger needs would be lost.
    """
    _demand_decided(report, choices)
    beside = [row for row in report.rows if row.outcome is Outcome.BESIDE]
    rows = [row for row in report.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
    wanted = [row for row in rows if _choice(row, choices).decision is not Decision.LEAVE_OUT]
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    items = await _items(session, wanted, choices)
    for part, ready in items.items():
        if part is Part.SERVICES and not by.review:
            await publish_many(
                session, ready, actor=by.actor, reason=by.reason, origin=Origin.IMPORT,
                places=places, now=by.now, progress=progress,
            )  # fmt: skip
        else:
            await _one_by_one(session, part, ready, by=by, places=places, progress=progress)
    if not by.review:  # who may not publish, may not put it where the public API reads
        done = await import_beside.write(session, beside)
        await audit.record_many(session, done, at=by.now, actor=by.actor)
    told = {outcome.value: report.count(outcome) for outcome in Outcome}
    left_out = len(rows) - len(wanted) + (len(beside) if by.review else 0)
    await audit.record(
        session, at=by.now, actor=by.actor, action="import",
        after={**told, "left_out": left_out}, reason=by.reason,
    )  # fmt: skip
    return Carried(len(wanted) + (0 if by.review else len(beside)), left_out)


def _demand_decided(report: Report, choices: Mapping[Place, Choice]) -> None:
    if wrong := report.count(Outcome.WRONG):
        raise ImportRefusedError(_WRONG, number=wrong)
    if open_ := [row for row in report.undecided if row.place not in choices]:
        raise ImportRefusedError(_UNDECIDED, number=len(open_))
    for row in report.undecided:
        choice = choices[row.place]
        likely = {one.entry for one in row.possible if one.entry}
        if choice.decision is Decision.MERGE and choice.into not in likely:
            raise ImportRefusedError(_NOT_LIKELY, row=row.row)


def _choice(row: RowReport, choices: Mapping[Place, Choice]) -> Choice:
    return choices[row.place] if row.possible else Choice(Decision.NEW)


async def _items(
    session: AsyncSession, rows: Sequence[RowReport], choices: Mapping[Place, Choice]
) -> dict[Part, list[Item]]:
    numbers = await _Numbers.of(session, rows)
    items: defaultdict[Part, list[Item]] = defaultdict(list)
    taken: set[str] = set()
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        current = await _current(session, chunk, choices)
        for row in chunk:
            item = _item(row, _choice(row, choices), current, numbers)
            if item.entry in taken:
                raise ImportRefusedError(_NOT_LIKELY, row=row.row)
            taken.add(item.entry)
            items[row.part].append(item)
    return items


def _item(
    row: RowReport,
    choice: Choice,
    current: Mapping[tuple[Part, str], Published],
    numbers: _Numbers,
) -> Item:
    body = row.body
    if choice.decision is Decision.MERGE:
        into = current[row.part, choice.into]
        body = {**into.body, **{name: body[name] for name in row.given if name in body}}
        body["id"] = choice.into
        return Item(choice.into, row.country, body)
    now = current.get((row.part, row.entry))
    if (now.revision, now.changed_at) != row.seen if now else row.seen is not None:
        raise StaleError("somebody changed an entry of this file meanwhile: import it again")
    entry = row.entry or numbers.next(row.part, row.country)
    return Item(entry, row.country, {**body, "id": entry})


async def _current(
    session: AsyncSession, rows: Sequence[RowReport], choices: Mapping[Place, Choice]
) -> dict[tuple[Part, str], Published]:
    wanted: defaultdict[Part, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.part] |= {one for one in (row.entry, _choice(row, choices).into) if one}
    found = {}
    for part, entries in wanted.items():
        if entries:
            many = await get_many(session, part, sorted(entries))
            found.update({(part, entry): one for entry, one in many.items()})
    return found


class _Numbers:
    """The numbers that new entries get, after every one that was ever given."""

    def __init__(self, last: dict[str, int]) -> None:
        self._last = last

    @classmethod
    async def of(cls, session: AsyncSession, rows: Sequence[RowReport]) -> _Numbers:
        """Return the numbers for rows, looking at what is published and what is a draft."""
        last: dict[str, int] = {}
        for part, country in {(row.part, row.country) for row in rows}:
            prefix = _prefix(part, country)
            ids = union_all(
                select(_TABLES[part].id.label("entry")),
                select(RevisionRow.entry).where(RevisionRow.part == part),
            ).subquery()
            number = func.max(cast(func.substr(ids.c.entry, len(prefix) + 1), Integer))
            found = await session.scalar(
                select(number).where(ids.c.entry.regexp_match(f"^{prefix}[0-9]+$"))
            )
            given = [int(n) for n in _given(rows, prefix)]
            last[prefix] = max([found or 0, *given])
        return cls(last)

    def next(self, part: Part, country: str) -> str:
        """Return the next number of a part in a country, such as ``sv-s104``."""
        prefix = _prefix(part, country)
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:02d}"


def _prefix(part: Part, country: str) -> str:
    return f"{country.lower()}-{part[0]}"


def _given(rows: Sequence[RowReport], prefix: str) -> Iterator[str]:
    for row in rows:
        number = row.entry.removeprefix(prefix)
        if row.entry.startswith(prefix) and number.isdigit():
            yield number


async def _one_by_one(
    session: AsyncSession,
    part: Part,
    items: Sequence[Item],
    *,
    by: By,
    places: Gazetteer,
    progress: Progress | None,
) -> None:
    """Publish what is few, or give it to review."""
    for number, item in enumerate(items, 1):
        what: dict[str, Any] = {
            "part": part,
            "entry": item.entry,
            "country": item.country,
            "body": as_in_a_pack(part, item.body),
            "reason": by.reason,
            "origin": Origin.IMPORT,
            "now": by.now,
        }
        if by.review:
            made = await revisions.draft(session, author=by.actor, **what)
            await revisions.submit(session, made.id, actor=by.actor, now=by.now)
        else:
            await revisions.publish_now(session, actor=by.actor, places=places, **what)
        if progress:
            progress(number, len(items))
