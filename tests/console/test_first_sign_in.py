"""Somebody new sets a password and an app with a code that counts once."""

from __future__ import annotations

import re

import pyotp
import pytest
from simulators.console_people import PASSWORD, enrolled, is_in

from console import enrolling, operator_records
from console.operator_records import Told
from console.permissions import Role


async def added(console, name="Rosa Méndez", role=Role.REVIEWER):
    async with console.sessions.begin() as session:
        return await operator_records.add(
            session, console.keys, name, Told(role), actor="command line", now=console.clock()
        )


async def secret_on(browser) -> str:
    page = (await browser.get("/enrol/secure")).text
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def code_of(secret, clock):
    return pyotp.TOTP(secret).at(int(clock().timestamp()))


async def test_from_the_code_to_the_first_page(console, clock, browsers):
    code, browser = await added(console), browsers.stranger()
    assert (await browser.post("/enrol", data={"code": code})).headers["location"] == (
        "/enrol/secure"
    )
    secret = await secret_on(browser)
    picture = await browser.get("/enrol/picture")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "style=" not in picture.text
    page = (await browser.get("/enrol/secure")).text
    assert f'href="otpauth://totp/Faro:Rosa%20M%C3%A9ndez?secret={secret}' in page
    answer = await browser.post(
        "/enrol/secure",
        data={"new-password": PASSWORD, "again": PASSWORD, "code": code_of(secret, clock)},
    )
    recovery = re.findall(r"<li><code>([A-Z0-9-]+)</code>", answer.text)
    assert len({*recovery}) == 10
    assert 'action="/language"' not in answer.text  # which would lose them
    assert (await browser.get("/account")).status_code == 200
    fields = {"name": "rosa méndez", "password": PASSWORD}
    assert is_in(await browsers.stranger().post("/sign-in", data={**fields, "code": recovery[3]}))
    clock.passes(minutes=1)
    fields["code"] = code_of(secret, clock)
    assert is_in(await browsers.stranger().post("/sign-in", data=fields))


async def test_a_code_counts_once(console, clock, browsers):
    code, browser = await added(console), browsers.stranger()
    await browser.post("/enrol", data={"code": code})
    secret = await secret_on(browser)
    sent = {"new-password": PASSWORD, "again": PASSWORD, "code": code_of(secret, clock)}
    assert (await browser.post("/enrol/secure", data=sent)).status_code == 200
    assert (await browser.post("/enrol/secure", data=sent)).headers["location"] == "/enrol"
    again = await browsers.stranger().post("/enrol", data={"code": code})
    assert again.status_code == 422


async def test_a_code_ends_after_three_days_and_a_newer_one_replaces_it(console, clock, browsers):
    code = await added(console)
    async with console.sessions.begin() as session:
        row = await operator_records.find(session, "Rosa Méndez")
        newer = await enrolling.invite(session, console.keys, row.id, now=clock())
    assert (await browsers.stranger().post("/enrol", data={"code": code})).status_code == 422
    assert (await browsers.stranger().post("/enrol", data={"code": newer})).status_code == 303
    clock.passes(days=3, seconds=1)
    assert (await browsers.stranger().post("/enrol", data={"code": newer})).status_code == 422


async def test_codes_cannot_be_tried_out(console, browsers):
    await added(console)
    browser = browsers.stranger()
    answers = [await browser.post("/enrol", data={"code": f"{i:016}"}) for i in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (("short", "short"), "new-password", "at least 12"),
        (("Rosa Méndez ", "Rosa Méndez "), "new-password", "at least 12"),
        (("rosa méndez rosa méndez",) * 2, "new-password", "Your name"),
        (("contraseña1234",) * 2, "new-password", "first that anybody tries"),
        (("password 1234",) * 2, "new-password", "first that anybody tries"),
        (("x" * 201,) * 2, "new-password", "at most 200"),
        (("ababababababab",) * 2, "new-password", "first that anybody tries"),
        ((PASSWORD, "something else"), "again", "not the same"),
    ],
)
async def test_a_password_that_is_easy_to_guess_is_not_taken(
    console, browsers, typed, field, words
):
    password, again = typed
    code, browser = await added(console), browsers.stranger()
    await browser.post("/enrol", data={"code": code})
    sent = {"new-password": password, "again": again, "code": "000000"}
    answer = await browser.post("/enrol/secure", data=sent)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert words in answer.text
    assert 'href="#code"' in answer.text, "all faults are told at once"
    assert password.strip() not in re.sub(r"Rosa Méndez", "", answer.text)


async def test_without_a_code_there_is_nothing_to_set(browsers):
    browser = browsers.stranger()
    assert (await browser.get("/enrol/secure")).headers["location"] == "/enrol"
    assert (await browser.post("/enrol/secure", data={})).headers["location"] == "/enrol"
    assert (await browser.get("/enrol/picture")).status_code == 404


async def test_a_first_sign_in_under_way_opens_nothing_else(console, browsers):
    code, browser = await added(console), browsers.stranger()
    token = (await browser.post("/enrol", data={"code": code})).cookies["faro-enrolment"]
    browser.cookies.set("faro-session", token)
    assert (await browser.get("/account")).headers["location"] == "/sign-in"


async def test_a_reset_makes_password_app_and_sessions_count_no_more(console, clock, browsers):
    ana, browser = await enrolled(console), browsers.stranger()
    assert is_in(await browser.post("/sign-in", data=ana.fields(console)))
    async with console.sessions.begin() as session:
        row = await operator_records.find(session, ana.name)
        code = await operator_records.reset(
            session, console.keys, row, actor="command line", now=clock()
        )
    assert (await browser.get("/account")).status_code == 303
    clock.passes(minutes=1)
    for sent in (ana.fields(console), ana.fields(console, code=ana.recovery[0])):
        assert not is_in(await browsers.stranger().post("/sign-in", data=sent))
    assert (await browsers.stranger().post("/enrol", data={"code": code})).status_code == 303
