"""In a real browser: a listing is confirmed, paused and corrected by its link; today fits a phone."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import expect
from simulators.console_links import current, fill, link_to
from simulators.looking import looked_at

from directory import revisions

LOOKS = [("es", 360), ("en", 1280)]
WORDS = {
    "es": ("Sí, todo sigue siendo cierto", "Por un tiempo", "Pausa hasta", "Algo ha", "Proponer"),
    "en": ("Yes, all of it is still true", "We take nobody", "Pause until", "Something", "Propose"),
}
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(served):
    """A console whose directory holds a part of a pack."""
    await fill(served.console, "SV")
    return served


@pytest.mark.parametrize(("look", "entry"), [(LOOKS[0], "sv-s01"), (LOOKS[1], "sv-s02")], ids=str)
async def test_a_listing_is_confirmed_paused_and_corrected_by_its_link(
    open_as, loaded, look, entry
):
    locale, width = look
    yes, away, pause, changed, propose = WORDS[locale]
    page = await open_as(None, await link_to(loaded.console, entry), width=width, locale=locale)
    await page.get_by_role("button", name=yes).click()
    await expect(page.get_by_role("status")).to_be_visible()
    today = loaded.clock().date().isoformat()
    assert (await current(loaded.console, entry)).body["verified"] == today

    await page.get_by_text(away).click()
    await page.get_by_role("button", name=pause).click()
    await expect(page.get_by_role("status")).to_be_visible()
    assert (await current(loaded.console, entry)).body["paused_until"] > today

    await page.get_by_text(changed).click()
    await page.locator("#numbers").fill("2510-4388")
    await looked_at(page, f"confirm-{width}-{locale}")
    await page.get_by_role("button", name=propose).click()
    await expect(page.get_by_role("status")).to_be_visible()
    async with loaded.console.sessions() as session:
        waiting = [one for one in await revisions.waiting(session) if one.entry == entry]
    assert [row["number"] for row in waiting[0].body["phones"]] == ["2510-4388"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize(
    "path", ["/today", "/verification", "/verification/services/sv-s03", "/confirm/1"]
)
async def test_every_page_of_verification_is_fit_for_everybody(open_as, loaded, look, path):
    locale, width = look
    page = await open_as("admin", path, width=width, locale=locale)
    name = path.strip("/").replace("/", "-")
    await looked_at(page, f"{name}-{width}-{locale}")
