"""``faro load``: puts the packs into the database; what is wrong keeps all of them out."""

from __future__ import annotations

from faro.commands.check import check_folder, print_faults
from faro.errors import FaroError
from faro.interrupts import run
from faro.loading import Change, load
from faro.loading_cards import load_card_files
from faro.progress import tell
from faro.root import PACKS, PLACES
from faro.running import running_database


def command() -> None:
    """Check the packs and load them: all of them or none.

    A Faro that runs answers from them at once, without a restart. Prints what changed, and what
    is kept: entries that an operator changed or retired and that a changed pack says otherwise.
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
        cards = await load_card_files(database_url)
    for change in changes:
        print(change)
    if not changes:
        print("nothing changed")
    if kept := sorted({change.country for change in changes if change.what == Change.KEPT}):
        tell("Kept as operators have it. To have it in the packs too: " + _remedy(kept))
    if cards:
        tell(f"Kept as operators have it: {', '.join(cards)}. In files too: faro wordings --write")
    print(f"loaded: {checked.summary()}")
    return 0


def _remedy(countries: list[str]) -> str:
    return ", ".join(f"faro pack {country} --write" for country in countries)
