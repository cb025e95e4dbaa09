"""Whoever left has left: on the server, in other tabs, and for the way back."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest
import pytest_asyncio
from playwright.async_api import Error, async_playwright, expect
from simulators.faro import until
from simulators.rows import change

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
EXIT = "https://www.wikipedia.org/"
NAME = "sessionStorage.getItem('c-webchat')"
OLDER = {
    "no fetch that outlives its page": "delete Request.prototype.keepalive",
    "no beacon either": "delete Request.prototype.keepalive; navigator.sendBeacon = undefined",
    "no fetch at all": "window.fetch = window.Request = navigator.sendBeacon = undefined",
}
TIP = "Loading. Visits can be deleted in the browser's menu, under “History”."
HISTORY = (
    "The browser may still list the visit. To remove it: open “History” in the browser's menu"
    " and delete “Chat”."
)


def rows(gateway):
    """Return how much is kept of anybody."""
    with psycopg.connect(gateway.database_url) as connection:
        found = connection.execute(
            "SELECT (SELECT count(*) FROM conversation) + (SELECT count(*) FROM inbox)"
            " + (SELECT count(*) FROM outbox)"
        ).fetchone()
        return found[0]


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def nobody_else(gateway):
    """Forget what other tests left open."""
    await change(gateway.database_url, "DELETE FROM conversation")


async def leave(window):
    await window.page.click("#exit")
    await window.page.wait_for_url(EXIT)


async def test_leaving_drops_the_conversation_on_the_server_at_once(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("a secret")
    await window.said(2).wait_for()
    assert rows(gateway) > 0
    await leave(window)
    await until(lambda: rows(gateway) == 0, 2)


@pytest.mark.parametrize("lacking", OLDER.values(), ids=OLDER)
async def test_an_older_browser_tells_the_server_too(open_window, gateway, lacking):
    window = await open_window("about:blank", greeted=False)
    await window.context.add_init_script(lacking)
    await window.page.goto(gateway.url)
    await window.said(1).wait_for()
    await leave(window)
    await until(lambda: rows(gateway) == 0, 2)


async def test_an_answer_that_is_still_thought_about_never_comes(open_window, gateway):
    gateway.enclave.delay = 1.5
    try:
        window = await open_window(gateway.url, greeted=False)
        await window.page.fill("#text", "a secret")
        await window.page.press("#text", "Enter")
        heard = len(gateway.enclave.turns)
        await until(lambda: len(gateway.enclave.turns) > heard - 1 and gateway.enclave.turns)
        await leave(window)
        await until(lambda: rows(gateway) == 0, 2)
        await asyncio.sleep(3)
        assert rows(gateway) == 0
    finally:
        gateway.enclave.delay = 0.0


@pytest.mark.parametrize("streams", [True, False])
async def test_a_conversation_that_is_left_elsewhere_is_left_in_every_tab(
    open_window, gateway, streams
):
    window = await open_window(gateway.url)
    name = await window.measure(NAME)
    twin = await window.context.new_page()
    if not streams:
        await twin.add_init_script("window.ReadableStream = undefined")
    await twin.add_init_script(f"sessionStorage.setItem('c-webchat', {json.dumps(name)})")
    await twin.goto(gateway.url)
    await twin.locator(".theirs").first.wait_for()
    await leave(window)
    await twin.wait_for_url(EXIT)
    await until(lambda: rows(gateway) == 0, 2)


async def test_a_tab_that_is_restored_after_leaving_begins_anew(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("a secret")
    await window.said(2).wait_for()
    name = await window.measure(NAME)
    await leave(window)
    restored = await window.context.new_page()
    await restored.goto(f"{gateway.url}/health")
    await restored.evaluate("name => sessionStorage.setItem('c-webchat', name)", name)
    await restored.goto(gateway.url)
    await expect(restored.locator(".theirs")).to_have_text(["1: greet"])
    await expect(restored.locator(".mine")).to_have_count(0)
    assert await restored.evaluate(NAME) not in (name, None)


async def test_reloading_and_coming_back_after_leaving_begin_anew(open_window, gateway):
    window = await open_window(gateway.url)
    await window.page.goto(f"{gateway.url}/health")
    await window.page.goto(gateway.url)  # twice in the history of one tab
    await window.write("a secret")
    await window.said(2).wait_for()
    await leave(window)
    for move in (window.page.go_back, window.page.go_back, window.page.reload):
        await move()
        assert "secret" not in await window.page.content()
    await expect(window.said(1)).to_have_text("1: greet")


@asynccontextmanager
async def remembering(chromium):
    """Give a page of a browser that keeps left pages in memory, which tests usually forbid."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield await browser.new_page()
        await browser.close()


