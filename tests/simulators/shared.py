"""One gateway for a module, emptied before each test. Such a test runs in the module's loop."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator

import httpx
import psycopg
import pytest
import pytest_asyncio
from simulators.databases import database
from simulators.faro import Faro, running_faro

from faro.postgres import Postgres

IN_MODULE_LOOP = pytest.mark.asyncio(loop_scope="module")
_EMPTYING = (  # the other tables go with these
    b"DELETE FROM procrastinate_jobs",
    b"DELETE FROM conversation",
    b"DELETE FROM seen",
    b"DELETE FROM provider_copy",
    b"DELETE FROM flag",
    b"DELETE FROM resume_code",
)
_PATIENCE = 5.0  # seconds for the last test's jobs to end


@pytest.fixture(scope="module")
def module_database_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database with all our tables, for the gateway of a module."""
    with database(postgres) as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway(module_database_url: str) -> AsyncIterator[Faro]:
    """The gateway of a module."""
    async with running_faro(module_database_url) as faro:
        yield faro


@pytest_asyncio.fixture(loop_scope="module")
async def faro(gateway: Faro) -> AsyncIterator[Faro]:
    """The gateway of the module, as good as new."""
    async with httpx.AsyncClient(base_url=gateway.url, timeout=20) as client:
        yield dataclasses.replace(gateway, client=client, counter=0)
    for server in (gateway.enclave, gateway.telegram, gateway.twilio):
        server.reset()
    await _empty(gateway.database_url)
    for server in (gateway.enclave, gateway.telegram, gateway.twilio):
        server.reset()  # the last jobs may have sent something


async def _empty(url: str) -> None:
    end = asyncio.get_running_loop().time() + _PATIENCE
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while asyncio.get_running_loop().time() < end:
            jobs = await (
                await connection.execute("SELECT count(*) FROM procrastinate_jobs")
            ).fetchone()
            if jobs == (0,):
                break
            await asyncio.sleep(0.02)
        for deletion in _EMPTYING:
            await connection.execute(deletion)
