"""Imports for the command line: the dry run, the report in words, and carrying it out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from directory.bodies import BodyError
from directory.engine import async_engine
from directory.exporting import countries
from directory.gazetteer import Gazetteer
from directory.import_carrying_out import By, Carried, carry_out
from directory.import_choices import Choice, Decision
from directory.import_report import Report, RowReport
from directory.import_source import open_source
from directory.import_whole import WHOLE
from directory.importing import Rules, dry_run
from directory.refusals import RevisionError
from directory.sheets.faults import FileError
from faro.errors import FaroError
from faro.progress import tell
from faro.wordings import has_message_everywhere


@dataclass(frozen=True)
class Wanted:
    """An import as it was asked for.

    Attributes:
        file: What to import.
        language: Of the report.
        actor: Who imports, for the audit.
        reason: Why, for the audit.
        duplicates: What becomes of rows that are likely there already; None: refuse.
        carry_out: Whether to do it, and not only say what would be done.
    """

    file: Path
    language: str
    actor: str
    reason: str
    duplicates: Decision | None
    carry_out: bool


async def run_import(url: str, wanted: Wanted, places: Path) -> tuple[Report, Carried | None]:
    """Return the report and what was done, all of it or nothing.

    Raises FaroError: the file or a row is wrong, or somebody changed an entry meanwhile.
    """
    with closing(Gazetteer(places)) as towns:
        async with _session(url) as session, session.begin():
            report = await _report(session, wanted)
            if not wanted.carry_out or not report.is_right or report.changes_nothing:
                return report, None
            try:
                choices = {row.place: _choice(row, wanted) for row in report.undecided}
                by = By(wanted.actor, wanted.reason, datetime.now(UTC))
                carried = await carry_out(
                    session, report, choices, by=by, places=towns, progress=_told
                )
            except FileError as error:
                raise FaroError(error.told(wanted.language), "Correct the file first") from None
            except (RevisionError, BodyError) as error:
                raise FaroError(f"Nothing was imported: {error}", "Run it again") from None
    return report, carried


async def _report(session: AsyncSession, wanted: Wanted) -> Report:
    try:
        data = wanted.file.read_bytes()
        source = open_source(data, wanted.file.name, await countries(session), WHOLE)
        rules = Rules(has_message_everywhere(), datetime.now(UTC).date())
        return await dry_run(session, source, rules=rules, progress=_looked_at)
    except FileError as error:
        raise FaroError(
            f"{wanted.file.name}: {error.told(wanted.language)}", "Nothing was imported"
        ) from None


def _choice(row: RowReport, wanted: Wanted) -> Choice:
    if wanted.duplicates is None:
        raise FaroError(
            f"Row {row.row} of {row.sheet} is likely a place that is there already",
            "Look at the report above it with --dry-run, then say --duplicates merge, new or"
            " leave_out; or decide row by row in the console",
        )
    if row.may_be_secret and wanted.duplicates is not Decision.LEAVE_OUT:
        raise FaroError(
            f"Row {row.row} of {row.sheet} may be a protected house",
            "Decide on it in the console, or say --duplicates leave_out",
        )
    likeliest = next(iter(row.mergeable), "")
    if wanted.duplicates is Decision.MERGE and not likeliest:
        return Choice(Decision.LEAVE_OUT)  # it stands in the same file twice
    return Choice(wanted.duplicates, likeliest)


@asynccontextmanager
async def _session(url: str) -> AsyncIterator[AsyncSession]:
    engine = async_engine(url)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        await engine.dispose()


def _looked_at(number: int) -> None:
    if number % 5000 == 0:
        tell(f"{number} rows looked at ...")


def _told(done: int, of: int) -> None:
    tell(f"{done} of {of} imported ...")
