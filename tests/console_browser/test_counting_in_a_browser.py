"""What is counted can be read on a telephone, by screen reader, and on a map."""

from __future__ import annotations

import pytest
import pytest_asyncio
from saying import PLACES, packs
from simulators.looking import looked_at
from sqlalchemy import insert

from delivery.tables import gaps
from directory import audit
from directory.gazetteer import Gazetteer
from directory.load import load_packs

LOOKS = [("es", 360), ("en", 1280)]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(served):
    """A console whose directory holds three packs, and something done in it."""
    async with served.console.sessions.begin() as session:
        wanted = [pack for pack in packs() if pack.country in ("SV", "DE", "MT")]
        await load_packs(session, wanted, Gazetteer(PLACES))
        await audit.record(
            session, at=served.clock(), actor="Ana", action="publish", part="services",
            entry="sv-s01", before={"name": "a"}, after={"name": "b"}, reason="they moved",
        )  # fmt: skip
        noted = [("protection_shelter", 7), ("dentist", 3)]
        day = served.clock().date()
        rows = [{"day": day, "country": "SV", "kind": k, "times": n} for k, n in noted]
        await session.execute(insert(gaps), rows)
    return served


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize(
    "path", ["/coverage", "/coverage/SV?language=es", "/unmet", "/today?kind=gap", "/audit"]
)
async def test_every_page_of_counts_is_fit_for_everybody(open_as, loaded, look, path):
    locale, width = look
    page = await open_as("admin", path, width=width, locale=locale)
    name = path.strip("/").replace("/", "-").partition("?")[0]
    await looked_at(page, f"{name}-{width}-{locale}")


async def test_the_map_shows_cities_on_outlines_and_says_what_is_there(open_as, loaded):
    page = await open_as("evaluator", "/coverage")
    cities = page.locator("#map path.leaflet-interactive")
    await cities.first.wait_for()
    assert await cities.count() > 20
    await cities.first.dispatch_event("click")
    said = page.locator(".leaflet-popup-content")
    await said.wait_for()
    assert await said.locator("li").count() == 6
    assert await page.locator("#map img.leaflet-tile").count() == 0


async def test_the_chain_is_checked_with_a_tap(open_as, loaded):
    page = await open_as("admin", "/audit", width=360)
    await page.get_by_role("button", name="Check that nothing was changed").click()
    assert "The chain holds" in await page.locator(".said").inner_text()
