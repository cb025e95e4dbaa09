"""Imports that are under way: looked at and carried out in the background, one thread each.

What was uploaded is kept in memory only, so nothing of it is anywhere when the console stops or
nobody asks for it any more: a row may say where a protected house is until it is looked at.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from console.chat_words import chat_words
from console.context import Console
from console.operator import Operator
from console.scoping import may_touch
from console.translation import N_
from directory.bodies import BodyError
from directory.engine import async_engine
from directory.exporting import countries
from directory.gazetteer import Gazetteer
from directory.import_carrying_out import By, Carried, carry_out
from directory.import_choices import Choice
from directory.import_report import Place, Report
from directory.import_source import open_source
from directory.import_whole import WHOLE
from directory.importing import Rules, dry_run
from directory.refusals import RevisionError
from directory.sheets.faults import FileError

_KEPT = timedelta(hours=2)
_MOST = 8  # imports that are kept
_MOST_AT_WORK = 2
_OURS = N_("Something went wrong here. Nothing was imported; try again.")
_STALE = N_("Somebody changed an entry meanwhile. Nothing was imported; upload the file again.")
_UNFIT = N_("What would come out is not right. Nothing was imported; look at the rows again.")
log = structlog.get_logger()


class Phase(StrEnum):
    """How far an import is."""

    LOOKING = "looking"
    READY = "ready"
    CARRYING = "carrying"
    DONE = "done"
    FAILED = "failed"


@dataclass
class Job:
    """One import.

    Attributes:
        id: In its address; hard to guess.
        operator: Whose it is; nobody else sees it.
        name: Of the file.
        began: When it was uploaded.
        phase: How far it is.
        done: Rows that are looked at or imported.
        of: Of how many; 0: not known.
        report: Once it was looked at.
        carried: Once it was carried out.
        problem: Why it failed: a file's fault, or a text of the console.
    """

    id: str
    operator: Operator
    name: str
    began: datetime
    phase: Phase = Phase.LOOKING
    done: int = 0
    of: int = 0
    report: Report | None = field(default=None, repr=False)
    carried: Carried | None = None
    problem: FileError | str | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def is_at_work(self) -> bool:
        """Whether the page has to be asked for again."""
        return self.phase in (Phase.LOOKING, Phase.CARRYING)


class BusyError(RuntimeError):
    """Too many imports at the same time."""


class Jobs:
    """The imports of this console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._jobs: dict[str, Job] = {}

    def find(self, number: str, operator: Operator) -> Job | None:
        """Return an import of an operator; None where there is none, or it is somebody else's."""
        job = self._jobs.get(number)
        return job if job is not None and job.operator.id == operator.id else None

    def look(self, name: str, data: bytes, operator: Operator) -> Job:
        """Begin to look at a file; return its import. Raises BusyError."""
        self._tidy()
        if sum(job.is_at_work for job in self._jobs.values()) >= _MOST_AT_WORK:
            raise BusyError
        job = Job(secrets.token_urlsafe(12), operator, name, self._console.clock())
        self._jobs[job.id] = job
        self._begin(job, lambda: _look(self._console, job, data))
        return job

    def carry_out(self, job: Job, choices: Mapping[Place, Choice], reason: str) -> None:
        """Begin to carry out an import that was looked at."""
        job.phase, job.done, job.of = Phase.CARRYING, 0, len(job.report.rows if job.report else ())
        review = not job.operator.may("listing.publish")
        by = By(job.operator.name, reason, self._console.clock(), review)
        self._begin(job, lambda: _carry_out(self._console, job, choices, by))

    def forget(self, job: Job) -> None:
        """Drop an import that is not at work."""
        if not job.is_at_work:
            self._jobs.pop(job.id, None)

    def _begin(self, job: Job, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def run() -> None:
            try:
                # A thread with a loop of its own: pages stay quick meanwhile.
                await asyncio.to_thread(lambda: asyncio.run(work()))
            except FileError as error:
                job.phase, job.problem = Phase.FAILED, error
            except BodyError:
                job.phase, job.problem = Phase.FAILED, _UNFIT
            except RevisionError:
                job.phase, job.problem = Phase.FAILED, _STALE
            except Exception as error:  # noqa: BLE001 -- the operator waits for a word
                log.error("failed", code=500, error=type(error).__name__)  # noqa: TRY400 -- no words
                job.phase, job.problem = Phase.FAILED, _OURS

        job.task = asyncio.create_task(run())

    def _tidy(self) -> None:
        """Forget what is old, and the oldest of too many."""
        old = self._console.clock() - _KEPT
        idle = sorted((job for job in self._jobs.values() if not job.is_at_work), key=_began)
        spare = len(self._jobs) - _MOST + 1
        for position, job in enumerate(idle):
            if job.began < old or position < spare:
                del self._jobs[job.id]


def _began(job: Job) -> datetime:
    return job.began


async def _look(console: Console, job: Job, data: bytes) -> None:
    words = await chat_words(console)

    def may_change(owner: str | None, country: str | None) -> bool:
        return may_touch(job.operator, owner=owner, country=country)

    def progress(number: int) -> None:
        job.done = number

    async with _session(console) as session:
        source = open_source(data, job.name, await countries(session), WHOLE)
        rules = Rules(words.has_message, console.clock().date(), may_change)
        job.report = await dry_run(session, source, rules=rules, progress=progress)
    job.phase = Phase.READY


async def _carry_out(console: Console, job: Job, choices: Mapping[Place, Choice], by: By) -> None:
    def progress(number: int, of: int) -> None:
        job.done, job.of = number, of

    if job.report is None:
        return
    with closing(Gazetteer(console.settings.root / "var" / "places.sqlite")) as places:
        async with _session(console) as session, session.begin():
            job.carried = await carry_out(
                session, job.report, choices, by=by, places=places, progress=progress
            )
    job.report, job.phase = None, Phase.DONE


@asynccontextmanager
async def _session(console: Console) -> AsyncIterator[AsyncSession]:
    engine = async_engine(console.settings.database_url)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        await engine.dispose()
