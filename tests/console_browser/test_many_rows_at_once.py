"""A sheet of two hundred rows and two listings of one place, in a real browser."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from saying import places
from sheets_of import book, row_of
from simulators.looking import looked_at, tab_order

from directory import published, revisions
from directory.parts import Origin, Part

LOOKS = [("es", 360), ("en", 1280)]
TWIN = "sv-s901"  # of sv-s06
ANOTHER = "sv-s902"  # of sv-s04; it is made one with it
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(served, salvador):
    """El Salvador's pack, and two of its listings entered twice."""
    console = served.console
    async with console.sessions.begin() as session:
        await _enter_twice(session, "sv-s06", TWIN, served.clock())
        await _enter_twice(session, "sv-s04", ANOTHER, served.clock())
    return served


async def _enter_twice(session, entry, twin, now):
    known = await published.get(session, Part.SERVICES, entry)
    body = {**copy.deepcopy(dict(known.body)), "id": twin, "note": "By the market, second floor"}
    await revisions.publish_now(
        session, part=Part.SERVICES, entry=twin, country="SV", body=body, actor="Ana",
        reason="entered twice", origin=Origin.CONSOLE, places=places(), now=now,
    )  # fmt: skip


async def upload(page: Page, rows: list, folder: Path) -> None:
    sheet = folder / "sheet.xlsx"
    sheet.write_bytes(book(rows))
    await page.goto("/imports")
    await page.set_input_files("input[type=file]", sheet)
    await page.locator("main form:has(input[type=file]) button[type=submit]").click()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_sheet_with_three_wrong_rows_is_told_row_by_row_then_corrected_and_imported(
    open_as, loaded, look, tmp_path
):
    locale, width = look
    page = await open_as("reviewer", "/imports", width=width, locale=locale)
    await looked_at(page, f"imports-{locale}-{width}")
    rows = [row_of(5000 * (width > 400) + number) for number in range(200)]
    wrong = copy.deepcopy(rows)
    wrong[10]["kinds"], wrong[70]["hours"], wrong[150]["name"] = "comida rica", "mornings", None
    await upload(page, wrong, tmp_path)
    await expect(page.locator("main .fault[role=alert]")).to_contain_text("3", timeout=60_000)
    await looked_at(page, f"import-wrong-{locale}-{width}")
    assert await page.locator("#reason").count() == 0
    await upload(page, rows, tmp_path)
    await page.locator("#reason").wait_for(timeout=60_000)
    await looked_at(page, f"import-right-{locale}-{width}")
    await page.fill("#reason", "Lista de marzo")
    await page.locator("main form:has(#reason) > button").click()
    await expect(page.locator("main .said.done")).to_contain_text("200", timeout=60_000)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_row_that_may_be_a_protected_house_is_asked_about_before_anything_else(
    open_as, loaded, look, tmp_path
):
    locale, width = look
    async with loaded.console.sessions() as session:
        listed = await published.all_of(session, Part.SERVICES, country="SV")
    house = next(one for one in listed if one.body["protection"])
    known = next(one for one in listed if one.entry == "sv-s06").body
    rows = [
        row_of(9001, phones=50322334455),
        row_of(9002, name=known["name"], kinds="; ".join(known["kinds"]), phones="2222-0000",
               places=f"{known['places'][0]['city']}"),
        row_of(9003, name=house.body["name"], addresses="Calle 5"),
        {**row_of(9004), "id": "sv-s04", "not_taking": "x"},
    ]  # fmt: skip
    page = await open_as("reviewer", "/imports", width=width, locale=locale)
    await upload(page, rows, tmp_path)
    await page.locator("#reason").wait_for(timeout=60_000)
    await looked_at(page, f"import-house-{locale}-{width}")
    first = page.locator("main form fieldset").first
    await expect(first).to_contain_text(house.entry)
    await expect(first.locator(".fault")).to_be_visible()
    await page.fill("#reason", "Lista")
    await page.locator("main form:has(#reason) > button").click()
    await looked_at(page, f"import-undecided-{locale}-{width}")
    await expect(page.locator("main fieldset[aria-invalid]")).not_to_have_count(0)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_two_different_ones_are_said_by_keyboard_and_offered_again(open_as, loaded, look):
    locale, width = look
    page = await open_as("reviewer", f"/duplicates/sv-s06/{TWIN}", width=width, locale=locale)
    await page.locator("a[href='#two']").focus()
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "two"
    assert await tab_order(page, 1) == ["different_reason"]
    await page.keyboard.press("Enter")
    await expect(page.locator("#different_reason:invalid")).to_be_visible()
    await page.evaluate("document.querySelector('form[action$=different]').noValidate = true")
    await page.keyboard.press("Enter")
    await expect(page.locator("#different_reason-fault")).to_be_visible()
    await looked_at(page, f"different-fault-{width}-{locale}")
    await page.fill("#different_reason", "Son dos pisos de la misma casa")
    await page.keyboard.press("Enter")
    await expect(page.locator(".said")).to_be_visible()
    await expect(page.locator("section li", has_text=TWIN)).to_contain_text("dos pisos")
    await expect(page.locator(".pairs")).not_to_contain_text(TWIN)
    await looked_at(page, f"duplicates-said-{width}-{locale}")
    await page.locator("section li a", has_text=TWIN).click()
    await looked_at(page, f"different-{width}-{locale}")
    await page.fill("#again_reason", "Una sola puerta")
    await page.keyboard.press("Enter")
    await expect(page.locator(".pairs")).to_contain_text(TWIN)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_two_that_may_be_one_are_seen_beside_each_other(open_as, loaded, look):
    locale, width = look
    page = await open_as("reviewer", "/duplicates?country=SV", width=width, locale=locale)
    await looked_at(page, f"duplicates-{width}-{locale}")
    await page.locator(".pairs a", has_text=TWIN).click()
    await page.locator("details.section > summary").click()
    await looked_at(page, f"duplicate-{width}-{locale}")


async def test_a_duplicate_is_found_and_made_one(open_as, loaded):
    page = await open_as("reviewer", f"/duplicates/sv-s04/{ANOTHER}", width=360)
    await page.check(f"input[name=field-note][value='{ANOTHER}']")
    await page.check("input[name=keep][value='sv-s04']")
    await page.fill("#reason", "The same place")
    await page.get_by_role("button", name="Make them one").click()
    await expect(page.locator(".said")).to_be_visible()
    async with loaded.console.sessions() as session:
        gone = await published.get(session, Part.SERVICES, ANOTHER)
        kept = await published.get(session, Part.SERVICES, "sv-s04")
    assert gone.is_retired
    assert not kept.is_retired
