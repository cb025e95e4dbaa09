"""A console that is served on a real port, and windows of a real browser on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from playwright.async_api import Browser, Page
from simulators.console import Browsers, Clock
from simulators.databases import console_template, database
from simulators.serving import serving
from starlette.applications import Starlette

from console.app import build_app
from console.context import Console
from console.passwords import Passwords
from console.settings import Settings
from console.wiring import open_console
from directory.load import load_packs
from directory.pack_files import read_pack
from faro.postgres import Postgres
from faro.root import ROOT


@pytest.fixture(scope="module")
def module_database_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database with all our tables, for the console of a module."""
    with database(postgres, console_template(postgres)) as url:
        yield url


@dataclass
class Served:
    """A console that browsers reach at ``url``."""

    url: str
    console: Console
    clock: Clock
    people: Browsers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(chromium: Path, module_database_url: str) -> AsyncIterator[Served]:
    """A console on a free port, with a clock that tests move."""
    clock, fast = Clock(), PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    outer = Starlette()
    async with serving(outer) as url:
        settings = Settings(module_database_url, url, int(url.rpartition(":")[2]), b"k" * 32)
        async with open_console(settings, clock=clock, passwords=Passwords(fast)) as console:
            app = build_app(console)
            outer.mount("/", app)
            yield Served(url, console, clock, Browsers(app, console))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def salvador(served: Served) -> None:
    """El Salvador's pack."""
    pack, _ = read_pack(ROOT / "data" / "packs" / "SV")
    assert pack is not None
    async with served.console.sessions.begin() as session:
        await load_packs(session, [pack], served.console.places)


OpenAs = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_as(browser: Browser, served: Served) -> AsyncIterator[OpenAs]:
    """``await open_as("admin", "/operators", width=360, locale="es")``: a page, signed in.

    Without a role nobody is signed in. At the end no page may have met an error of its own, or
    have broken our policy of contents.
    """
    opened, broken = [], []

    async def open_one(
        role: str | None, path: str = "/", *, width: int = 1280, locale: str = "en", **who: object
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, base_url=served.url
        )
        opened.append(context)
        if role is not None:
            client = await served.people.signed_in(role, locale=locale, **who)
            token = client.cookies["faro-session"]
            await client.aclose()
            cookie = {"name": "faro-session", "value": token, "url": served.url}
            await context.add_cookies([cookie])
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(error.message))
        page.on(
            "console",
            lambda said: broken.append(said.text) if "Content Security" in said.text else None,
        )
        await page.goto(path)
        return page

    yield open_one
    for context in opened:
        await context.close()
    assert broken == []
