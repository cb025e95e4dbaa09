"""The translation desk and organisations on a telephone and a large screen, for everybody."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import expect
from saying import ROOT, packs, places
from simulators.looking import looked_at

from content.cards import read_cards
from directory import recordings
from directory.card_load import load_cards, parts_with_files
from directory.load import load_packs

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PATHS = [
    "/wordings",
    "/wordings/ar?family=danger",
    "/wordings/ar/messages/danger.stay",
    "/wordings/es/messages/choice.rights_care",
    "/wordings/es/file",
    "/facts/myths",
    "/facts/myths/hospital_police/edit",
    "/organisations",
    "/facts/organisations",
    "/facts/organisations/new?country=SV",
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(served):
    """A console with four packs, every card of a file, and one recording."""
    async with served.console.sessions.begin() as session:
        wanted = [pack for pack in packs() if pack.country in ("SV", "SE", "IT", "DE")]
        await load_packs(session, wanted, places())
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
async def test_every_page_of_words_is_fit_for_everybody(open_as, width, locale, path):
    page = await open_as("admin", path, width=width, locale=locale, languages=("ar", "es"))
    name = path.strip("/").replace("/", "-").partition("?")[0]
    await looked_at(page, f"{name}-{width}-{locale}")


@pytest.mark.parametrize(("width", "locale"), [(360, "es"), (1280, "en")])
async def test_an_organisation_is_written_by_one_and_published_by_another(
    open_as, loaded, width, locale
):
    author = await open_as("admin", "/organisations", width=width, locale=locale)
    await author.select_option("#country", "SV")
    await author.locator("form[action='/facts/organisations/new'] button").click()
    await author.fill("#name", f"Mujeres Migrantes {width}")
    await author.select_option("#run_by", "ngo")
    await author.fill("#reason", "they wrote to us")
    await author.locator("button[value=review]").click()
    await expect(author.locator(".said")).to_be_visible()
    await looked_at(author, f"organisation-version-{width}-{locale}")
    other = await open_as("reviewer", author.url, width=width, locale=locale)
    await other.locator("form[action$='/publish'] button").click()
    await expect(other.locator("h1")).to_contain_text("Mujeres Migrantes")
    await looked_at(other, f"organisation-{width}-{locale}")


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
