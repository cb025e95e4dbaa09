"""Leaving at once, leaving nothing behind, and asking nobody else for anything."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
KEPT = "Object.keys(localStorage).length + Object.keys(sessionStorage).length + document.cookie"
EXIT = "https://www.wikipedia.org/"


async def leave_by_click(page):
    await page.click("#exit")


async def leave_by_keys(page):
    for _ in range(3):
        await page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [leave_by_click, leave_by_keys])
async def test_leaving_shows_another_page_and_the_way_back_does_not_lead_here(
    open_window, gateway, leave
):
    window = await open_window(f"{gateway.url}/health", greeted=False)
    page = window.page
    await page.goto(gateway.url)
    await window.said(1).wait_for()
    await window.write("a secret")
    await window.said(2).wait_for()
    await leave(page)
    await page.wait_for_url(EXIT)
    assert await page.title() == "Weather"
    assert window.left_for == [EXIT]
    await page.go_back()
    assert page.url == f"{gateway.url}/health"
    assert "secret" not in await page.content()
    assert await window.measure(KEPT) == "0"


async def test_after_leaving_the_page_begins_a_new_conversation(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("a secret")
    await window.said(2).wait_for()
    await leave_by_click(window.page)
    await window.page.wait_for_url(EXIT)
    await window.page.goto(gateway.url)
    await expect(window.said(1)).to_have_text("1: greet")  # counts from one again
    assert "secret" not in await window.page.inner_text("body")


async def test_one_or_two_escapes_do_not_leave(open_window, gateway):
    window = await open_window(gateway.url)
    for _ in range(2):
        await window.page.keyboard.press("Escape")
    await window.write("still here")
    await expect(window.said(2)).to_have_text("2: still here")
    assert window.left_for == []


async def test_the_title_and_the_address_tell_nothing(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("he is hitting me")
    await window.said(2).wait_for()
    assert await window.page.title() == "Chat"
    assert window.page.url == f"{gateway.url}/"


async def test_the_browser_keeps_a_random_name_for_this_tab_and_no_word(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("a secret")
    await window.said(2).wait_for()
    kept = await window.measure("JSON.stringify([localStorage, sessionStorage])")
    assert "secret" not in kept
    assert await window.measure("Object.keys(localStorage).length") == 0
    assert await window.measure("Object.keys(sessionStorage)") == ["c-webchat"]
    assert await window.context.cookies() == []
    other = await window.context.new_page()
    await other.goto(gateway.url)
    await expect(other.locator(".theirs").first).to_have_text("1: greet")


async def test_no_request_leaves_the_machine(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("lines")
    await window.said(2).wait_for()
    await window.page.locator(".choices button").first.click()
    await window.said(3).wait_for()
    assert {urlsplit(url).hostname for url in window.asked if url != "data:,"} == {"127.0.0.1"}


async def test_no_request_says_where_it_came_from(open_window, gateway):
    window = await open_window(gateway.url)
    referrers = []
    window.context.on("request", lambda request: referrers.append(request.headers.get("referer")))
    await window.write("hola")
    await window.said(2).wait_for()
    await leave_by_click(window.page)
    await window.page.wait_for_url(EXIT)
    assert set(referrers) == {None}


async def test_a_script_that_gets_into_the_page_does_not_run(open_window, gateway):
    window = await open_window(gateway.url)
    refused = []
    window.page.on("console", lambda message: refused.append(message.text))
    await window.measure(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.appendChild(s); document.body.insertAdjacentHTML('beforeend',"
        " '<img src=x onerror=\"window.ran = 1\">'); })()"
    )
    await window.page.wait_for_timeout(300)
    assert await window.measure("window.ran === undefined")
    assert any("Content Security Policy" in text for text in refused)


async def test_the_page_cannot_be_framed_by_another(open_window, gateway):
    window = await open_window(gateway.url)
    answer = await window.context.request.get(gateway.url)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_without_scripts_a_form_answers(open_window, gateway):
    window = await open_window(
        gateway.url, java_script_enabled=False, greeted=False, locale="es-SV"
    )
    page = window.page
    await page.wait_for_url(f"{gateway.url}/plain")
    await page.fill("#text", "hola")
    await page.get_by_role("button", name="Enviar").click()
    await expect(window.said(1)).to_have_text("1: hola")
    await page.get_by_role("button", name="A place near me").click()
    await expect(window.said(1)).to_have_text("2: find_service")
    assert await page.title() == "Chat"
    await page.get_by_role("link", name="Salir").click()
    await page.wait_for_url(EXIT)
    assert {urlsplit(url).hostname for url in window.asked} == {"127.0.0.1", "www.wikipedia.org"}


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_form_without_scripts_fits_the_screen(open_window, gateway, width):
    window = await open_window(
        f"{gateway.url}/plain", java_script_enabled=False, greeted=False,
        viewport={"width": width, "height": 640},
    )  # fmt: skip
    await window.page.fill("#text", "long")
    await window.page.get_by_role("button", name="Send").click()
    await window.said(1).wait_for()
    for box in [
        await part.bounding_box() for part in await window.page.locator("form > *, .theirs").all()
    ]:
        assert box is None or box["x"] + box["width"] <= width
