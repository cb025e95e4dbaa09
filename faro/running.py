"""Gives a command what it speaks to: a Faro that runs, or what is missing of one.

What it started itself is stopped when the command ends, however it ends.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from delivery.enclave import Enclave
from delivery.migrate import upgrade as upgrade_delivery
from faro import places
from faro.announcement import Announcement, read_announcement
from faro.door import Door
from faro.enclave_process import EnclaveProcess, train
from faro.loading_changes import load_changed
from faro.open_database import open_database, open_keys_database
from faro.progress import tell
from faro.root import PACKS, PLACES, ROOT


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
        places.build(PLACES, PACKS, ROOT / "data" / "places")
        yield await open_database(stack, read_announcement())


@asynccontextmanager
async def running_conversations() -> AsyncIterator[tuple[str, str]]:
    """Give the addresses of the database of conversations and of that of their keys."""
    async with AsyncExitStack() as stack:
        found = read_announcement()
        places.build(PLACES, PACKS, ROOT / "data" / "places")
        url = await open_database(stack, found)
        upgrade_delivery(url)  # nobody may have started this Faro yet
        yield url, await open_keys_database(stack, found)


@asynccontextmanager
async def running_packs() -> AsyncIterator[str]:
    """Give the address of a database with the packs loaded; no enclave is needed.

    Raises:
        FaroError: The packs have faults and the database holds none.
        PostgresError: The embedded database cannot be started.
    """
    async with AsyncExitStack() as stack:
        yield await _database(stack, read_announcement())


async def _start_enclave(stack: AsyncExitStack) -> EnclaveProcess:
    places.build(PLACES, PACKS, ROOT / "data" / "places")
    await train()
    tell("Starting the enclave ...")
    process = EnclaveProcess()
    stack.push_async_callback(process.stop)
    await process.start()
    return process


async def _database(stack: AsyncExitStack, found: Announcement | None) -> str:
    places.build(PLACES, PACKS, ROOT / "data" / "places")
    url = await open_database(stack, found)
    if found is not None and url == found.database_url:
        return url  # its operator decides when a changed pack is loaded
    await load_changed(url)
    return url


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
