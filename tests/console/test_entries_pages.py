"""An operator corrects what people are told; another one approves; the chat says it at once."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from console.context import Console
from console.migrate import upgrade
from directory import audit, published, revisions, stewardship
from directory.editing_tables import AuditRow
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.pack_files import read_pack
from directory.parts import Part
from directory.queries import listing
from faro.postgres import Postgres

ROOT = Path(__file__).parents[2]
ClientAs = Callable[..., Awaitable[httpx.AsyncClient]]
LISTING = "/listings/sv-s01"
_counter = itertools.count()
_INPUT = re.compile(
    r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select)\b|\Z)", re.DOTALL
)
_NAMED = re.compile(r'([a-z-]+)="([^"]*)"')


@pytest.fixture(scope="session")
def salvador(postgres: Postgres) -> str:
    """The name of a database with El Salvador's pack, which ISDEMU keeps true."""
    name = "with_salvador"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_faro".encode())
    upgrade(postgres.url(name))
    asyncio.run(_load(postgres.url(name)))
    return name


async def _load(url: str) -> None:
    engine = async_engine(url)
    pack, _ = read_pack(ROOT / "data" / "packs" / "SV")
    assert pack is not None
    async with AsyncSession(engine) as session, session.begin():
        await load_packs(session, [pack], Gazetteer(ROOT / "var" / "places.sqlite"))
        await stewardship.assign(
            session, part=None, scope="SV", organisation="isdemu", steward="Ana Reyes"
        )
    await engine.dispose()


