"""Signing in, the own account and operators: by keyboard, at 360 pixels, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pyotp
import pytest
from playwright.async_api import expect
from simulators.checkout import free_port
from simulators.console_people import PASSWORD, enrolled
from simulators.looking import looked_at, tab_order
from simulators.serving import serving

from console import operator_records
from console.app import build_app
from console.demo import seed
from console.operator_records import Told
from console.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def invited(served, name: str, role: Role = Role.REVIEWER) -> str:
    """Return the code of somebody new."""
    console = served.console
    async with console.sessions.begin() as session:
        return await operator_records.add(
            session, console.keys, name, Told(role), actor="command line", now=served.clock()
        )


def code_on(page_text: str, served) -> str:
    """Return what an app that scanned the page would show."""
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page_text)[1].replace(" ", "")
    return pyotp.TOTP(secret).at(int(served.clock().timestamp()))


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_a_first_sign_in_with_the_link(open_as, served, width, locale):
    name = f"Rosa {locale} {width}"
    code = await invited(served, name)
    page = await open_as(None, f"/enrol#{code}", width=width, locale=locale)
    await expect(page.locator("#code")).to_have_value(code)
    assert "#" not in page.url, "the code is gone from the address"
    await looked_at(page, f"enrol-{locale}-{width}")
    await page.click("main button[type=submit]")
    await page.wait_for_url("**/enrol/secure")
    drawn = await page.evaluate("document.querySelector('img.qr').naturalWidth")
    assert drawn > 100
    await looked_at(page, f"secure-{locale}-{width}")
    await page.fill("#new-password", "short but long enough")
    await page.fill("#again", "not the same")
    await page.fill("#code", "000000")
    await page.click("main button[type=submit]")
    await expect(page.locator(".errors li")).to_have_count(2)
    await looked_at(page, f"secure-faults-{locale}-{width}")
    await page.fill("#new-password", PASSWORD)
    await page.fill("#again", PASSWORD)
    await page.fill("#code", code_on(await page.content(), served))
    await page.click("main button[type=submit]")
    await expect(page.locator("ol.codes li")).to_have_count(10)
    await looked_at(page, f"recovery-{locale}-{width}")
    await page.click("main a[role=button]")
    await expect(page.locator(".who")).to_contain_text(name)


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_signing_in_by_keyboard_alone(open_as, served, width, locale):
    ana = await enrolled(served.console, f"Ana {locale} {width}")
    page = await open_as(None, "/sign-in", width=width, locale=locale)
    await looked_at(page, f"sign-in-{locale}-{width}")
    order = await tab_order(page, 6)
    assert order[2:5] == ["name", "password", "code"]
    await page.focus("#name")
    await page.keyboard.type(ana.name)
    await page.keyboard.press("Tab")
    await page.keyboard.type("wrong password")
    await page.keyboard.press("Tab")
    await page.keyboard.type("123456")
    await page.keyboard.press("Enter")
    summary = page.locator(".errors")
    await expect(summary).to_be_focused()
    await looked_at(page, f"sign-in-wrong-{locale}-{width}")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#name")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Tab")
    await page.keyboard.type(ana.code(served.console))
    await page.keyboard.press("Enter")
    await expect(page.locator(".who")).to_contain_text(ana.name)


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_the_own_account(open_as, width, locale):
    page = await open_as("admin", "/account", width=width, locale=locale)
    await looked_at(page, f"account-{locale}-{width}")
    await page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
    assert await page.evaluate("document.documentElement.lang") == locale
    assert await page.evaluate("document.documentElement.dir") == "ltr"


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_adding_an_operator(open_as, width, locale):
    page = await open_as("admin", "/operators", width=width, locale=locale)
    await looked_at(page, f"operators-{locale}-{width}")
    await page.click("main a[href='/operators/new']")
    await looked_at(page, f"operator-new-{locale}-{width}")
    await page.fill("#name", f"Eva {locale} {width}")
    await page.check("input[value=editor]")
    await page.click("main form > button[type=submit]")
    await expect(page.locator(".errors a")).to_have_attribute("href", "#organisation")
    await looked_at(page, f"operator-fault-{locale}-{width}")
    await page.fill("#organisation", "casa-sol")
    await page.check("input[value=SV]")
    await page.click("main form > button[type=submit]")
    await expect(page.locator("code.secret").first).to_contain_text("/enrol#")
    await looked_at(page, f"invited-{locale}-{width}")
    await page.click("main a[role=button]")
    await page.click(f"text=Eva {locale} {width}")
    await looked_at(page, f"operator-{locale}-{width}")
    await page.click("form[action$='/disable'] button")
    await expect(page.locator(".said")).to_contain_text("Eva")


@pytest.mark.parametrize("locale", ["es", "en"])
async def test_refusals_can_be_read_and_left(open_as, locale):
    page = await open_as("editor", "/operators", width=360, locale=locale, organisation="x")
    await looked_at(page, f"forbidden-{locale}-360")
    await page.goto("/not-there")
    await looked_at(page, f"not-there-{locale}-360")
    await page.click("main a")
    await expect(page.locator("main h1")).to_be_visible()


async def test_on_a_telephone_the_menu_opens_by_keyboard(open_as):
    page = await open_as("admin", "/account", width=360)
    link = page.get_by_role("link", name="Operators")
    await expect(link).to_be_hidden()
    await page.focus("details.menu summary")
    await page.keyboard.press("Enter")
    await expect(link).to_be_visible()
    await looked_at(page, "menu-en-360")
    await link.press("Enter")
    await expect(page.locator("main h1")).to_have_text("Operators")


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_try_out_is_loudly_marked(served, browser, width):
    port = free_port()
    settings = replace(
        served.console.settings, demo=True, url=f"http://127.0.0.1:{port}", port=int(port)
    )
    async with served.console.sessions.begin() as session:
        code = await seed(session, served.console.keys, now=served.clock())
    app = build_app(replace(served.console, settings=settings))
    async with serving(app, int(port)) as url:
        page = await browser.new_page(
            viewport={"width": width, "height": 800}, locale="es", base_url=url
        )
        await page.goto("/sign-in")
        await looked_at(page, f"try-out-es-{width}")
        await page.fill("#try-out-code", code)
        await page.select_option("#role", "reviewer")
        await page.click(".try-out button")
        await expect(page.locator(".who")).to_contain_text("Demo reviewer")
        await expect(page.locator(".demo")).to_contain_text("Modo de prueba")
        await page.close()
