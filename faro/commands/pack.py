"""``faro pack``: the pack of a country as it is published now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from faro.errors import FaroError
from faro.exporting import pack_of, write_pack
from faro.interrupts import run
from faro.progress import tell
from faro.root import PACKS, shown
from faro.running import running_database


def command(
    country: Annotated[str, typer.Argument(help="Two letters, such as SV.")],
    *,
    output: Annotated[Path | None, typer.Option(help="A folder for the four files.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Over data/packs itself.")] = False,
) -> None:
    """Write the pack of a country from what is published, operators' changes and all.

    With --write entries that did not change keep their lines and comments; a changed entry loses
    its comments. With --output nothing of the old files is kept, and a protected house has no
    more than the database holds: name, numbers, way in. Prints which files changed.
    """
    if write == (output is not None):
        raise FaroError("Say where the pack goes", "Use either --output FOLDER or --write")
    run(_pack(country.upper(), output))


async def _pack(country: str, output: Path | None) -> int:
    folder = output if output is not None else PACKS / country
    async with running_database() as url:
        tell(f"Reading what is published of {country} ...")
        texts = await pack_of(url, country, None if output is not None else folder)
    changed = write_pack(folder, texts)
    for name in changed:
        print(shown(folder / f"{name}.yml"))
    if not changed:
        print("nothing changed")
    return 0
