"""Pages hold on a telephone and in a language that is written from right to left."""

from __future__ import annotations

import pytest
from playwright.async_api import Page
from simulators.looking import overflow

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
LONG = "a" * 300
PATHS = (
    "/today", "/listings", "/listings/sv-s01", "/listings/sv-s01/edit", "/listings/sv-s01/preview",
    "/facts/myths", "/verification", "/verification/services/sv-s01", "/wordings", "/wordings/ar",
    "/wordings/ar/messages/danger.again", "/wordings/ar/file", "/duplicates", "/coverage",
    "/unmet", "/organisations", "/audit", "/operators", "/operators/new", "/account",
)  # fmt: skip
TABLES = ("/verification", "/wordings/ar", "/operators")
# What can be scrolled sideways, and what is hidden outside on purpose, may lie outside.
_OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter((node) => node.checkVisibility() && !node.closest(".wide, .map, .skip, .unseen"))
  .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -2 || box.right > innerWidth + 2))
  .map(([html]) => html)"""
_SIDEWAYS = """() => [...document.querySelectorAll(".wide")]
  .filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.ariaLabel)"""


async def turned(page: Page) -> None:
    """Write a page from right to left, with everything unfolded."""
    await page.evaluate("document.documentElement.dir = 'rtl'")
    await page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_page_holds_from_right_to_left(open_as, salvador, width):
    page = await open_as("admin", "/today", width=width)
    for path in PATHS:
        answer = await page.goto(path)
        assert answer.status == 200, path
        await turned(page)
        assert await overflow(page) <= 0, path
        assert await page.evaluate(_OUTSIDE) == [], path


async def test_on_a_telephone_rows_are_read_without_moving_sideways(open_as, salvador):
    page = await open_as("admin", "/today", width=360, locale="es")
    for path in TABLES:
        await page.goto(path)
        assert await page.evaluate(_SIDEWAYS) == [], path


async def test_a_word_without_end_breaks(open_as, salvador):
    page = await open_as("admin", "/listings/sv-s01/edit", width=360)
    await page.fill("#name", LONG)
    await page.fill("#reason", LONG)
    await page.click("button[value=review]")
    for path in (page.url, "/today", "/listings/sv-s01", "/listings/sv-s01/edit", "/audit"):
        await page.goto(path)
        assert await overflow(page) <= 0, path
