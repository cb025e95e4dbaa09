"""One conversation in a real browser with the real Faro, as `make run` starts it."""

from __future__ import annotations

import asyncio

import needs
import pytest
from playwright.async_api import expect
from simulators.checkout import copied_checkout, free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    needs.ENCLAVE,
]
PATIENCE = 30_000  # milliseconds


async def test_a_question_in_spanish_is_answered_with_facts(open_window, tmp_path):
    with copied_checkout(tmp_path) as checkout:
        run = await asyncio.to_thread(checkout.up, {"FARO_PORT": free_port()})
        window = await open_window(run.url, locale="es-SV")
        await expect(window.said(1)).to_contain_text("Soy Faro")
        await window.write("soy solicitante de asilo en Grecia, ¿el doctor es gratis?")
        log = window.page.get_by_role("log")
        await expect(log).to_contain_text("PAAYPA", timeout=PATIENCE)
        await window.page.get_by_role("button", name="Menú").click()
        await expect(log).to_contain_text("Si hay peligro en Grecia", timeout=PATIENCE)
        assert await window.page.locator("a[href='tel:112']").count() > 0
        await asyncio.to_thread(run.stop)
