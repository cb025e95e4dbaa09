"""Writing, choosing and reading, as a person with a telephone or a keyboard does."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
FOCUSED = "document.activeElement.id || document.activeElement.textContent"


async def test_it_greets_unasked_and_answers_what_is_written(open_window, gateway):
    window = await open_window(gateway.url)
    assert await window.replies() == ["1: greet"]
    await window.write("hola")
    await expect(window.said(2)).to_have_text("2: hola")
    assert await window.page.locator(".mine").all_inner_texts() == ["hola"]
    assert await window.page.input_value("#text") == ""


async def test_the_send_button_does_what_enter_does(open_window, gateway):
    window = await open_window(gateway.url)
    await window.page.fill("#text", "hola")
    await window.page.click("#send")
    await expect(window.said(2)).to_have_text("2: hola")


async def test_an_empty_message_is_not_sent(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("   ")
    assert await window.page.locator(".mine").count() == 0


async def test_choices_are_buttons_that_go_once_one_is_chosen(open_window, gateway):
    window = await open_window(gateway.url)
    buttons = window.page.locator(".choices button")
    assert await buttons.all_inner_texts() == ["Care and my rights", "A place near me"]
    await buttons.nth(1).click()
    await expect(window.said(2)).to_have_text("2: find_service")
    assert await window.page.locator(".mine").all_inner_texts() == ["A place near me"]
    assert await window.page.locator(".choices").count() == 1  # only those of the newest answer


async def test_newer_choices_take_the_place_of_older_ones(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("hola")
    await window.said(2).wait_for()
    await expect(window.page.locator(".choices")).to_have_count(1)


async def test_by_keyboard_alone_one_can_write_choose_and_leave(open_window, gateway):
    window = await open_window(gateway.url)
    page = window.page
    assert await window.measure(FOCUSED) == "text"
    await page.keyboard.type("hola")
    await page.keyboard.press("Enter")
    await expect(window.said(2)).to_have_text("2: hola")
    order = []
    await page.locator("#exit").focus()
    for _ in range(7):
        order.append(await window.measure(FOCUSED))
        await page.keyboard.press("Tab")
    assert order[1:] == ["?", "log", "Care and my rights", "A place near me", "text", "send"]
    for _ in range(3):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(window.said(3)).to_have_text("3: find_service")
    assert await window.measure(FOCUSED) == "text"  # where the next thing is written
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two lines")
    assert await page.input_value("#text") == "\ntwo lines"


async def test_on_a_telephone_a_choice_does_not_open_the_keyboard(open_window, gateway):
    window = await open_window(gateway.url, has_touch=True, is_mobile=True)
    await window.page.locator(".choices button").first.tap()
    await expect(window.said(2)).to_have_text("2: rights_care")
    assert await window.measure(FOCUSED) != "text"


async def test_a_long_answer_is_read_from_its_beginning(open_window, gateway):
    window = await open_window(gateway.url, viewport={"width": 360, "height": 640})
    await window.write("long")
    await window.said(2).wait_for()
    await expect(window.page.locator(".mine").last).to_be_in_viewport()
    await expect(window.said(2).get_by_text("Line 0 of")).to_be_in_viewport()
    await expect(window.said(2).get_by_text("Line 39 of")).not_to_be_in_viewport()


async def test_numbers_to_call_and_addresses_are_links_and_years_and_prices_are_not(
    open_window, gateway
):
    window = await open_window(gateway.url)
    await window.write("lines")
    await window.said(2).wait_for()
    links = window.said(2).locator("a")
    assert [await link.get_attribute("href") for link in await links.all()] == [
        "tel:112", "tel:15900", "mailto:sos@example.org", "tel:+302108616280", "tel:+302108616266",
        "https://example.org/a?b=1",
    ]  # fmt: skip
    outward = links.last
    assert await outward.get_attribute("rel") == "noopener noreferrer"
    assert await outward.get_attribute("target") == "_blank"


async def test_what_is_said_is_never_read_as_html(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("markup")
    await expect(window.said(2)).to_have_text("<img src=x onerror=alert(1)><b>bold</b>")
    await window.write("<b>mine</b>")
    await expect(window.page.locator(".mine").last).to_have_text("<b>mine</b>")
    assert await window.page.locator("#log img, #log b").count() == 0


async def test_a_page_that_is_loaded_again_goes_on_and_is_not_empty(open_window, gateway):
    window = await open_window(gateway.url)
    await window.write("hola")
    await expect(window.said(2)).to_have_text("2: hola")
    await window.page.reload()
    await expect(window.said(1)).to_have_text("3: greet")


async def test_the_try_out_phone_counts_what_an_sms_costs(open_window, gateway):
    window = await open_window(f"{gateway.url}/try")
    await expect(window.page.locator(".count").first).to_have_text("1 × SMS")
    await window.write("2")
    await expect(window.said(2)).to_contain_text("2: find_service")
