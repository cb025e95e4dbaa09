"""What operators have to do, in one list, the most harmful first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from console.in_vain import in_vain
from console.task import URGENT, Kind, Task, Tier
from content.due import Due, Risk, due, name_of, risk_of
from delivery.feedback import reports
from directory import published, revisions
from directory.card_facts import Shaken, shaken
from directory.checks import Problem, problems
from directory.conflicts import DIFFERS
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.published import Published
from directory.revisions.versions import BY_PACK
from directory.verification_answers import reached_others

_WEEKS = timedelta(days=60)  # for so long what people reported is told
FACT_GONE = "fact_gone"
_WORST = frozenset({"closed", "turned_away"})


async def tasks(session: AsyncSession, now: datetime) -> list[Task]:
    """Return everything that has to be done, the most harmful first.

    Danger lines and places for people in danger come before all else: what people reported of
    them, numbers that cannot be right, then what is due, then what people in danger asked for in
    vain. Then closed doors and people turned away; versions that wait; other reports and checks;
    then what is due, by risk; then what packs say otherwise, and what else has no answer.
    """
    today = now.date()
    found = [_due(one) for one in await due(session, today)]
    found += await _reports(session, today)
    found += [_check(one) for one in await problems(session)]
    found += [_check(_without_its_fact(one)) for one in await shaken(session)]
    found += [task_of(one) for one in await revisions.waiting(session)]
    found += await _reached(session)
    found += await in_vain(session, since=(today - _WEEKS).replace(day=1))
    return sorted(found, key=lambda task: task.rank)


def _due(one: Due) -> Task:
    tier = Tier.FIRST_DUE if one.risk in URGENT else Tier.DUE
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
        tier = Tier.FIRST_REPORTS if risk in URGENT else Tier.REPORTS if stood else Tier.OTHERS
        rank = (tier, float(place), one.entry)
        name = name_of(part, one.entry, entry.body)
        owner = entry.body.get("owner")
        task = Task(Kind.REPORT, part, one.entry, one.country, name, risk, rank, one, owner)
        found.append(task)
    return found


def _check(one: Problem) -> Task:
    risk = risk_of(one.part, one.body)
    number = not one.code.startswith("link_")
    tier = Tier.FIRST_REPORTS if risk in URGENT and number else Tier.OTHERS
    kind = Kind.CONFLICT if one.code == DIFFERS else Kind.CHECK
    rank = (Tier.LATER if kind is Kind.CONFLICT else tier, risk + 1e6, one.entry)
    name = name_of(one.part, one.entry, one.body)
    owner = one.body.get("owner")
    return Task(kind, one.part, one.entry, one.country, name, risk, rank, one, owner)


def _without_its_fact(one: Shaken) -> Problem:
    """Return a card that rests on what does not hold any more as something that looks wrong."""
    card, path = one.card, ", ".join(one.facts)
    return Problem(card.part, card.entry, card.country, path, FACT_GONE, one.since, card.body)


def task_of(one: RevisionRow) -> Task:
    """Return a version as something to look at."""
    part = Part(one.part)
    risk = Risk.CARD if part is Part.MESSAGES else risk_of(part, one.body)
    rank = (Tier.FIRST_DUE if risk in URGENT else Tier.REVIEWS, float(risk) - 1, one.entry)
    name = one.entry if part is Part.MESSAGES else name_of(part, one.entry, one.body)
    owner = one.body.get("owner")
    kind = Kind.CONFLICT if one.author == BY_PACK else Kind.REVIEW
    return Task(kind, part, one.entry, one.country, name, risk, rank, one, owner)


async def _reached(session: AsyncSession) -> list[Task]:
    told = await reached_others(session)
    bodies = await _bodies(session, [(Part(one.part), one.entry) for one in told])
    found = []
    for one in told:
        part = Part(one.part)
        if entry := bodies.get((part, one.entry)):
            risk = risk_of(part, entry.body)
            tier = Tier.FIRST_REPORTS if risk in URGENT else Tier.OTHERS
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


async def _bodies(
    session: AsyncSession, wanted: Sequence[tuple[Part, str]]
) -> Mapping[tuple[Part, str], Published]:
    found: dict[tuple[Part, str], Published] = {}
    for part in {part for part, _ in wanted}:
        ids = [entry for one, entry in wanted if one is part]
        known = await published.get_many(session, part, ids)
        found |= {(part, name): one for name, one in known.items() if not one.is_retired}
    return found
