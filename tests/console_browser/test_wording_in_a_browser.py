"""The translation desk and organisations on a telephone and a large screen, for everybody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import pytest_asyncio
from saying import ROOT, packs, places
from simulators.looking import overflow, too_small, violations

from content.cards import read_cards
from directory import recordings
from directory.card_load import load_cards, parts_with_files
from directory.load import load_packs

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SHOTS = os.environ.get("FARO_SHOTS")
PATHS = [
    "/wordings",
    "/wordings/ar?family=danger",
    "/wordings/ar/messages/danger.stay",
    "/wordings/es/messages/choice.rights_care",
    "/wordings/es/file",
    "/facts/myths",
    "/facts/myths/hospital_police/edit",
    "/organisations",
    "/organisations/new?country=SV",
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(served):
    """A console with a pack, every card of a file, and one recording."""
    async with served.console.sessions.begin() as session:
        await load_packs(session, [p for p in packs() if p.country == "SV"], places())
        for part, folder in parts_with_files():
            await load_cards(session, part, read_cards(ROOT / "data" / folder))
        await recordings.keep(
            session, language="ar", message="danger.stay", wording="0" * 12, sound=b"OggS",
            suffix=".ogg", voice="Amal", actor="Ana", now=served.clock(),
        )  # fmt: skip
    return served


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("width", "locale"), [(360, "es"), (1280, "en")])
@pytest.mark.parametrize("path", PATHS)
async def test_every_page_of_words_is_fit_for_everybody(
    open_as, width, locale, path, tmp_path: Path
):
    page = await open_as("admin", path, width=width, locale=locale, languages=("ar", "es"))
    name = path.strip("/").replace("/", "-").partition("?")[0]
    await page.screenshot(
        path=Path(SHOTS or tmp_path) / f"{name}-{width}-{locale}.png", full_page=True
    )
    assert await violations(page) == []
    assert await overflow(page) <= 0
    assert await too_small(page) == []


@pytest.mark.usefixtures("loaded")
async def test_an_operator_corrects_a_wording_and_another_one_publishes_it(open_as):
    path = "/wordings/es/messages/thanks.reply"
    page = await open_as("reviewer", path)
    await page.get_by_label("Spanish").fill("Gracias a usted.")
    await page.locator("section", has_text="Write it anew").get_by_label("Why").fill("kinder")
    await page.get_by_role("button", name="Give to review").click()
    await page.get_by_text("Given to review.").wait_for()
    other = await open_as("reviewer", path)
    await other.get_by_role("button", name="Publish").click()
    await other.get_by_text("Published. The chat says it within seconds.").wait_for()
    assert "Gracias a usted." in await other.locator(".said-text").all_inner_texts()
