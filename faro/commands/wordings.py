"""``faro wordings``: what operators published, written back into the files of this checkout."""

from __future__ import annotations

from typing import Annotated

import typer

from faro.interrupts import run
from faro.root import DATA
from faro.running import running_database
from faro.writing_back import differences, write_back

_WRITE = typer.Option("--write", help="Write it into the files, for a commit")


def command(write: Annotated[bool, _WRITE] = False) -> None:  # noqa: FBT002 -- an option
    """List wordings and cards that are said otherwise than their files say.

    With --write the files say the same; review the difference and commit it. After the next
    faro load they count as the files' own again.
    """
    run(_told(write=write))


async def _told(*, write: bool) -> int:
    async with running_database() as database_url:
        found = await differences(database_url, DATA)
    for one in found:
        print(one)
    if not found:
        print("nothing is said otherwise than the files say")
    elif write:
        for path in write_back(found, DATA):
            print(f"wrote {path}")
    return 0
