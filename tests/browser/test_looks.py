"""Readable on an old telephone and on a screen, in either direction, by day and by night."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
WIDTHS = [320, 360, 1280]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Contrast as WCAG 2.2 computes it, of text and what is behind it.
CONTRAST = """(selector) => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll(selector)].map((node) => {
    const fore = getComputedStyle(node, node.placeholder ? "::placeholder" : null).color;
    const pair = [light(parse(fore)), light(behind(node))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  });
}"""
TEXTS = "#exit, #about p, summary, .mine, .theirs, .theirs a, .choices button, #text, #send"
MOVES = """() => document.getAnimations().length
  + (getComputedStyle(document.getElementById("log")).scrollBehavior === "smooth" ? 1 : 0)"""
SIZES = """(selector) => [...document.querySelectorAll(selector)].map((node) => {
  const box = node.getBoundingClientRect(); return Math.min(box.width, box.height); })"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("asked", ["long", "lines", "word", "arabic"])
async def test_nothing_is_wider_than_the_screen(open_window, gateway, width, asked):
    window = await open_window(gateway.url, viewport={"width": width, "height": 640})
    await window.write(asked)
    await window.said(2).wait_for()
    assert await window.measure(OVERFLOW) <= 0
    for selector in (".theirs", ".mine", ".choices", "#write", "#exit"):
        box = await window.page.locator(selector).last.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_text_stands_out_from_what_is_behind_it(open_window, gateway, colours):
    window = await open_window(gateway.url, color_scheme=colours)
    await window.write("lines")
    await window.said(2).wait_for()
    contrasts = await window.page.evaluate(CONTRAST, TEXTS)
    assert len(contrasts) > 8
    assert min(contrasts) >= 4.5


async def test_day_and_night_differ(open_window, gateway):
    back = "getComputedStyle(document.body).backgroundColor"
    day = await open_window(gateway.url, color_scheme="light")
    night = await open_window(gateway.url, color_scheme="dark")
    assert await day.measure(back) != await night.measure(back)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
async def test_nothing_moves_for_whoever_wants_no_motion(open_window, gateway, motion):
    gateway.enclave.delay = 3.0
    try:
        window = await open_window(gateway.url, reduced_motion=motion, greeted=False)
        await window.page.locator("#wait").wait_for()
        assert (await window.page.evaluate(MOVES) > 0) == (motion == "no-preference")
        await window.said(1).wait_for()
        await expect(window.page.locator("#wait")).to_be_hidden()
    finally:
        gateway.enclave.delay = 0.0


@pytest.mark.parametrize("width", WIDTHS)
async def test_what_is_touched_is_large_enough_for_a_thumb(open_window, gateway, width):
    window = await open_window(gateway.url, viewport={"width": width, "height": 640})
    sizes = await window.page.evaluate(SIZES, "#exit, summary, #send, #text, .choices button")
    assert len(sizes) == 6
    assert min(sizes) >= 44


async def test_a_reply_from_right_to_left_turns_the_page(open_window, gateway):
    window = await open_window(gateway.url)
    assert await window.page.get_attribute("html", "dir") == "ltr"
    await window.write("arabic")
    await window.said(2).wait_for()
    assert await window.page.get_attribute("html", "dir") == "rtl"
    assert await window.page.get_attribute("html", "lang") == "ar"
    send = await window.page.locator("#send").bounding_box()
    text = await window.page.locator("#text").bounding_box()
    assert send is not None
    assert text is not None
    assert send["x"] < text["x"]
    number = window.said(2).locator("a")
    assert await number.get_attribute("dir") == "ltr"
    assert await window.page.get_attribute("#text", "placeholder") == "اكتب رسالة"


async def test_a_browser_set_to_arabic_begins_from_the_right(open_window, gateway):
    gateway.enclave.delay = 1.0
    try:
        window = await open_window(gateway.url, locale="ar-EG", greeted=False)
        await expect(window.page.locator("html")).to_have_attribute("dir", "rtl")
        await window.said(1).wait_for()
    finally:
        gateway.enclave.delay = 0.0


@pytest.mark.parametrize(("locale", "write"), [("es-SV", "Escriba un mensaje"), ("en-GB", "Write")])
async def test_labels_are_in_the_language_of_the_browser_until_an_answer_tells_more(
    open_window, gateway, locale, write
):
    gateway.enclave.delay = 1.0
    try:
        window = await open_window(gateway.url, locale=locale, greeted=False)
        await expect(window.page.get_by_placeholder(write)).to_be_visible()
    finally:
        gateway.enclave.delay = 0.0
    await window.said(1).wait_for()
    assert gateway.enclave.turns[-1].language == locale[:2]
    await window.write("spanish")
    await window.said(2).wait_for()
    assert await window.page.get_attribute("html", "lang") == "es"


async def test_where_the_focus_is_can_be_seen(open_window, gateway):
    window = await open_window(gateway.url)
    for _ in range(6):
        await window.page.keyboard.press("Tab")
        shown = await window.measure(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return document.activeElement === document.body ? 3"
            " : s.outlineStyle === 'solid' ? parseFloat(s.outlineWidth) : 0; })()"
        )
        assert shown >= 2


async def test_every_control_has_a_name_and_new_replies_are_read_out(open_window, gateway):
    window = await open_window(gateway.url)
    page = window.page
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.get_by_role("button", name="Send")).to_be_visible()
    await expect(page.get_by_role("link", name="Leave now")).to_be_visible()
    await expect(page.get_by_role("main")).to_be_visible()
    await expect(page.get_by_role("heading", level=1, name="Conversation")).to_be_attached()
    log = page.get_by_role("log", name="Conversation")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("group", name="Choices")).to_be_visible()
    await expect(page.get_by_role("status")).to_be_attached()
    nameless = "[...document.querySelectorAll('button, a')].filter(n => !n.textContent.trim() && !n.getAttribute('aria-label')).length"
    assert await window.measure(nameless) == 0
    doubled = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(n => n.id))"
    assert await window.measure(doubled) == 0
    assert await page.get_attribute("html", "lang") == "en"
