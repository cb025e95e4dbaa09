"""Everybody changes their own password and app, and signs out wherever they are."""

from __future__ import annotations

import re

import pyotp
from simulators.console_people import PASSWORD, enrolled, is_in
from sqlalchemy import func, select

from console.models import DeviceRow, RecoveryCodeRow, SessionRow

NEW = "a lighthouse on the left"


async def signed_in(console, browsers, person):
    browser = browsers.stranger()
    assert is_in(await browser.post("/sign-in", data=person.fields(console)))
    return browser


async def test_a_new_password_counts_at_once_and_signs_others_out(console, clock, browsers):
    ana = await enrolled(console)
    browser = await signed_in(console, browsers, ana)
    clock.passes(minutes=1)
    other = await signed_in(console, browsers, ana)
    answer = await browser.post(
        "/account/password", data={"password": PASSWORD, "new-password": NEW, "again": NEW}
    )
    assert answer.headers["location"] == "/account"
    assert "Your password is changed" in (await browser.get("/account")).text
    assert (await other.get("/account")).status_code == 303
    clock.passes(minutes=1)
    old, new = ana.fields(console), ana.fields(console, password=NEW)
    assert not is_in(await browsers.stranger().post("/sign-in", data=old))
    assert is_in(await browsers.stranger().post("/sign-in", data=new))


async def test_a_browser_left_alone_is_not_enough_to_change_anything(console, browsers):
    ana = await enrolled(console)
    browser = await signed_in(console, browsers, ana)
    sent = {"password": "not hers at all", "new-password": NEW, "again": NEW}
    for _ in range(5):
        answer = await browser.post("/account/password", data=sent)
        assert "This is not your password" in answer.text
    answer = await browser.post("/account/password", data={**sent, "password": PASSWORD})
    assert "Wait 1 second" in answer.text
    answer = await browser.post("/account/second-factor", data={"password-for-factor": "x"})
    assert answer.status_code == 422
    assert (await browser.get("/account/second-factor")).headers["location"] == "/account"


async def test_a_new_app_replaces_the_old_one_once_it_shows_a_code(console, clock, browsers):
    ana = await enrolled(console)
    browser = await signed_in(console, browsers, ana)
    await browser.post("/account/second-factor", data={"password-for-factor": PASSWORD})
    page = (await browser.get("/account/second-factor")).text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert (await browser.get("/account/second-factor/picture")).status_code == 200
    wrong = await browser.post("/account/second-factor/confirm", data={"code": "12345"})
    assert wrong.status_code == 422
    clock.passes(minutes=1)
    assert is_in(await browsers.stranger().post("/sign-in", data=ana.fields(console)))
    clock.passes(minutes=1)
    code = pyotp.TOTP(secret).at(int(clock().timestamp()))
    taken = await browser.post("/account/second-factor/confirm", data={"code": code})
    assert len(re.findall(r"<li><code>", taken.text)) == 10
    async with console.sessions() as session:
        assert (await session.scalar(select(func.count()).select_from(RecoveryCodeRow))) == 10
    clock.passes(minutes=1)
    later = pyotp.TOTP(secret).at(int(clock().timestamp()))
    assert not is_in(await browsers.stranger().post("/sign-in", data=ana.fields(console)))
    new = ana.fields(console, code=later)
    assert is_in(await browsers.stranger(address="192.0.2.9").post("/sign-in", data=new))


async def test_signing_out_everywhere_ends_every_session_and_knows_no_browser(
    console, clock, browsers
):
    ana = await enrolled(console)
    browser = await signed_in(console, browsers, ana)
    clock.passes(minutes=1)
    other = await signed_in(console, browsers, ana)
    await browser.post("/account/sign-out-everywhere")
    for one in (browser, other):
        assert (await one.get("/account")).headers["location"] == "/sign-in"
    async with console.sessions() as session:
        for table in (SessionRow, DeviceRow):
            assert (await session.scalars(select(table))).all() == []


async def test_the_page_says_who_one_is_in_ones_own_language(client_as):
    browser = await client_as("region_coordinator", countries=("SV", "GT"), locale="es")
    page = (await browser.get("/account")).text
    assert '<html lang="es" dir="ltr"' in page
    assert "Coordinación regional" in page
    assert "El Salvador, Guatemala" in page
