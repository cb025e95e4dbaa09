"""The public page of changes is read on a small phone, in either direction and without a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser
from saying import ROOT, load, packs, speech
from simulators.faro import until
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from channels.changes import ChangesPage
from channels.webchat.pages import STATIC
from content.languages import read_languages
from delivery.clock import now
from delivery.database import open_engine
from directory import migrate
from directory.changes import KINDS, tell_change

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
LANGUAGES = read_languages(ROOT / "data" / "languages.yml")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('a')].filter(
  a => a.getBoundingClientRect().height < 44 || a.getBoundingClientRect().width < 44).length"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(chromium: object, module_database_url: str) -> AsyncIterator[str]:
    migrate.upgrade(module_database_url)
    await load(module_database_url, [pack for pack in packs() if pack.country in ("GR", "SV")])
    engine = open_engine(module_database_url)
    async with AsyncSession(engine) as session, session.begin():
        for number, kind in enumerate(KINDS, 1):
            for country in ("GR", "SV"):
                await tell_change(
                    session, part="services", entry=f"{country.lower()}-s0{number}",
                    country=country, kind=kind, day=now().date(),
                )  # fmt: skip
    async with speech(module_database_url) as said:
        page = ChangesPage(engine, said.renderer, LANGUAGES, "https://www.wikipedia.org/")
        static = Mount("/webchat/static", StaticFiles(directory=STATIC))
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=[*page.routes(), static]), port=0, log_level="warning")
        )
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started, seconds=30)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/changes"
        server.should_exit = True
        await serving
    await engine.dispose()


@pytest.mark.parametrize("language", ["ar", "es", "ti", "bn"])
async def test_it_fits_a_small_phone_in_either_direction(
    browser: Browser, address: str, language: str
) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale=language)
    page = await context.new_page()
    await page.goto(address)
    html = page.locator("html")
    assert await html.get_attribute("lang") == language
    assert await html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert await page.evaluate(OVERFLOW) == 0
    assert await page.evaluate(SMALL_TARGETS) == 0
    assert await page.locator("li").count() == 2 * len(KINDS)
    await context.close()


async def test_it_is_the_same_without_scripts_and_leads_to_another_language(
    browser: Browser, address: str
) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="es")
    page = await context.new_page()
    await page.goto(address)
    await page.click("nav a[hreflang=fa]")
    assert await page.locator("h1").inner_text() == "شما گفتید، ما تغییر دادیم"
    await context.close()
