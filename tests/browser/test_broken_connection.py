"""A connection that breaks loses nothing and doubles nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from simulators.cable import cable_to
from simulators.faro import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TOLD = "No connection. Trying again."
PATIENCE = 15_000  # milliseconds


async def test_what_is_answered_meanwhile_comes_when_the_stream_is_back(open_window, gateway):
    async with cable_to(gateway.url) as (cable, url):
        window = await open_window(url)
        gateway.enclave.delay = 1.5
        try:
            heard = len(gateway.enclave.turns)
            await window.write("first")
            await until(lambda: len(gateway.enclave.turns) > heard)
            cable.pull()
            await expect(window.page.get_by_role("status")).to_have_text(TOLD)
            await window.page.wait_for_timeout(2000)  # the answer is there before the page is
        finally:
            gateway.enclave.delay = 0.0
        cable.plug_in()
        await expect(window.said(2)).to_have_text("2: first", timeout=PATIENCE)
        await window.write("second")
        await expect(window.said(3)).to_have_text("3: second")
        assert await window.replies() == ["1: greet", "2: first", "3: second"]
        await expect(window.page.get_by_role("status")).to_have_text("")


async def test_what_is_written_without_a_connection_is_sent_once_in_order(open_window, gateway):
    async with cable_to(gateway.url) as (cable, url):
        window = await open_window(url)
        cable.pull()
        for text in ("one", "two", "three"):
            await window.write(text)
        await expect(window.page.get_by_role("status")).to_have_text(TOLD)
        cable.plug_in()
        await expect(window.said(4)).to_have_text("4: three", timeout=PATIENCE)
        assert await window.replies() == ["1: greet", "2: one", "3: two", "4: three"]


async def test_a_message_whose_receipt_was_lost_is_answered_once(open_window, gateway):
    async with cable_to(gateway.url) as (cable, url):
        window = await open_window(url)
        cable.deaf = True
        heard = len(gateway.enclave.turns)
        await window.write("once")
        await until(lambda: len(gateway.enclave.turns) > heard)
        cable.pull()
        await window.page.wait_for_timeout(300)
        cable.plug_in()
        await expect(window.said(2)).to_have_text("2: once", timeout=PATIENCE)
        await window.write("next")
        await expect(window.said(3)).to_have_text("3: next", timeout=PATIENCE)
        assert await window.replies() == ["1: greet", "2: once", "3: next"]
        assert [turn.text for turn in gateway.enclave.turns[heard:]] == ["once", "next"]
