"""What operators have to do, in one list, the most harmful first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from content.due import Due, Risk, due, name_of, risk_of
from delivery.feedback import Report, reports
from delivery.unmet import Need, needs
from directory import published, revisions
from directory.checks import Problem, problems
from directory.conflicts import DIFFERS
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.published import Published
from directory.verification import reached_others
from directory.verification_tables import RequestRow

_WEEKS = timedelta(days=60)  # for so long what people reported is told
_WORST = frozenset({"closed", "turned_away"})
_MOST_NEEDS = 20
_URGENT = (Risk.DANGER, Risk.PROTECTION)
_FIRST_REPORTS, _FIRST_DUE, _REPORTS, _REVIEWS, _OTHERS, _DUE, _LATER, _NEEDS = range(8)


class Kind(StrEnum):
    """Why something has to be done."""

    REPORT = "report"  # people said so
    NOT_US = "not_us"  # a link reached somebody else
    CHECK = "check"  # a number or a link cannot be right
    REVIEW = "review"  # a version waits
    DUE = "due"
    CONFLICT = "conflict"  # a pack says otherwise
    NEED = "need"  # asked for, and there is nothing


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        kind: Why.
        part: What it is about; None for a need.
        entry: Its id; empty for a need.
        country: ISO 3166-1 alpha-2, if it is of one.
        name: What operators know it by.
        risk: What it can do to people; None for a need.
        rank: For the order.
        detail: What it comes from, for words and buttons.
        owner: Id of the organisation it belongs to, where the entry says so.
    """

    kind: Kind
    part: Part | None
    entry: str
    country: str | None
    name: str
    risk: Risk | None
    rank: tuple[int, float, str] = field(repr=False)
    detail: Due | Report | Problem | RevisionRow | RequestRow | Need = field(repr=False)
    owner: str | None = None


async def tasks(session: AsyncSession, now: datetime) -> list[Task]:
    """Return everything that has to be done, the most harmful first.

    Danger lines and places for people in danger come before all else: what people reported of
    them, numbers that cannot be right, then what is due. Then closed doors and people turned
    away; versions that wait; other reports and checks; then what is due, by risk; then what packs
    say otherwise, and what was asked for in vain.
    """
    today = now.date()
    found = [_due(one) for one in await due(session, today)]
    found += await _reports(session, today)
    found += [_check(one) for one in await problems(session)]
    found += [_review(one) for one in await revisions.waiting(session)]
    found += await _reached(session)
    first = (today - _WEEKS).replace(day=1)
    needed = await needs(session, since=first)
    found += [_need(one, place) for place, one in enumerate(needed[:_MOST_NEEDS]) if one.times]
    return sorted(found, key=lambda task: task.rank)


def counted(found: Sequence[Task]) -> dict[Kind, int]:
    """Return how many there are of each kind that there is, in the order of kinds."""
    return {kind: n for kind in Kind if (n := sum(task.kind is kind for task in found))}


def _due(one: Due) -> Task:
    tier = _FIRST_DUE if one.risk in _URGENT else _DUE
    days = float((one.since or date.min).toordinal())
    rank = (tier, one.risk * 1e6 + days, one.entry)
    return Task(
        Kind.DUE, one.part, one.entry, one.country, one.name, one.risk, rank, one, one.owner
    )


async def _reports(session: AsyncSession, today: date) -> list[Task]:
    told = await reports(session, since=today - _WEEKS)
    bodies = await _bodies(session, [(Part(one.part), one.entry) for one in told])
    found = []
    for place, one in enumerate(told):
        part = Part(one.part)
        entry = bodies.get((part, one.entry))
        if entry is None:
            continue  # retired meanwhile
        risk = risk_of(part, entry.body)
        stood = bool(_WORST & {*one.answers, *one.among})
        tier = _FIRST_REPORTS if risk in _URGENT else _REPORTS if stood else _OTHERS
        rank = (tier, float(place), one.entry)
        name = name_of(part, one.entry, entry.body)
        owner = entry.body.get("owner")
        task = Task(Kind.REPORT, part, one.entry, one.country, name, risk, rank, one, owner)
        found.append(task)
    return found


def _check(one: Problem) -> Task:
    risk = risk_of(one.part, one.body)
    number = not one.code.startswith("link_")
    tier = _FIRST_REPORTS if risk in _URGENT and number else _OTHERS
    kind = Kind.CONFLICT if one.code == DIFFERS else Kind.CHECK
    rank = (_LATER if kind is Kind.CONFLICT else tier, risk + 1e6, one.entry)
    name = name_of(one.part, one.entry, one.body)
    owner = one.body.get("owner")
    return Task(kind, one.part, one.entry, one.country, name, risk, rank, one, owner)


def _review(one: RevisionRow) -> Task:
    part = Part(one.part)
    risk = Risk.CARD if part is Part.MESSAGES else risk_of(part, one.body)
    rank = (_FIRST_DUE if risk in _URGENT else _REVIEWS, float(risk) - 1, one.entry)
    name = one.entry if part is Part.MESSAGES else name_of(part, one.entry, one.body)
    owner = one.body.get("owner")
    return Task(Kind.REVIEW, part, one.entry, one.country, name, risk, rank, one, owner)


async def _reached(session: AsyncSession) -> list[Task]:
    told = await reached_others(session)
    bodies = await _bodies(session, [(Part(one.part), one.entry) for one in told])
    found = []
    for one in told:
        part = Part(one.part)
        if entry := bodies.get((part, one.entry)):
            risk = risk_of(part, entry.body)
            tier = _FIRST_REPORTS if risk in _URGENT else _OTHERS
            rank, name = (tier, float(risk), one.entry), name_of(part, one.entry, entry.body)
            found.append(
                Task(
                    Kind.NOT_US,
                    part,
                    one.entry,
                    entry.country,
                    name,
                    risk,
                    rank,
                    one,
                    one.organisation,
                )
            )
    return found


def _need(one: Need, place: int) -> Task:
    rank = (_NEEDS, float(place), one.what)
    return Task(Kind.NEED, None, "", one.country, one.what, None, rank, one)


async def _bodies(
    session: AsyncSession, wanted: Sequence[tuple[Part, str]]
) -> Mapping[tuple[Part, str], Published]:
    found: dict[tuple[Part, str], Published] = {}
    for part in {part for part, _ in wanted}:
        ids = [entry for one, entry in wanted if one is part]
        known = await published.get_many(session, part, ids)
        found |= {(part, name): one for name, one in known.items() if not one.is_retired}
    return found


def path_to(part: Part, entry: str) -> str:
    """Return the address of an entry's page."""
    if part is Part.SERVICES:
        return f"/listings/{entry}"
    if part is Part.ORGANISATIONS:
        return f"/organisations/{entry}"
    return f"/wordings/{entry}" if part is Part.MESSAGES else f"/facts/{part}/{entry}"
