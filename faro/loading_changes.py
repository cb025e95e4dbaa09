"""Packs into the database when a Faro starts: what changed, as long as it is right."""

from __future__ import annotations

from faro.checking import check_packs
from faro.errors import FaroError
from faro.loading import is_empty, load, outdated
from faro.loading_cards import load_card_files
from faro.progress import tell
from faro.root import PACKS, PLACES
from faro.wordings import has_message_everywhere


async def load_changed(url: str) -> None:
    """Load cards, and the packs unless the database holds them already.

    Packs with faults are left out as long as the database holds older ones: an answer from
    the last good state is better than none.

    Raises:
        FaroError: The packs have faults and the database holds none.
    """
    await load_card_files(url)
    if not await outdated(url, PACKS):
        return
    tell("Loading the packs ...")
    packs = check_packs(PACKS, has_message_everywhere())
    if not packs.faults:
        await load(url, packs.read, PLACES)
    elif await is_empty(url):
        raise FaroError(
            f"{len(packs.faults)} faults stand in the packs, so they were not loaded",
            "Run faro check to see each of them",
        )
    else:
        tell(f"{len(packs.faults)} faults stand in the packs; what was loaded before stays.")
        tell("Run faro check to see each of them.")
