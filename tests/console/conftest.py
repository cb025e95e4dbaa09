"""A console on the real PostgreSQL, and browsers that are signed in to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from simulators.console import URL, Browsers, ClientAs, Clock
from simulators.databases import console_template, database
from starlette.applications import Starlette

from console.app import build_app
from console.context import Console
from console.passwords import Passwords
from console.settings import Settings
from console.wiring import open_console
from faro.postgres import Postgres


@pytest.fixture
def database_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database with all our tables, the console's too, and nothing in them."""
    with database(postgres, console_template(postgres)) as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fast_passwords() -> Passwords:
    """Argon2 that takes next to no time: the tests are not about its strength."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def console_settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, url=URL, port=8001, signing_key=b"k" * 32)


@pytest_asyncio.fixture
async def console(
    console_settings: Settings, clock: Clock, fast_passwords: Passwords
) -> AsyncIterator[Console]:
    """The console's parts, on a database with all tables and nothing in them."""
    async with open_console(console_settings, clock=clock, passwords=fast_passwords) as opened:
        yield opened


@pytest.fixture
def console_app(console: Console) -> Starlette:
    return build_app(console)


@pytest_asyncio.fixture
async def browsers(console: Console, console_app: Starlette) -> AsyncIterator[Browsers]:
    opening = Browsers(console_app, console)
    yield opening
    for client in opening.opened:
        await client.aclose()


@pytest.fixture
def client_as(browsers: Browsers) -> ClientAs:
    """``await client_as("reviewer")``: a browser signed in as somebody with that role."""
    return browsers.signed_in
