"""``faro import``: a sheet, HSDS or packs' listings into the directory, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from directory.import_choices import Decision
from directory.sheets.catalogue import N_, languages, said
from faro.errors import FaroError
from faro.import_words import lines_of
from faro.importing import Wanted, run_import
from faro.interrupts import run
from faro.progress import tell
from faro.root import PLACES
from faro.running import running_packs

WRONG = 3  # exit code


def command(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="XLSX, CSV, JSON, zip.")
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
    actor: Annotated[str, typer.Option(help="Who imports, for the audit.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the audit.")] = "",
    duplicates: Annotated[
        Decision | None,
        typer.Option(help="What becomes of rows that are likely there already."),
    ] = None,
    language: Annotated[str, typer.Option(help="Of the report.")] = "en",
) -> None:
    """Import listings and helplines: all rows or none.

    A sheet as the console's template or faro export writes it; the same saved as CSV; JSON of
    HSDS; or the tables of HSDS in a zip. The report says for each row what is wrong with it:
    sheet, row, column. Leaves with 3 when rows are wrong; nothing is changed then.
    """
    if dry_run == yes:
        raise FaroError("Say what to do", "Use --dry-run first, then --yes")
    if yes and not (actor.strip() and reason.strip()):
        raise FaroError(
            "Who imports and why is kept in the audit", "Give --actor NAME and --reason TEXT"
        )
    if language not in languages():
        raise FaroError(f"Reports do not speak {language}", f"Use one of {', '.join(languages())}")
    run(_import(Wanted(file, language, actor.strip(), reason.strip(), duplicates, yes)))


async def _import(wanted: Wanted) -> int:
    async with running_packs() as url:
        tell("Looking at the rows ...")
        report, carried = await run_import(url, wanted, PLACES)
    spoken = wanted.language
    for line in lines_of(report, spoken):
        print(line)
    if not report.is_right:
        tell(said(N_("Nothing was imported: correct the rows above, then run it again."), spoken))
        return WRONG
    if carried is not None:
        done = N_("imported: {done}, left out: {left_out}")
        print(said(done, spoken, done=carried.done, left_out=carried.left_out))
    elif report.changes_nothing:
        print(said(N_("nothing to import: everything is as the file says"), spoken))
    return 0
