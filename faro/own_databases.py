"""Our own database servers: one for everything, one for the keys of conversations.

Each is there only where no setting names another. ``faro up`` starts them at the same time,
keeps them running, and stops them with itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from faro.postgres import KEYS, NotOwnedError, Postgres, PostgresError
from faro.postgres_place import keys_place_of, place_of
from faro.progress import tell

EMBEDDED = "FARO_EMBEDDED"  # set when a database is our own; says which
_PATIENCE = 60.0  # seconds for another command to let go of one
_LOOK = 0.5  # seconds


def own_servers(root: Path) -> dict[str, Postgres]:
    """Return the servers of a checkout by the setting that stands for them."""
    return {
        "DATABASE_URL": Postgres(place_of(root)),
        "KEYS_DATABASE_URL": Postgres(keys_place_of(root), kind=KEYS),
    }


def addresses(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that name our own servers, where the environment names no other."""
    servers = own_servers(root)
    ours = [n for n in servers if not environment.get(n) and not environment.get(f"{n}_FILE")]
    found = {name: servers[name].url() for name in ours}
    return {**found, EMBEDDED: " ".join(ours)} if ours else {}


@asynccontextmanager
async def running_databases(root: Path, names: Collection[str]) -> AsyncIterator[None]:
    """Start the servers that settings name, and keep them running until the block ends.

    Raises:
        PostgresError: One does not start.
    """
    async with AsyncExitStack() as stack:
        servers = [server for name, server in own_servers(root).items() if name in names]
        for server in servers:
            stack.push_async_callback(asyncio.to_thread, server.stop)
        # Waited for together: one that fails is told only once no other is half started.
        started = await asyncio.gather(*map(_own, servers), return_exceptions=True)
        for error in started:
            if error is not None:
                raise error
        ending = asyncio.Event()
        keeping = asyncio.gather(*(_keep(server, ending) for server in servers))
        try:
            yield
        finally:
            # Not cancelled: a start that is under way would come after the stop.
            ending.set()
            await keeping


async def _own(server: Postgres) -> None:
    until = time.monotonic() + _PATIENCE
    told = False
    while True:
        try:
            return await asyncio.to_thread(server.start, tell)
        except NotOwnedError:
            if time.monotonic() > until:
                raise
        if not told:
            tell("Another faro command uses the database; waiting for it to end ...")
            told = True
        await asyncio.sleep(_LOOK)


async def _keep(server: Postgres, ending: asyncio.Event) -> None:
    while not ending.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _LOOK)
        if not ending.is_set() and server.pid() is None:
            tell("The database ended; starting it again ...")
            try:
                await asyncio.to_thread(server.restart, tell)
            except PostgresError as error:
                tell(f"faro: {error}")
