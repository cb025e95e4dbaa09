"""A console on the real PostgreSQL, and browsers that are signed in to it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from starlette.applications import Starlette

from console import sessions
from console.app import build_app
from console.context import Console
from console.migrate import upgrade
from console.models import OperatorRow
from console.passwords import Passwords
from console.settings import Settings
from console.wiring import open_console

URL = "http://127.0.0.1:8001"
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_counter = itertools.count(1)


@dataclass
class Clock:
    """A clock that moves when a test says so."""

    at: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


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
    upgrade(console_settings.database_url)
    async with open_console(console_settings, clock=clock, passwords=fast_passwords) as opened:
        yield opened


@pytest.fixture
def console_app(console: Console) -> Starlette:
    return build_app(console)


@dataclass
class Browsers:
    """Opens browsers, signed in or not, in Spanish or another language."""

    app: Starlette
    console: Console
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    def stranger(self, language: str = "en", address: str = "192.0.2.1") -> httpx.AsyncClient:
        """Return a browser in which nobody is signed in; it sends our own origin."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(
                app=self.app, raise_app_exceptions=False, client=(address, 4000)
            ),
            base_url=URL,
            headers={"Origin": URL, "Accept-Language": language},
        )
        self.opened.append(client)
        return client

    async def signed_in(
        self,
        role: str,
        *,
        name: str | None = None,
        organisation: str | None = None,
        countries: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        locale: str = "en",
    ) -> httpx.AsyncClient:
        """Return a browser in which somebody new with a role is signed in."""
        named = name or f"{role} {next(_counter)}"
        now = self.console.clock()
        row = OperatorRow(
            name=named,
            name_key=named.casefold(),
            role=role,
            organisation=organisation,
            countries=[*countries],
            languages=[*languages],
            locale=locale,
            created_at=now,
        )
        async with self.console.sessions.begin() as session:
            session.add(row)
            await session.flush()
            token = await sessions.begin(self.console, session, row.id, now=now)
        client = self.stranger(locale)
        client.cookies.set("faro-session", token)
        return client


ClientAs = Callable[..., Awaitable[httpx.AsyncClient]]


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
