"""``faro export``: what is published, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from directory.exporting import ENDINGS, Format
from directory.sheets.catalogue import languages
from faro.errors import FaroError
from faro.exporting import export_to
from faro.interrupts import run
from faro.progress import tell
from faro.root import PLACES, shown
from faro.running import running_database


def command(
    file: Annotated[Path, typer.Argument(help="The file to write; one that is there is replaced.")],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="csv: the tables of HSDS in a zip; packs: in a zip.")
    ],
    country: Annotated[str | None, typer.Option(help="Two letters; without it all.")] = None,
    language: Annotated[str, typer.Option(help="Of headings and words in a sheet.")] = "en",
) -> None:
    """Write what is published into a file that faro import, or others, can read.

    A protected house is in it by name, numbers and way in, never with an address.
    """
    if language not in languages():
        raise FaroError(f"Sheets do not speak {language}", f"Use one of {', '.join(languages())}")
    if file.suffix.casefold() != ENDINGS[form]:
        raise FaroError(
            f"A file of that format ends in {ENDINGS[form]}", f"Name it {file.stem}{ENDINGS[form]}"
        )
    run(_export(file, form, country.upper() if country else None, language))


async def _export(file: Path, form: Format, country: str | None, language: str) -> int:
    async with running_database() as url:
        tell("Reading what is published ...")
        number = await export_to(url, file, form, country=country, language=language, places=PLACES)
    print(f"{shown(file)}: {number} entries")
    return 0
