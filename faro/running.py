"""Gives a command what it speaks to: a Faro that runs, or what is missing of one.

What it started itself is stopped when the command ends, however it ends.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from delivery.database import conninfo
from delivery.enclave import Enclave
from directory.migrate import upgrade
from faro import places
from faro.announcement import Announcement, read_announcement
from faro.checking import check_packs
from faro.door import Door
from faro.enclave_process import EnclaveProcess, train
from faro.errors import FaroError
from faro.loading import is_empty, load, outdated
from faro.postgres import NotOwnedError, Postgres
from faro.postgres_place import place_of
from faro.progress import tell
from faro.root import PACKS, PLACES, ROOT
from faro.wordings import has_message_everywhere

_LOCK_LOOK = 0.2  # seconds


@dataclass(frozen=True)
class Running:
    """What a command speaks to.

    Attributes:
        door: The enclave's.
        database_url: Of a database with the packs in it.
    """

    door: Door
    database_url: str = field(repr=False)


@asynccontextmanager
async def running_enclave() -> AsyncIterator[Door]:
    """Give the door of an enclave; train and start one when none runs. Raises FaroError."""
    async with AsyncExitStack() as stack:
        found = read_announcement()
        door = await _running_door(found)
        if door is None:
            process = await _start_enclave(stack)
            await process.wait_until_ready()
            door = process.door
        yield door


@asynccontextmanager
async def running_faro() -> AsyncIterator[Running]:
    """Give an enclave and a database with the packs loaded; start what is missing.

    Raises:
        FaroError: Something cannot be started.
        PostgresError: The embedded database cannot be started.
    """
    async with AsyncExitStack() as stack:
        found = read_announcement()
        door = await _running_door(found)
        process = None if door else await _start_enclave(stack)
        database_url = await _database(stack, found)
        if process is not None:
            await process.wait_until_ready()
            door = process.door
        assert door is not None  # noqa: S101 -- narrows: one of the two was found
        yield Running(door, database_url)


@asynccontextmanager
async def running_database() -> AsyncIterator[str]:
    """Give the address of a database with our tables; packs may be missing in it."""
    async with AsyncExitStack() as stack:
        places.build(PLACES, PACKS, ROOT / "data" / "places" / "country-names.yml")
        yield await _open_database(stack, read_announcement())


async def _start_enclave(stack: AsyncExitStack) -> EnclaveProcess:
    places.build(PLACES, PACKS, ROOT / "data" / "places" / "country-names.yml")
    await train()
    tell("Starting the enclave ...")
    process = EnclaveProcess()
    stack.push_async_callback(process.stop)
    await process.start()
    return process


async def _database(stack: AsyncExitStack, found: Announcement | None) -> str:
    places.build(PLACES, PACKS, ROOT / "data" / "places" / "country-names.yml")
    url = await _open_database(stack, found)
    if found is not None and url == found.database_url:
        return url  # its operator decides when a changed pack is loaded
    await load_changed(url)
    return url


async def load_changed(url: str) -> None:
    """Load the packs unless the database holds them already.

    Packs with faults are left out as long as the database holds older ones: an answer from
    the last good state is better than none.

    Raises:
        FaroError: The packs have faults and the database holds none.
    """
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


_load_changed = load_changed  # under its old name for faro.up


async def _open_database(stack: AsyncExitStack, found: Announcement | None) -> str:
    if found is not None and _answers(found.database_url):
        return found.database_url
    if url := _set_database_url():
        if not _answers(url):
            raise FaroError(
                "The database that DATABASE_URL names does not answer",
                "Start it or correct the setting; without it Faro runs its own database",
            )
        upgrade(url)
        return url
    return await _start_postgres(stack)


async def _start_postgres(stack: AsyncExitStack) -> str:
    postgres = Postgres(place_of(ROOT))
    told = False
    while True:
        try:
            stack.callback(postgres.stop)
            postgres.start(tell)
        except NotOwnedError:
            found = read_announcement()  # faro up may have become ready meanwhile
            if found is not None and _answers(found.database_url):
                return found.database_url
            if not told:
                tell("Another faro command uses the database; waiting for it to end ...")
            told = True
            await asyncio.sleep(_LOCK_LOOK)
            continue
        upgrade(postgres.url())
        return postgres.url()


async def _running_door(found: Announcement | None) -> Door | None:
    if found is None:
        return None
    token = found.read_token()
    if token is None:
        return None
    door = Door(f"http://127.0.0.1:{found.door_port}", token)
    enclave = Enclave(door.url, token=door.token, timeout=2.0)
    try:
        return door if await enclave.is_ready() else None
    finally:
        await enclave.aclose()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(conninfo(url), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _set_database_url() -> str | None:
    if url := os.environ.get("DATABASE_URL", "").strip():
        return url
    if not (file := os.environ.get("DATABASE_URL_FILE", "").strip()):
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError:
        raise FaroError(
            "DATABASE_URL_FILE names a file that cannot be read", "Correct the setting"
        ) from None
