"""A browser for the whole run, a gateway for a module, and a clean window for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio
from page_renderer import EXIT_HOST, PageRenderer
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route
from simulators.faro import Faro, running_faro
from simulators.shared import module_database_url

from delivery.timing import Timing

__all__ = ["module_database_url"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gateway(chromium: Path, module_database_url: str) -> AsyncIterator[Faro]:
    """A gateway with a simulated enclave, with the times that are promised."""
    async with running_faro(
        module_database_url, timing=Timing(poll=0.1), renderer=PageRenderer()
    ) as faro:
        yield faro


@dataclass
class Window:
    """A page of the web chat, and everything that it asked of the network."""

    page: Page
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    left_for: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def said(self, number: int) -> Locator:
        """Return the reply with this number, from 1 on."""
        return self.page.locator(".theirs").nth(number - 1)

    async def write(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def replies(self) -> list[str]:
        return await self.page.locator(".theirs").all_inner_texts()

    async def measure(self, script: str) -> Any:
        return await self.page.evaluate(script)


Open = Callable[..., Awaitable[Window]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(browser: Browser) -> AsyncIterator[Open]:
    """Open windows without a history; at the end none may have met an error of its own."""
    opened: list[Window] = []

    async def open_one(url: str, *, greeted: bool = True, **options: Any) -> Window:
        context = await browser.new_context(**{"locale": "en-GB", **options})
        window = Window(await context.new_page(), context)
        opened.append(window)

        async def intercept(route: Route) -> None:
            window.left_for.append(route.request.url)
            await route.fulfill(body="<title>Weather</title>Sunny.", content_type="text/html")

        await context.route(f"**://{EXIT_HOST}/**", intercept)
        context.on("request", lambda request: window.asked.append(request.url))
        window.page.on("pageerror", lambda error: window.broken.append(error.message))
        await window.page.goto(url)
        if greeted:
            await window.said(1).wait_for()
        return window

    yield open_one
    for window in opened:
        await window.context.close()
    assert [fault for window in opened for fault in window.broken] == []
