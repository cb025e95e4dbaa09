"""What is wrong with a page for those who look, listen or use a keyboard."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_SHOTS = os.environ.get("FARO_SHOTS")  # a folder, for those who want to look themselves
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Buttons and fields, not links inside a text: WCAG 2.2, success criterion 2.5.8.
_SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, nav a")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.outerHTML.slice(0, 80), (node.closest("label") || node).getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 24)
  .map(([html]) => html)"""


async def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and good practice, one line each."""
    found = await Axe().run(page, options={**_RULES, "resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


async def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(await page.evaluate(_OVERFLOW))


async def too_small(page: Page) -> list[str]:
    """Return what is too small for a thumb."""
    found: list[str] = await page.evaluate(_SMALL)
    return found


async def looked_at(page: Page, name: str) -> None:
    """Fail for whatever is wrong with a page; keep a picture of it where pictures are wanted."""
    if _SHOTS:
        await page.screenshot(path=Path(_SHOTS) / f"{name}.png", full_page=True)
    assert await violations(page) == []
    assert await overflow(page) <= 0
    assert await too_small(page) == []


async def tab_order(page: Page, steps: int) -> list[str]:
    """Press Tab and return what has the focus each time, by id, name or text."""
    names = []
    for _ in range(steps):
        await page.keyboard.press("Tab")
        names.append(
            await page.evaluate(
                "() => { const at = document.activeElement;"
                " return at.id || at.name || at.textContent.trim(); }"
            )
        )
    return names