@pytest.fixture
def database_url(postgres: Postgres, salvador: str) -> Iterator[str]:
    """The address of a copy of it."""
    name = f"salvador_{next(_counter)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {salvador}".encode())
    yield postgres.url(name)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def inputs(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form of an entry that nobody touched."""
    form = page[page.index('class="entry"') :].partition("</form>")[0]
    values: dict[str, list[str]] = {}
    for kind, attributes, rest in _INPUT.findall(form):
        named = dict(_NAMED.findall(attributes))
        name = unescape(named.get("name", ""))
        value = unescape(named.get("value", ""))
        if kind == "textarea":
            value = unescape(rest.partition("</textarea>")[0]).removeprefix("\n")
        elif kind == "select":
            chosen = re.search(r'<option value="([^"]*)" selected', rest)
            value = unescape(chosen[1]) if chosen else ""
        elif named.get("type") in ("checkbox", "radio") and "checked" not in attributes:
            continue
        values.setdefault(name, []).append(value)
    return values


async def opened(client: httpx.AsyncClient, path: str) -> dict[str, list[str]]:
    answer = await client.get(f"{path}/edit")
    assert answer.status_code == 200
    return inputs(answer.text)


async def corrected(
    client: httpx.AsyncClient, number: str, path: str = LISTING, then: str = "review"
) -> str:
    """Correct the first number of a listing; return the address of the version."""
    form = await opened(client, path)
    form |= {"phones.0.number": [number], "reason": ["They told us."], "then": [then]}
    answer = await client.post(f"{path}/edit", data=form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def number_of(console: Console, entry: str = "sv-s01") -> str:
    """Return the number that the chat says."""
    async with console.sessions() as session:
        found = await listing(session, entry)
    assert found is not None
    return found.body["phones"][0]["number"]


async def body_of(console: Console, part: Part, entry: str) -> dict:
    async with console.sessions() as session:
        found = await published.get(session, part, entry)
    assert found is not None
    return dict(found.body)


async def test_a_number_is_corrected_approved_and_said(client_as: ClientAs, console: Console):
    editor = await client_as("editor", organisation="isdemu")
    version = await corrected(editor, "2510-4399")
    assert await number_of(console) == "2510-4300"
    reviewer = await client_as("reviewer")
    review = (await reviewer.get(version)).text
    assert "<del>2510-4300</del>" in review
    assert "<ins>2510-4399</ins>" in review
    assert (await reviewer.post(f"{version}/publish")).headers["location"] == LISTING
    assert await number_of(console) == "2510-4399"


async def test_a_form_that_nobody_touched_leaves_no_draft(client_as: ClientAs, console: Console):
    editor = await client_as("editor", organisation="isdemu")
    form = await opened(editor, LISTING)
    answer = await editor.post(f"{LISTING}/edit", data={**form, "reason": ["none"]})
    assert answer.headers["location"] == LISTING
    async with console.sessions() as session:
        assert await revisions.history(session, Part.SERVICES, "sv-s01") == []


@pytest.mark.parametrize(
    ("path", "part", "changes"),
    [
        ("/facts/helplines/sv-h01", Part.HELPLINES, {"numbers.0.number": ["127"]}),
        ("/facts/rights/sv-r01", Part.RIGHTS, {"entitlement": ["full"]}),
    ],
)
async def test_lines_and_facts_go_the_same_way(client_as, console, path, part, changes):
    editor = await client_as("region_coordinator", countries=("SV",))
    form = await opened(editor, path)
    form |= {**changes, "reason": ["New decree."], "then": ["review"]}
    version = (await editor.post(f"{path}/edit", data=form)).headers["location"]
    reviewer = await client_as("reviewer")
    await reviewer.post(f"{version}/publish")
    told = str(await body_of(console, part, path.rpartition("/")[2]))
    assert "127" in told or "'full'" in told


async def test_nobody_publishes_their_own_version(client_as: ClientAs, console: Console):
    reviewer = await client_as("reviewer")
    version = await corrected(reviewer, "2510-4399")
    answer = await reviewer.post(f"{version}/publish")
    shown = await reviewer.get(answer.headers["location"])
    assert "Somebody else has to look" in shown.text
    assert await number_of(console) == "2510-4300"


async def test_an_admin_who_is_alone_publishes_with_a_reason(client_as: ClientAs, console: Console):
    admin = await client_as("admin", name="Sola")
    version = await corrected(admin, "2510-4399")
    refused = await admin.post(f"{version}/publish", data={"alone": "yes"})
    assert refused.status_code == 422
    await admin.post(f"{version}/publish", data={"alone": "yes", "why": "Holidays."})
    assert await number_of(console) == "2510-4399"
    async with console.sessions() as session:
        rows = await audit.entries(session, part="services", entry="sv-s01", actor="Sola")
    assert {"publish alone", "alone because"} <= {row.action for row in rows}


async def test_a_reviewer_who_says_to_be_alone_is_not_believed(client_as, console):
    reviewer = await client_as("reviewer")
    version = await corrected(reviewer, "2510-4399")
    await reviewer.post(f"{version}/publish", data={"alone": "yes", "why": "me"})
    assert await number_of(console) == "2510-4300"


async def test_a_version_is_sent_back_with_a_word_and_written_on(client_as, console):
    editor = await client_as("editor", organisation="isdemu", name="Eva")
    version = await corrected(editor, "2510-4399")
    reviewer = await client_as("reviewer")
    assert (await reviewer.post(f"{version}/reject")).status_code == 422
    await reviewer.post(f"{version}/reject", data={"decision": "Which desk is it?"})
    assert "Which desk is it?" in (await editor.get(version)).text
    form = await opened(editor, LISTING)
    assert form["phones.0.number"] == ["2510-4399"]
    form |= {"phones.0.note": ["front desk"], "then": ["review"]}
    again = (await editor.post(f"{LISTING}/edit", data=form)).headers["location"]
    assert again != version
    await reviewer.post(f"{again}/publish")
    assert (await body_of(console, Part.SERVICES, "sv-s01"))["phones"][0]["note"] == "front desk"


async def test_an_editor_reaches_only_what_their_organisation_owns(client_as, console):
    other = await client_as("editor", organisation="cruz-roja")
    assert (await other.get(LISTING)).status_code == 200
    assert (await other.get(f"{LISTING}/edit")).status_code == 403
    for step in ("edit", "pause", "taking"):
        assert (await other.post(f"{LISTING}/{step}")).status_code == 403
    assert "/edit" not in (await other.get(LISTING)).text


async def test_a_listing_that_names_its_owner_is_theirs_whatever_its_country_says(
    client_as, console
):
    async with console.sessions.begin() as session:
        body = await body_of(console, Part.SERVICES, "sv-s02") | {"owner": "cruz-roja"}
        await revisions.publish_now(
            session, part=Part.SERVICES, entry="sv-s02", country="SV", body=body, actor="x",
            reason="theirs", origin="console", places=console.places, now=console.clock(),
        )  # fmt: skip
    theirs = await client_as("editor", organisation="cruz-roja")
    assert (await theirs.get("/listings/sv-s02/edit")).status_code == 200
    ours = await client_as("editor", organisation="isdemu")
    assert (await ours.get("/listings/sv-s02/edit")).status_code == 403


async def test_a_coordinator_reaches_their_own_countries(client_as):
    of_here = await client_as("region_coordinator", countries=("SV",))
    of_there = await client_as("region_coordinator", countries=("GT",))
    assert (await of_here.get(f"{LISTING}/edit")).status_code == 200
    assert (await of_there.get(f"{LISTING}/edit")).status_code == 403


async def test_two_editors_at_the_same_time_lose_nothing(client_as: ClientAs, console: Console):
    slow = await client_as("editor", organisation="isdemu", name="Slow")
    form = await opened(slow, LISTING)
    quick = await client_as("editor", organisation="isdemu", name="Quick")
    version = await corrected(quick, "2510-4311")
    await (await client_as("reviewer")).post(f"{version}/publish")
    form |= {"name": ["A new name"], "reason": ["They moved."], "then": ["review"]}
    stale = await slow.post(f"{LISTING}/edit", data=form)
    assert stale.status_code == 409
    shown = inputs(stale.text)
    assert shown["name"] == ["A new name"]  # what they wrote
    assert shown["phones.0.number"] == ["2510-4311"]  # what they never touched is as it is now
    assert shown["reason"] == ["They moved."]
    again = await slow.post(f"{LISTING}/edit", data={**shown, "then": ["review"]})
    await (await client_as("reviewer")).post(f"{again.headers['location']}/publish")
    body = await body_of(console, Part.SERVICES, "sv-s01")
    assert (body["name"], body["phones"][0]["number"]) == ("A new name", "2510-4311")


async def test_a_field_that_both_changed_is_told_and_chosen(client_as, console):
    slow = await client_as("editor", organisation="isdemu", name="Slow")
    form = await opened(slow, LISTING)
    quick = await client_as("editor", organisation="isdemu", name="Quick")
    version = await corrected(quick, "2510-4311")
    await (await client_as("reviewer")).post(f"{version}/publish")
    form |= {"phones.0.number": ["2510-4322"], "reason": ["They told us."]}
    stale = await slow.post(f"{LISTING}/edit", data=form)
    assert inputs(stale.text)["phones.0.number"] == ["2510-4322"]
    assert "You changed it too" in stale.text
    assert "2510-4311" in stale.text


async def test_a_draft_that_went_stale_is_shown_on_top_of_what_is_new(client_as, console):
    slow = await client_as("editor", organisation="isdemu", name="Slow")
    old = await corrected(slow, "2510-4322")
    other = await client_as("editor", organisation="isdemu")
    form = await opened(other, LISTING)
    form |= {"name": ["A new name"], "reason": ["x"], "then": ["review"]}
    version = (await other.post(f"{LISTING}/edit", data=form)).headers["location"]
    reviewer = await client_as("reviewer")
    await reviewer.post(f"{version}/publish")
    refused = await reviewer.post(f"{old}/publish")
    assert "Something newer was published" in (await reviewer.get(refused.headers["location"])).text
    form = await opened(slow, LISTING)
    assert (form["name"], form["phones.0.number"]) == (["A new name"], ["2510-4322"])
    again = await slow.post(f"{LISTING}/edit", data={**form, "then": ["review"]})
    await reviewer.post(f"{again.headers['location']}/publish")
    body = await body_of(console, Part.SERVICES, "sv-s01")
    assert (body["name"], body["phones"][0]["number"]) == ("A new name", "2510-4322")


async def test_every_button_may_be_pressed_twice(client_as: ClientAs, console: Console):
    editor = await client_as("editor", organisation="isdemu")
    form = await opened(editor, LISTING)
    form |= {"phones.0.number": ["2510-4399"], "reason": ["x"], "then": ["review"]}
    first = await editor.post(f"{LISTING}/edit", data=form)
    second = await editor.post(f"{LISTING}/edit", data=form)
    assert first.headers["location"] == second.headers["location"]
    version = first.headers["location"]
    reviewer = await client_as("reviewer")
    for step in ("submit", "publish"):
        for _ in range(2):
            assert (await reviewer.post(f"{version}/{step}")).status_code == 303
    async with console.sessions() as session:
        history = await revisions.history(session, Part.SERVICES, "sv-s01")
        done = list(await session.scalars(select(AuditRow.action)))
    assert [one.state for one in history] == ["published", "superseded"]
    assert done.count("publish") == 1


async def test_a_fault_is_told_at_its_field_and_what_was_written_stays(client_as):
    editor = await client_as("editor", organisation="isdemu", locale="es")
    form = await opened(editor, LISTING)
    form |= {"phones.0.number": ["ninguno"], "name": ["Otro"], "reason": [""]}
    answer = await editor.post(f"{LISTING}/edit", data=form)
    assert answer.status_code == 422
    assert 'href="#phones.0.number"' in answer.text
    assert 'href="#reason"' in answer.text
    assert inputs(answer.text)["name"] == ["Otro"]


async def test_a_listing_is_retired_with_a_reason_and_restored(client_as, console):
    reviewer = await client_as("reviewer")
    assert (await reviewer.post(f"{LISTING}/retire")).status_code == 422
    await reviewer.post(f"{LISTING}/retire", data={"retire_reason": "Closed for good."})
    async with console.sessions() as session:
        assert await listing(session, "sv-s01") is None
        first = (await revisions.history(session, Part.SERVICES, "sv-s01"))[0]
    version = f"{LISTING}/versions/{first.id}"
    answer = await reviewer.post(f"{version}/restore", data={"restore_reason": "Open again."})
    admin = await client_as("admin")
    await admin.post(f"{answer.headers['location']}/publish")
    assert await number_of(console) == "2510-4300"


async def test_an_older_version_is_restored_through_review(client_as, console):
    editor = await client_as("editor", organisation="isdemu")
    reviewer = await client_as("reviewer")
    version = await corrected(editor, "2510-4399")
    await reviewer.post(f"{version}/publish")
    async with console.sessions() as session:
        oldest = (await revisions.history(session, Part.SERVICES, "sv-s01"))[-1]
    path = f"{LISTING}/versions/{oldest.id}/restore"
    made = await editor.post(path, data={"restore_reason": "It was right before."})
    assert await number_of(console) == "2510-4399"
    await reviewer.post(f"{made.headers['location']}/publish")
    assert await number_of(console) == "2510-4300"


async def test_an_emergency_line_is_not_retired(client_as, console):
    admin = await client_as("admin")
    path = "/facts/helplines/sv-h05"
    answer = await admin.post(f"{path}/retire", data={"retire_reason": "x"})
    shown = await admin.get(answer.headers["location"])
    assert "People in danger call this number" in shown.text
    assert not (await body_of(console, Part.HELPLINES, "sv-h05")).get("retired")


async def test_a_pause_and_no_new_people_are_said_at_once(client_as, console, clock):
    editor = await client_as("editor", organisation="isdemu")
    await editor.post(f"{LISTING}/pause", data={"until": "2026-04-01"})
    await editor.post(f"{LISTING}/taking", data={"not_taking": "yes"})
    body = await body_of(console, Part.SERVICES, "sv-s01")
    assert (body["paused_until"], body["not_taking"]) == ("2026-04-01", True)
    await editor.post(f"{LISTING}/pause", data={"until": ""})
    assert "paused_until" not in await body_of(console, Part.SERVICES, "sv-s01")


async def test_in_the_evening_of_the_americas_tomorrow_is_a_day_to_open_again(
    client_as, console, clock
):
    clock.at = clock.at.replace(hour=23) + timedelta(hours=2)  # 19:00 in San Salvador
    editor = await client_as("editor", organisation="isdemu")
    tomorrow = clock.at.date().isoformat()
    answer = await editor.post(f"{LISTING}/pause", data={"until": tomorrow})
    assert answer.status_code == 303, answer.text
    assert (await body_of(console, Part.SERVICES, "sv-s01"))["paused_until"] == tomorrow


@pytest.mark.parametrize("day", ["2026-01-01", "2028-01-01", "soon"])
async def test_a_pause_until_no_sensible_day_is_refused(client_as, console, day):
    editor = await client_as("editor", organisation="isdemu")
    answer = await editor.post(f"{LISTING}/pause", data={"until": day})
    assert answer.status_code == 422
    assert "paused_until" not in await body_of(console, Part.SERVICES, "sv-s01")


async def test_a_new_listing_is_the_organisations_own(client_as, console):
    editor = await client_as("editor", organisation="isdemu")
    answer = await editor.get("/listings/new?country=SV")
    form = inputs(answer.text) | {
        "name": ["Casa de la Mujer"], "organisation": ["ISDEMU"], "kinds.main": ["counselling"],
        "phones.0.number": ["2510-4300"], "places.0.city": ["San Salvador"],
        "source.title": ["ISDEMU"], "source.published": ["2026-02"], "reason": ["It opened."],
        "then": ["review"],
    }  # fmt: skip
    first = await editor.post("/listings/new", data=form)
    second = await editor.post("/listings/new", data=form)
    assert first.headers["location"] == second.headers["location"], first.text
    reviewer = await client_as("reviewer")
    assert "Casa de la Mujer" in (await reviewer.get("/listings?state=in_review")).text
    answer = await reviewer.post(f"{first.headers['location']}/publish")
    entry = answer.headers["location"].rpartition("/")[2]
    body = await body_of(console, Part.SERVICES, entry)
    assert (body["id"], body["owner"]) == (entry, "isdemu")


async def test_a_list_is_searched_by_words_that_stand_in_no_address(client_as):
    reader = await client_as("evaluator")
    whole = (await reader.get("/listings")).text
    assert 'rel="next"' in whole
    found = await reader.post("/listings", data={"words": "isdemu ATENCION"})
    assert "sv-s01" in found.text
    assert "words=" not in found.text
    assert str(found.url).endswith("/listings")
    nothing = await reader.post("/listings", data={"words": "100%_"})
    assert "There is nothing of this" in nothing.text
    assert "2510" not in (await reader.post("/listings", data={"words": "2510-4300"})).url.path


async def test_an_entry_tells_whose_it_is_and_what_is_known_of_it(client_as):
    reader = await client_as("evaluator")
    shown = (await reader.get(LISTING)).text
    for words in ("Ana Reyes", "isdemu", "2510-4300", "never", "As it was loaded"):
        assert words in shown
    assert (await reader.get("/listings/sv-s999")).status_code == 404
    assert (await reader.get("/facts/nothing")).status_code == 404
    assert (await reader.get("/facts/messages")).status_code == 404


async def test_a_draft_is_previewed_on_three_channels(client_as):
    editor = await client_as("editor", organisation="isdemu")
    preview = await corrected(editor, "2510-4399", then="preview")
    shown = (await editor.get(f"{preview}&language=ar")).text
    for words in ("Telegram", "SMS", "WhatsApp", "UCS-2", 'dir="rtl"', "2510-4399"):
        assert words in shown
    spanish = (await editor.get(f"{preview}&language=es")).text
    assert "Teléfono: 2510-4399" in spanish
    assert "GSM-7" in spanish


@pytest.mark.parametrize("path", ["/listings/sv-s01", "/facts/helplines/sv-h01"])
async def test_a_preview_in_a_language_that_is_not_whole_shows_what_people_get(client_as, path):
    editor = await client_as("editor")
    offered = (await editor.get(f"{path}/preview")).text
    assert 'value="ti"' in offered
    answer = await editor.get(f"{path}/preview?language=ti")
    assert answer.status_code == 200
    assert "does not say everything in this language yet" in answer.text
    assert "does not say everything" not in offered


async def test_a_draft_is_taken_back(client_as, console):
    editor = await client_as("editor", organisation="isdemu")
    version = await corrected(editor, "2510-4399", then="keep")
    await editor.post(f"{version}/withdraw")
    assert (await opened(editor, LISTING))["phones.0.number"] == ["2510-4300"]


async def test_nobody_gives_somebody_elses_draft_to_the_reviewers(client_as, console):
    editor = await client_as("editor", organisation="isdemu")
    version = await corrected(editor, "2510-4399", then="keep")
    other = await client_as("editor", organisation="isdemu")
    assert (await other.post(f"{version}/submit")).status_code == 403
    assert "It is a draft still" in (await (await client_as("reviewer")).get(version)).text


async def test_what_waits_stands_at_the_top_of_its_entry_for_everybody(client_as):
    editor = await client_as("editor", name="Eva", organisation="isdemu")
    reviewer = await client_as("reviewer")
    version = await corrected(editor, "2510-4399", then="keep")
    assert "You have a draft of this" in (await editor.get(LISTING)).text
    assert "Eva is working on this." in (await reviewer.get(LISTING)).text
    await editor.post(f"{version}/submit")
    shown = (await reviewer.get(LISTING)).text.partition('class="actions"')[0]
    assert "A change by Eva waits for review." in shown
    assert f'href="{version}"' in shown


async def test_unseen_characters_are_no_fault_and_are_not_kept(client_as, console):
    editor = await client_as("editor", organisation="isdemu")
    form = await opened(editor, LISTING)
    form |= {"name": ["A\x00n\u202ea\r\n  Casa"], "reason": ["They\x00 told us."], "then": ["keep"]}
    answer = await editor.post(f"{LISTING}/edit", data=form)
    assert answer.status_code == 303
    shown = (await editor.get(answer.headers["location"])).text
    assert "They told us." in shown
    assert (await opened(editor, LISTING))["name"] == ["Ana Casa"]


@pytest.mark.parametrize("path", ["/listings/x%00y", "/facts/rights/x%00y", "/audit?entry=%00"])
async def test_what_the_database_cannot_hold_is_refused_in_words(client_as, path):
    answer = await (await client_as("admin")).get(path)
    assert answer.status_code in (200, 400, 404)
    assert "Something went wrong" not in answer.text


async def test_nobody_fills_the_audit_with_one_long_word(client_as):
    editor = await client_as("editor", organisation="isdemu")
    form = await opened(editor, LISTING)
    for field in ("name", "reason"):
        long = form | {"reason": ["x"], "then": ["keep"]} | {field: ["a" * 1001]}
        answer = await editor.post(f"{LISTING}/edit", data=long)
        assert answer.status_code == 422
        assert f'<a href="#{field}">This is too long' in answer.text
    answer = await editor.post(f"{LISTING}/pause", data={"until": "a" * 20_000})
    assert answer.status_code == 413


async def test_a_pause_makes_nobodys_change_stale(client_as, console):
    editor, reviewer = await client_as("editor", organisation="isdemu"), await client_as("reviewer")
    version = await corrected(editor, "2510-4399")
    await editor.post(f"{LISTING}/pause", data={"until": "2026-03-31"})
    await editor.post(f"{LISTING}/taking", data={"not_taking": "yes"})
    await reviewer.post(f"{version}/publish")
    body = await body_of(console, Part.SERVICES, "sv-s01")
    assert body["phones"][0]["number"] == "2510-4399"
    assert (body["paused_until"], body["not_taking"]) == ("2026-03-31", True)