async def test_out_of_the_browser_s_memory_nothing_that_was_said_comes_back(chromium, gateway):
    async with remembering(chromium) as page:
        await page.goto(gateway.url)
        await page.fill("#text", "a secret")
        await page.press("#text", "Enter")
        await page.locator(".theirs").nth(1).wait_for()
        await page.goto(f"{gateway.url}/health")
        await page.go_back(wait_until="commit")
        assert "secret" not in await page.inner_text("body")


async def test_the_form_does_not_come_back_out_of_the_browser_s_memory(chromium, gateway):
    async with remembering(chromium) as page:
        await page.goto(f"{gateway.url}/plain")
        await page.fill("#text", "a secret")
        await page.click("#write button")
        await expect(page.locator(".theirs")).to_have_text("1: a secret")
        await page.click("header button")
        assert "secret" not in await way_back(page)


async def test_the_first_screen_says_what_leaving_does_and_what_the_browser_keeps(
    open_window, gateway
):
    window = await open_window(gateway.url, viewport={"width": 320, "height": 568})
    page = window.page
    await expect(page.get_by_text("“Leave now” ends this conversation")).to_be_in_viewport()
    await expect(page.get_by_text(HISTORY)).to_be_in_viewport()
    await expect(page.get_by_role("link", name="Leave now")).to_have_accessible_description(
        f"“Leave now” ends this conversation and deletes it. {HISTORY}"
    )
    await window.write("hola")
    await expect(page.get_by_text(HISTORY)).to_be_hidden()
    await page.locator("#exit").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(HISTORY)).to_be_in_viewport()


async def test_while_the_other_page_loads_there_is_a_tip_that_tells_nothing(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("a secret")
    await window.said(2).wait_for()
    shown = "document.getElementById('exit').click(), [document.body.innerText, document.title]"
    assert await window.measure(shown) == [TIP, "Chat"]
    await window.page.wait_for_url(EXIT)


async def open_plain(open_window, gateway):
    window = await open_window(f"{gateway.url}/plain", java_script_enabled=False, greeted=False)
    await window.page.fill("#text", "a secret")
    await window.page.get_by_role("button", name="Send").click()
    await expect(window.said(1)).to_have_text("1: a secret")
    return window


async def test_without_scripts_a_button_leaves_and_drops_the_conversation(open_window, gateway):
    window = await open_plain(open_window, gateway)
    await window.page.get_by_role("button", name="Leave and delete").click()
    await until(lambda: rows(gateway) == 0, 2)
    assert "secret" not in await way_back(window.page)


async def way_back(page):
    """Return what the way back shows, once the browser has followed the way out.

    Playwright does not simulate what stands behind a redirect: the other page cannot be reached.
    """
    gone = ("chrome-error://chromewebdata/", EXIT)
    await until(lambda: page.url in gone)
    await page.wait_for_timeout(500)
    with suppress(Error):  # a form that the browser does not send again is an error too
        await page.go_back(timeout=5000)
    await page.wait_for_timeout(500)
    return await page.content()


async def test_without_scripts_the_page_says_what_the_link_cannot_do(open_window, gateway):
    window = await open_window(f"{gateway.url}/plain", java_script_enabled=False, greeted=False)
    page = window.page
    await expect(page.get_by_text("the Back button may show this one again")).to_be_visible()
    await expect(page.get_by_text(HISTORY)).to_be_visible()
    await expect(page.get_by_role("link", name="Leave now")).to_have_attribute("href", EXIT)
    window = await open_plain(open_window, gateway)
    await expect(window.page.get_by_text(HISTORY)).to_be_hidden()
    await window.page.locator("summary").press("Enter")
    await expect(window.page.get_by_text(HISTORY)).to_be_visible()


async def test_the_word_for_it_leaves_as_the_button_does(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("salgo")
    await window.page.wait_for_url(EXIT)
    assert window.left_for == [EXIT]
    await until(lambda: rows(gateway) == 0, 2)
    await window.page.goto(f"{gateway.url}/health")
    assert await window.measure("sessionStorage.length") == 0


async def test_the_word_for_it_leaves_the_form_too(open_window, gateway):
    window = await open_plain(open_window, gateway)
    await window.page.fill("#text", "salgo")
    await window.page.get_by_role("button", name="Send").click()
    assert "secret" not in await way_back(window.page)
    assert rows(gateway) == 0
