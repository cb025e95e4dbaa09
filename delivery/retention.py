"""How long the rows of each table stay: what the sweep enforces and what an operator is shown.

One list for both, so that nothing is promised that is not done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, exists, func, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.keys_table import conversation_key
from delivery.outbox import OPEN
from delivery.registry import REGISTRY, Kind
from delivery.tables import (
    conversation,
    feedback,
    gaps,
    inbox,
    notice,
    outbox,
    provider_copy,
    resume_code,
    seen,
    understood,
    unmet,
)
from delivery.timing import Retention

_SLACK = 0.25  # hours that the sweep has
_MONTH = 730.5  # hours
_ALL = true()
ORPHAN_HOURS = 2.0  # looked for once an hour, and an hour old before it can be one
_AT_ONCE = 1000
_JOBS = "procrastinate_jobs"


@dataclass(frozen=True)
class Rule:
    """How long something of a table is kept.

    Attributes:
        table: Where it stands.
        since: The time from which it is counted.
        hours: Returns for how long.
        which: The rows that are meant.
        emptied: The only column that goes; None: the whole row.
    """

    table: Table
    since: ColumnElement[Any]
    hours: Callable[[Retention], float]
    which: ColumnElement[bool] = _ALL
    emptied: str | None = None

    def overdue(self, retention: Retention) -> ColumnElement[bool]:
        """Return the condition for what has to go."""
        return self.which & (self.since < _ago(self.hours(retention)))


_WAITING = exists().where(outbox.c.conversation == conversation.c.id, outbox.c.status.in_(OPEN))
PEOPLE = Rule(conversation, conversation.c.seen_at, lambda kept: kept.idle_days * 24, ~_WAITING)
RULES = (
    Rule(
        outbox,
        outbox.c.settled_at,
        lambda kept: kept.unread / 60,
        (outbox.c.status == "sent") & outbox.c.body.is_not(None),
        emptied="body",
    ),
    Rule(outbox, outbox.c.created_at, lambda kept: kept.settled),
    Rule(inbox, inbox.c.accepted_at, lambda kept: kept.unanswered),
    Rule(seen, seen.c.at, lambda kept: kept.provider_ids),
    Rule(resume_code, resume_code.c.made_at, lambda kept: kept.codes),
    Rule(
        provider_copy,
        provider_copy.c.at,
        lambda kept: kept.copies,
        provider_copy.c.due_at.is_(None),
    ),
    Rule(notice, notice.c.created_at, lambda kept: kept.settled),
    Rule(understood, understood.c.month, lambda kept: kept.count_months * _MONTH),
    Rule(gaps, gaps.c.day, lambda kept: kept.count_months * _MONTH),
    Rule(unmet, unmet.c.month, lambda kept: kept.count_months * _MONTH),
    Rule(feedback, feedback.c.day, lambda kept: kept.count_months * _MONTH),
)


@dataclass(frozen=True)
class Age:
    """How old the oldest thing of a table is.

    Attributes:
        table: Its name.
        part: The column that goes before its row, or empty for the row.
        kept: For how long it is kept, in words.
        limit: The same in hours, or None where not a time ends it.
        oldest: Age in hours, or None where there is nothing or no time is written down.
    """

    table: str
    part: str
    kept: str
    limit: float | None
    oldest: float | None

    @property
    def overdue(self) -> bool:
        """Whether the sweep should have deleted it already."""
        if self.limit is None or self.oldest is None:
            return False
        return self.oldest > self.limit + _SLACK


async def ages(connection: AsyncConnection, retention: Retention) -> list[Age]:
    """Return every table of the delivery's database, in the registry's order."""
    words = {entry.name: entry.retention for entry in REGISTRY if entry.kind is Kind.TABLE}
    del words[conversation_key.name]  # in the other database: see key_age
    found: dict[str, list[Age]] = {name: [] for name in words}
    for rule in (PEOPLE, *RULES):
        name, limit = rule.table.name, rule.hours(retention)
        oldest = select(_hours(func.min(rule.since))).where(rule.which)
        age = await _number(connection, oldest)
        found[name].append(Age(name, rule.emptied or "", words[name], limit, age))
    jobs = await _number(connection, _OLDEST_JOB)
    found[_JOBS].append(Age(_JOBS, "", words[_JOBS], job_hours(retention), jobs))
    for name, listed in found.items():
        listed.extend([] if listed else [Age(name, "", words[name], None, None)])
    return [age for listed in found.values() for age in listed]


async def key_age(engine: AsyncEngine, keys_engine: AsyncEngine) -> Age:
    """Return the age of the oldest key without a conversation."""
    words = next(e.retention for e in REGISTRY if e.name == conversation_key.name)
    name, oldest = conversation_key.c.conversation, None
    query = select(name, _hours(conversation_key.c.made_at)).order_by(name).limit(_AT_ONCE)
    last = ""
    while True:
        async with keys_engine.connect() as connection:
            rows = (await connection.execute(query.where(name > last))).all()
        if not rows:
            return Age(conversation_key.name, "", words, ORPHAN_HOURS, oldest)
        last = rows[-1][0]
        there = select(conversation.c.id).where(conversation.c.id.in_([row[0] for row in rows]))
        async with engine.connect() as connection:
            known = set((await connection.execute(there)).scalars())
        old = [round(float(hours), 2) for key, hours in rows if key not in known]
        oldest = max([*old, *([] if oldest is None else [oldest])], default=None)


def job_hours(retention: Retention) -> float:
    """Return for how long a job is kept that nobody does: then its turn is long gone."""
    return max(retention.unanswered, retention.settled)


_OLDEST_JOB = text(
    "SELECT extract(epoch FROM now() - min(event.at)) / 3600 FROM procrastinate_events AS event"
    " JOIN procrastinate_jobs AS job ON job.id = event.job_id WHERE job.status != 'doing'"
)


async def _number(connection: AsyncConnection, query: Executable) -> float | None:
    value = (await connection.execute(query)).scalar_one()
    return None if value is None else round(float(value), 2)


def _hours(since: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.extract("epoch", func.now() - since) / 3600


def _ago(hours: float) -> ColumnElement[Any]:
    return func.now() - func.make_interval(0, 0, 0, 0, 0, 0, hours * 3600)


def late(listed: Sequence[Age]) -> bool:
    """Return whether something should be gone and is not."""
    return any(age.overdue for age in listed)
