"""What people answered about an entry: a count a day. Never words, never who.

The console reads it in order of harm; the public reads totals, and no small number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import Executable, Numeric, Result, Row, cast, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from content.entries import read_entries
from content.freshness import is_urgent
from delivery.tables import feedback
from directory.models import ServiceRow
from directory.parts import Part
from wire.decision import Decision

FACES = ("good", "so_so", "bad")
# What was wrong, the worst first: somebody stood before a closed door, or was sent away.
REASONS = ("closed", "turned_away", "asked_for_papers", "wrong")
SMALL = 5  # a smaller number is told to nobody but operators
_SAYS = frozenset({"feedback.good", "feedback.so_so", "feedback.what", "feedback.wrong"})
_MOST = 99  # entries told together; more are counted as so many
_HARM = {"closed": 8, "turned_away": 8, "asked_for_papers": 4, "wrong": 4, "bad": 1}
_URGENT_TIMES = 10
Told = tuple[date, str, str, str, str, int]


class Executes(Protocol):
    """A connection or a session."""

    async def execute(self, statement: Executable, /) -> Result[tuple[object, ...]]:
        """Return the result of a statement."""


@dataclass(frozen=True)
class Report:
    """What was answered about one entry and nobody has dealt with.

    Attributes:
        urgent: It is for people in danger or without a place to sleep.
        answers: What was answered, to how often; only about this entry.
        among: The same, told after several entries at once: it may be about another one.
        first: The first day.
        last: The last day.
    """

    part: str
    entry: str
    country: str
    urgent: bool
    answers: Mapping[str, int]
    among: Mapping[str, int]
    first: date
    last: date

    @property
    def harm(self) -> float:
        """How much it matters; only for putting reports in order."""
        sure = sum(_HARM.get(answer, 0) * times for answer, times in self.answers.items())
        unsure = sum(_HARM.get(answer, 0) * times for answer, times in self.among.items())
        weighed = sure + unsure / 3
        stood = any({"closed", "turned_away"} & told.keys() for told in (self.answers, self.among))
        return weighed * (_URGENT_TIMES if self.urgent and stood else 1)


def feedback_of(decision: Decision, day: date) -> Iterator[Told]:
    """Yield what a decision tells about entries: codes, once for each entry."""
    for say in decision.says:
        answer = say.values.get("answer")
        if say.message not in _SAYS or answer not in (*FACES, *REASONS):
            continue
        about = read_entries(say.values.get("about"))
        for one in about:
            among = min(len(about), _MOST)
            yield day, one.country, one.part, one.id, str(answer), among


async def reports(where: Executes | AsyncEngine, *, since: date) -> list[Report]:
    """Return what people reported and nobody has dealt with, in order of harm.

    Closed doors and people turned away from what is urgent come first. Entries that were only
    found good or so-so are not among them.

    Args:
        where: An engine, or a connection or session that is open.
        since: The first day.

    Raises SQLAlchemyError.
    """
    if isinstance(where, AsyncEngine):
        async with where.connect() as connection:
            return await reports(connection, since=since)
    open_ = feedback.c.times - feedback.c.settled
    rows = await where.execute(
        select(feedback, open_.label("open"), ServiceRow.kinds, ServiceRow.protection)
        .outerjoin(
            ServiceRow,
            (ServiceRow.id == feedback.c.entry) & (feedback.c.part == Part.SERVICES.value),
        )
        .where(feedback.c.day >= since, open_ > 0, feedback.c.answer.in_(_HARM))
        .order_by(feedback.c.day)
    )
    entries: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        told = _Row(row.country, row.answer, row.among, row.open, row.day, _is_urgent(row))
        entries.setdefault((row.part, row.entry), []).append(told)
    found = [_report(part, entry, told) for (part, entry), told in entries.items()]
    return sorted(found, key=lambda report: (-report.harm, report.part, report.entry))


async def settle(where: Executes, *, part: str, entry: str) -> None:
    """Note that an operator has dealt with what was reported of an entry. The caller commits."""
    this = (feedback.c.part == str(part)) & (feedback.c.entry == entry)
    await where.execute(update(feedback).where(this).values(settled=feedback.c.times))


async def public_figures(where: Executes | AsyncEngine, *, since: date) -> dict[str, int | None]:
    """Return how often each answer was given; None stands for fewer than ``SMALL``.

    An answer about several entries at once counts once. Raises SQLAlchemyError.
    """
    if isinstance(where, AsyncEngine):
        async with where.connect() as connection:
            return await public_figures(connection, since=since)
    shared = cast(feedback.c.times, Numeric) / feedback.c.among
    rows = await where.execute(
        select(feedback.c.answer, func.sum(shared).label("times"))
        .where(feedback.c.day >= since)
        .group_by(feedback.c.answer)
    )
    times = {row.answer: round(row.times) for row in rows}
    return {
        answer: times[answer] if times.get(answer, 0) >= SMALL else None
        for answer in (*FACES, *REASONS)
    }


@dataclass(frozen=True)
class _Row:
    country: str
    answer: str
    among: int
    times: int
    day: date
    urgent: bool


def _report(part: str, entry: str, rows: Sequence[_Row]) -> Report:
    return Report(
        part,
        entry,
        rows[0].country,
        urgent=rows[0].urgent,
        answers=_added([row for row in rows if row.among == 1]),
        among=_added([row for row in rows if row.among > 1]),
        first=rows[0].day,
        last=rows[-1].day,
    )


def _is_urgent(row: Row[tuple[object, ...]]) -> bool:
    listing = {"kinds": row.kinds, "protection": row.protection}
    return row.part == Part.HELPLINES or is_urgent(listing)


def _added(rows: Sequence[_Row]) -> dict[str, int]:
    times: dict[str, int] = {}
    for row in rows:
        times[row.answer] = times.get(row.answer, 0) + row.times
    return times
