"""Try-out accounts: there in try-out mode only, loudly marked, and nobody's anywhere else."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from simulators.console import URL, Browsers
from sqlalchemy import select, update

from console.app import build_app
from console.clock import now
from console.demo import settle_demo
from console.migrate import upgrade
from console.models import OperatorRow
from console.permissions import Role
from console.settings import is_loopback, read_settings
from console.wiring import open_console
from delivery.setting_reader import SettingError
from directory.parts import Part
from directory.stewardship import Steward, assign, steward_of

NEEDED = {"DATABASE_URL": "postgresql://x@/y", "FARO_CONSOLE_KEY": "a" * 43 + "="}


@pytest_asyncio.fixture
async def trying(console_settings, fast_passwords):
    """A console in try-out mode, and the code for it."""
    upgrade(console_settings.database_url)
    settings = replace(console_settings, demo=True)
    code = await settle_demo(settings, now=now())
    async with open_console(settings, passwords=fast_passwords) as console:
        browsers = Browsers(build_app(console), console)
        yield browsers, code
        for client in browsers.opened:
            await client.aclose()


async def enter(browser: httpx.AsyncClient, code: str, role: str = "admin") -> httpx.Response:
    return await browser.post("/sign-in/try-out", data={"try-out-code": code, "role": role})


async def test_the_editor_has_something_to_edit_until_the_try_out_ends(trying, console_settings):
    browsers, _ = trying

    async def steward() -> Steward | None:
        async with browsers.console.sessions() as session:
            return await steward_of(session, Part.SERVICES, "sv-s01", country="SV")

    assert await steward() == Steward("try-out", "Demo editor", "SV")
    await settle_demo(console_settings, now=now())
    assert await steward() is None


async def test_the_editor_takes_a_country_from_nobody(trying, console_settings):
    browsers, _ = trying
    async with browsers.console.sessions.begin() as session:
        await assign(session, part=None, scope="SV", organisation="isdemu", steward="Ana")
    await settle_demo(replace(console_settings, demo=True), now=now())
    async with browsers.console.sessions() as session:
        found = await steward_of(session, Part.SERVICES, "sv-s01", country="SV")
    assert found == Steward("isdemu", "Ana", "SV")


@pytest.mark.parametrize("role", Role)
async def test_the_code_opens_an_account_of_each_role_again_and_again(trying, role):
    browsers, code = trying
    for _ in range(2):
        browser = browsers.stranger("es")
        assert (await enter(browser, code.lower(), role)).headers["location"] == "/"
        page = (await browser.get("/account")).text
        assert f"Demo {role.replace('_', ' ')}" in page


async def test_every_page_says_that_this_is_a_try_out(trying):
    browsers, code = trying
    browser = browsers.stranger("es")
    pages = [await browser.get("/sign-in"), await browser.get("/enrol")]
    await enter(browser, code)
    pages += [await browser.get("/account"), await browser.get("/not-there")]
    assert all("Modo de prueba" in page.text for page in pages)


async def test_another_code_opens_nothing_and_cannot_be_guessed(trying):
    browsers, code = trying
    browser = browsers.stranger()
    answers = [await enter(browser, code[:-1] + letter) for letter in "!?*+~#"]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert (await browser.post("/enrol", data={"code": code})).status_code != 303


async def test_outside_of_try_out_mode_the_accounts_are_nobodys(trying, console_settings):
    browsers, code = trying
    inside = browsers.stranger()
    await enter(inside, code)
    async with open_console(console_settings) as console:
        other = Browsers(build_app(console), console).stranger()
        other.cookies.update(inside.cookies)
        assert (await other.get("/account")).headers["location"] == "/sign-in"
        assert (await enter(other, code)).status_code == 404
        assert "Modo de prueba" not in (await other.get("/sign-in")).text
        await other.aclose()
    assert await settle_demo(console_settings, now=now()) is None
    assert (await inside.get("/account")).headers["location"] == "/sign-in"


async def test_a_try_out_account_never_gets_in_by_name(trying):
    browsers, _ = trying
    console = browsers.console
    async with console.sessions.begin() as session:
        hashed = await console.passwords.hashed("three small blue boats")
        await session.execute(update(OperatorRow).values(password=hashed))
        name = (await session.scalars(select(OperatorRow.name).limit(1))).one()
    sent = {"name": name, "password": "three small blue boats", "code": "000000"}
    assert (await browsers.stranger().post("/sign-in", data=sent)).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"FARO_DEMO": "1", "PUBLIC_URL": "https://faro.example.org"},
        {"FARO_DEMO": "1", "FARO_CONSOLE_URL": "https://console.example.org"},
        {"FARO_DEMO": "1", "PUBLIC_URL": "http://127.0.0.1.example.org"},
        {"FARO_DEMO": "yes"},
    ],
)
def test_where_strangers_come_by_it_is_refused(wrong):
    with pytest.raises(SettingError, match="FARO_DEMO"):
        read_settings({**NEEDED, **wrong})


def test_on_this_machine_it_is_not():
    assert read_settings({**NEEDED, "FARO_DEMO": "1", "PUBLIC_URL": URL}).demo
    assert not read_settings({**NEEDED, "PUBLIC_URL": "https://faro.example.org"}).demo
    assert is_loopback("http://[::1]:8000")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FARO_CONSOLE_KEY", "c2hvcnQ="),
        ("FARO_CONSOLE_KEY", ""),
        ("FARO_CONSOLE_PORT", "0"),
        ("FARO_CONSOLE_URL", "gopher://x"),
        ("DATABASE_URL", ""),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(name, value):
    with pytest.raises(SettingError, match=name) as refused:
        read_settings({**NEEDED, name: value})
    assert not value or value not in str(refused.value)
    assert "aaaa" not in repr(read_settings(NEEDED))
