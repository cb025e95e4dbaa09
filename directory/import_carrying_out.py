"""Carrying out an import that a dry run found right: everything in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, import_beside, revisions
from directory.bulk import Item, publish_many
from directory.gazetteer import Gazetteer
from directory.import_choices import Choice, Decision, choice_of, demand_decided
from directory.import_items import items_of
from directory.import_report import Outcome, Place, Report
from directory.parts import Origin, Part
from directory.whole_bodies import as_in_a_pack

_LOCK = 0x69647321  # one import at a time hands out numbers
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Carried:
    """What an import did: how many entries it published or gave to review, and left out."""

    done: int
    left_out: int


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
    demand_decided(report, choices)
    beside = [row for row in report.rows if row.outcome is Outcome.BESIDE]
    rows = [row for row in report.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
    wanted = [row for row in rows if choice_of(row, choices).decision is not Decision.LEAVE_OUT]
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    items = await items_of(session, wanted, choices)
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
