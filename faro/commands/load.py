"""``faro load``: puts the packs into the database; what is wrong keeps all of them out."""

from __future__ import annotations

from faro.commands.check import check_folder, print_faults
from faro.errors import FaroError
from faro.interrupts import run
from faro.loading import load
from faro.progress import tell
from faro.root import PACKS, PLACES
from faro.running import running_database


def command() -> None:
    """Check the packs and load them: all of them or none.

    A Faro that runs answers from them at once, without a restart. Prints what changed.
    """
    run(_load())


async def _load() -> int:
    tell("Checking the packs ...")
    checked, faults = check_folder(PACKS)
    if faults:
        print_faults(faults)
        raise FaroError("Nothing was loaded", "Correct the faults above, then run faro load again")
    async with running_database() as database_url:
        tell("Loading the packs ...")
        changes = await load(database_url, checked.read, PLACES)
    for change in changes:
        print(change)
    if not changes:
        print("nothing changed")
    print(f"loaded: {checked.summary()}")
    return 0
