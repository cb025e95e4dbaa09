"""An admin adds, changes, disables and resets operators; all of it stands in the audit."""

from __future__ import annotations

import re

from simulators.console_people import enrolled, is_in

from directory import audit
from directory.stewardship import assign

ROSA = {"name": "Rosa Méndez", "role": "editor", "organisation": "casa-sol"}


async def address_of(browser, name: str) -> str:
    page = (await browser.get("/operators")).text
    return re.search(rf'href="(/operators/\d+)">{name}<', page)[1]


async def test_an_operator_is_added_and_enters_with_the_code(console, client_as, browsers):
    admin = await client_as("admin", name="Ana Reyes")
    answer = await admin.post("/operators/new", data={**ROSA, "countries": ["SV", "GT"]})
    code = re.search(r"/enrol#([A-Z0-9-]+)<", answer.text)[1]
    assert (await browsers.stranger().post("/enrol", data={"code": code})).status_code == 303
    page = (await admin.get("/operators")).text
    assert "El Salvador, Guatemala" in page
    assert code not in page
    async with console.sessions() as session:
        (written,) = await audit.entries(session)
        assert await audit.verify(session) is None
    assert (written.actor, written.action, written.entry) == (
        "Ana Reyes",
        "operator.add",
        "Rosa Méndez",
    )
    assert written.after["countries"] == ["GT", "SV"]
    assert code not in str(written.after)


async def test_a_form_with_a_fault_says_what_is_wrong_and_keeps_the_rest(client_as):
    admin = await client_as("admin", name="Ana Reyes")
    for sent, field, words in (
        ({**ROSA, "role": ""}, "role", "Choose a role"),
        ({**ROSA, "role": "captain"}, "role", "Choose a role"),
        ({**ROSA, "organisation": ""}, "organisation", "needs an organisation"),
        ({**ROSA, "organisation": "<b>"}, "organisation", "id"),
        ({**ROSA, "role": "region_coordinator"}, "countries", "needs a country"),
        ({**ROSA, "countries": ["XQ"]}, "countries", "two letters"),
        ({**ROSA, "languages": ["español!"]}, "languages", "tags"),
        ({**ROSA, "name": "x"}, "name", "2 to 60"),
        ({**ROSA, "name": "Command Line"}, "name", "2 to 60"),
        ({**ROSA, "name": "link:casa"}, "name", "2 to 60"),
        ({**ROSA, "name": "ANA  reyes"}, "name", "already"),
    ):
        answer = await admin.post("/operators/new", data=sent)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text, sent
        assert words in answer.text
        assert f'value="{ROSA["organisation"]}"' in answer.text or field == "organisation"


async def test_the_organisations_that_there_are_are_offered(console, client_as):
    async with console.sessions.begin() as session:
        for scope, organisation in (("SV", "casa-sol"), ("GT", "casa-luna"), ("HN", "casa-sol")):
            await assign(session, part=None, scope=scope, organisation=organisation, steward="Ana")
    shown = (await (await client_as("admin")).get("/operators/new")).text
    assert '<option value="casa-luna"></option><option value="casa-sol"></option>' in shown
    assert 'list="organisations"' in shown


async def test_a_change_of_role_ends_the_sessions(console, client_as, clock):
    admin = await client_as("admin")
    editor = await client_as("editor", name="Rosa Méndez", organisation="casa-sol")
    where = await address_of(admin, "Rosa Méndez")
    answer = await admin.post(where, data={"role": "reviewer", "languages": ["es"]})
    assert answer.headers["location"] == "/operators"
    assert (await editor.get("/account")).headers["location"] == "/sign-in"
    async with console.sessions() as session:
        (written,) = await audit.entries(session)
    assert (written.before["role"], written.after["role"]) == ("editor", "reviewer")


async def test_a_change_of_nothing_signs_nobody_out(client_as):
    admin = await client_as("admin")
    reviewer = await client_as("reviewer", name="Rosa Méndez")
    where = await address_of(admin, "Rosa Méndez")
    await admin.post(where, data={"role": "reviewer"})
    assert (await reviewer.get("/account")).status_code == 200


async def test_whoever_is_disabled_is_out_at_once_until_a_reset(console, client_as, browsers):
    admin, eva = await client_as("admin"), await enrolled(console, "Eva", "reviewer")
    own = browsers.stranger()
    assert is_in(await own.post("/sign-in", data=eva.fields(console)))
    where = await address_of(admin, "Eva")
    await admin.post(f"{where}/disable")
    assert (await own.get("/account")).headers["location"] == "/sign-in"
    assert "disabled" in (await admin.get("/operators")).text
    code = re.search(r"/enrol#([A-Z0-9-]+)<", (await admin.post(f"{where}/reset")).text)[1]
    assert (await browsers.stranger().post("/enrol", data={"code": code})).status_code == 303


async def test_the_last_admin_stays(client_as):
    admin = await client_as("admin", name="Ana Reyes")
    where = await address_of(admin, "Ana Reyes")
    await admin.post(f"{where}/disable")
    assert "This is the last admin" in (await admin.get("/operators")).text
    answer = await admin.post(where, data={"role": "reviewer"})
    assert "This is the last admin" in answer.text
    await client_as("admin")
    assert (await admin.post(f"{where}/disable")).headers["location"] == "/operators"
    assert (await admin.get("/operators")).headers["location"] == "/sign-in"


async def test_an_operator_who_is_not_there_is_not_found(client_as):
    admin = await client_as("admin")
    for number in ("0", "x", "99999999999999999999", "-1"):
        assert (await admin.get(f"/operators/{number}")).status_code == 404
        assert (await admin.post(f"/operators/{number}", data=ROSA)).status_code == 404
        assert (await admin.post(f"/operators/{number}/reset")).status_code == 404
