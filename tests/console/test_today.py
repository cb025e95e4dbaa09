"""Today: what harms most stands first, each with its next step; an operator sees their own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from simulators.console_links import LISTING, current, fill, link_to
from sqlalchemy import cast, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB

from console.context import Console
from console.task import Kind, Task
from console.tasks import tasks
from content.due import Risk
from delivery.tables import feedback, gaps, unmet
from directory import audit, publishing, revisions
from directory.changes import changes_told
from directory.checks import Links, note_links
from directory.editing_tables import RevisionRow
from directory.link_checks import DEAD
from directory.models import HelplineRow, RightsFactRow, ServiceRow
from directory.parts import Origin, Part
from directory.verification_tables import WishRow

ORDINARY = "sv-s22"  # nobody in danger goes there


@pytest.fixture
async def office(console: Console) -> Console:
    await fill(console, "SV", "CR")
    return console


async def verify_all(console: Console, days_ago: int = 0) -> None:
    """Say that everything was verified, so that nothing is due."""
    day = (console.clock() - timedelta(days=days_ago)).date().isoformat()
    async with console.sessions.begin() as session:
        for table in (ServiceRow, HelplineRow, RightsFactRow):
            verified = table.body.op("||")(cast({"verified": day}, JSONB))
            await session.execute(update(table).values(body=verified))


async def told(console: Console, entry: str, answer: str, times: int = 1, among: int = 1) -> None:
    row = {
        "day": console.clock().date(), "country": "SV", "part": "services", "entry": entry,
        "answer": answer, "among": among, "times": times,
    }  # fmt: skip
    async with console.sessions.begin() as session:
        await session.execute(insert(feedback).values(**row))


async def drafted(console: Console, entry: str = ORDINARY, **changed: Any) -> int:
    about = await current(console, entry)
    async with console.sessions.begin() as session:
        made = await revisions.draft(
            session, part=Part.SERVICES, entry=entry, country="SV",
            body={**about.body, **(changed or {"not_taking": True})}, author="Ana",
            reason="they told me", now=console.clock(),
        )  # fmt: skip
        await revisions.submit(session, made.id, actor="Ana", now=console.clock())
    return made.id


async def listed(console: Console) -> list[Task]:
    async with console.sessions() as session:
        return await tasks(session, console.clock())


def kinds(found: list[Task]) -> list[Kind]:
    return [one.kind for one in found]


async def test_nothing_to_do_is_said(office, client_as):
    await verify_all(office)
    shown = await (await client_as("admin")).get("/today")
    assert shown.status_code == 200
    assert "Nothing to do here" in shown.text
    assert "<ol" not in shown.text


async def test_what_harms_most_stands_first(office):
    await verify_all(office)
    urgent, plain = LISTING, ORDINARY
    await told(office, plain, "wrong")
    await drafted(office)
    async with office.sessions.begin() as session:
        links = Links(Part.SERVICES, plain, {"url": "https://a.example"})
        await note_links(session, links, {"url": DEAD}, now=office.clock())
        month = office.clock().date().replace(day=1)
        need = {
            "month": month,
            "language": "es",
            "country": "SV",
            "city": "",
            "part": "services",
            "what": "dentist",
            "why": "nothing",
            "times": 9,
        }
        await session.execute(insert(unmet).values(**need))
    await told(office, "sv-s24", "closed")
    await told(office, urgent, "wrong")
    found = await listed(office)
    assert [one.entry for one in found if one.kind is Kind.REPORT] == [urgent, "sv-s24", plain]
    assert kinds(found) == [
        Kind.REPORT,
        Kind.REPORT,
        Kind.REVIEW,
        Kind.REPORT,
        Kind.CHECK,
        Kind.NEED,
    ]


async def noted(console: Console, kind: str, times: int, country: str = "SV") -> None:
    row = {"day": console.clock().date(), "country": country, "kind": kind, "times": times}
    async with console.sessions.begin() as session:
        await session.execute(insert(gaps).values(**row))


async def test_what_helpers_say_exists_nowhere_is_to_do_unless_few_say_it(office, client_as):
    await verify_all(office)
    await noted(office, "dentist", 6)
    await noted(office, "legal_aid", 4)
    await noted(office, "no_such_kind", 5)
    found = await listed(office)
    assert [(one.kind, one.name) for one in found] == [
        (Kind.GAP, "dentist"), (Kind.GAP, "no_such_kind"),
    ]  # fmt: skip
    shown = (await (await client_as("admin")).get("/today?kind=gap")).text
    assert "Helpers said 6 times" in shown
    assert 'href="/unmet#noted"' in shown
    assert "no_such_kind" in shown
    counts = (await (await client_as("evaluator")).get("/unmet")).text
    assert 'id="noted"' in counts
    assert "too few to show" in counts


async def test_what_people_in_danger_find_nowhere_comes_before_other_work(office):
    await verify_all(office)
    await told(office, "sv-s24", "closed")
    await noted(office, "dentist", 90)
    await noted(office, "protection_shelter", 5)
    found = await listed(office)
    assert [one.name for one in found if one.kind is Kind.GAP] == ["protection_shelter", "dentist"]
    assert kinds(found) == [Kind.GAP, Kind.REPORT, Kind.GAP]


async def test_a_coordinator_sees_what_is_missing_in_their_countries(office, client_as):
    await verify_all(office)
    await noted(office, "dentist", 6)
    bound = await client_as("region_coordinator", countries=("CR",))
    assert "Helpers said" not in (await bound.get("/today")).text
    assert 'id="noted"' not in (await bound.get("/unmet")).text


async def test_a_wording_that_waits_leads_to_its_page(office, client_as):
    await verify_all(office)
    author = await client_as("reviewer")
    where = "/wordings/es/messages/thanks.reply"
    await author.post(where, data={"text": "Gracias a usted.", "reason": "kinder"})
    client = await client_as("admin")
    assert f'href="{where}"' in (await client.get("/today")).text


async def test_what_was_asked_of_any_kind_is_said_in_words(office, client_as):
    await verify_all(office)
    row = {
        "month": office.clock().date().replace(day=1), "language": "es", "country": "SV",
        "city": "", "part": "services", "what": "any", "why": "nothing", "times": 9,
    }  # fmt: skip
    async with office.sessions.begin() as session:
        await session.execute(insert(unmet).values(**row))
    assert "anything" in (await (await client_as("admin")).get("/today")).text


async def test_danger_lines_and_protection_come_before_all_other_that_is_due(office, clock):
    await verify_all(office)
    await told(office, ORDINARY, "closed")
    clock.passes(days=100)
    await told(office, "sv-s24", "closed")
    found = await listed(office)
    risks = [one.risk for one in found if one.kind is Kind.DUE]
    assert risks == sorted(risks)
    first_report = next(at for at, one in enumerate(found) if one.kind is Kind.REPORT)
    before = {one.risk for one in found[:first_report]}
    after = {one.risk for one in found[first_report + 1 :]}
    assert before == {Risk.DANGER, Risk.PROTECTION}
    assert not after & before


async def test_what_was_retired_is_no_work_any_more(office):
    await verify_all(office)
    await told(office, ORDINARY, "closed")
    async with office.sessions.begin() as session:
        await revisions.retire(
            session,
            part=Part.SERVICES,
            entry=ORDINARY,
            actor="Berta",
            reason="closed",
            now=office.clock(),
        )
    assert await listed(office) == []


async def test_from_a_report_to_the_listing_and_to_telling_what_changed(office, client_as):
    await verify_all(office)
    await told(office, ORDINARY, "closed", times=3)
    client = await client_as("reviewer", name="Berta")
    page = await client.get("/today")
    assert "closed: 3" in page.text
    (step,) = set(re.findall(r'href="(/today/reports/[^"]+)"', page.text))
    report = await client.get(step)
    assert f'href="/listings/{ORDINARY}"' in report.text
    answer = await client.post(step, data={"change": "hours_corrected"})
    assert answer.headers["location"] == "/today"
    assert await listed(office) == []
    async with office.sessions() as session:
        (change,) = await changes_told(session, since=office.clock().date())
        (done,) = await audit.entries(session, entry=ORDINARY)
    assert (change.entry, change.kind) == (ORDINARY, "hours_corrected")
    assert (done.actor, done.action) == ("Berta", "settle reports")
    assert (await client.get(step)).status_code == 404


async def test_a_report_without_a_change_is_settled_and_nothing_is_told(office, client_as):
    await verify_all(office)
    await told(office, ORDINARY, "bad")
    client = await client_as("reviewer")
    path = f"/today/reports/services/{ORDINARY}"
    assert (await client.post(path, data={"change": "anything"})).status_code == 400
    assert (await client.post(path, data={})).status_code == 303
    assert await listed(office) == []
    async with office.sessions() as session:
        assert await changes_told(session, since=office.clock().date()) == []


async def test_one_tap_says_that_it_was_checked(office, client_as, clock):
    client = await client_as("reviewer", name="Berta")
    before = len(await listed(office))
    path = f"/verification/services/{ORDINARY}/confirm"
    answer = await client.post(path, data={"how": "called", "back": "today"})
    assert answer.headers["location"] == "/today"
    assert (await current(office, ORDINARY)).body["verified"] == clock().date().isoformat()
    assert len(await listed(office)) == before - 1
    async with office.sessions() as session:
        rows = await audit.entries(session, entry=ORDINARY)
    assert {(row.actor, row.reason) for row in rows} == {("Berta", "called")}
    assert (await client.post(path, data={"how": "", "back": "today"})).status_code == 422
    assert (await client.post(path, data={"how": "guessed"})).status_code == 422


async def test_filters_hold_codes_and_counts_are_links(office, client_as):
    client = await client_as("admin")
    everything = await listed(office)
    for query, wanted in (
        ("country=CR", [one for one in everything if one.country == "CR"]),
        ("part=rights", [one for one in everything if one.part == "rights"]),
        (
            "kind=due&part=helplines&country=SV",
            [one for one in everything if one.part == "helplines" and one.country == "SV"],
        ),
    ):
        shown = await client.get(f"/today?{query}")
        first = re.findall(r'<h2 class="small"><a href="([^"]+)"', shown.text)
        assert first == [f"/verification/{one.part}/{one.entry}" for one in wanted[:25]]
    for odd in ("country=%3Cscript%3E", "kind=x", "page=0", "page=99999", "page=-1", "page=x"):
        shown = await client.get(f"/today?{odd}")
        assert shown.status_code == 200
        assert "<script>" not in shown.text


async def test_pages_hold_twenty_five_and_all_can_be_reached(office, client_as):
    client = await client_as("admin")
    everything = [one.entry for one in await listed(office)]
    seen: list[str] = []
    for number in range(1, -(-len(everything) // 25) + 1):
        shown = await client.get(f"/today?page={number}")
        seen += re.findall(r'<h2 class="small"><a href="/verification/\w+/([^"]+)"', shown.text)
    assert seen == everything


async def test_an_editor_sees_what_belongs_to_their_organisation(office, client_as):
    body = {**(await current(office, ORDINARY)).body, "owner": "org-1"}
    async with office.sessions.begin() as session:
        await publishing.put(
            session, Part.SERVICES, ORDINARY, "SV", body, origin=Origin.CONSOLE, revision=None,
            at=office.clock(), places=office.places,
        )  # fmt: skip
    client = await client_as("editor", organisation="org-1")
    shown = await client.get("/today")
    assert re.findall(r'<h2 class="small"><a href="/verification/\w+/([^"]+)"', shown.text) == [
        ORDINARY
    ]
    other = await client.post(f"/verification/services/{LISTING}/confirm", data={"how": "called"})
    assert other.status_code == 403
    mine = await client.post(f"/verification/services/{ORDINARY}/confirm", data={"how": "called"})
    assert mine.status_code == 303
    assert (await current(office)).body["verified"] == "never"


async def test_a_coordinator_sees_their_countries(office, client_as):
    shown = await (await client_as("region_coordinator", countries=("CR",))).get("/today")
    assert "cr-" in shown.text
    assert " sv-" not in shown.text


async def test_who_only_reads_has_no_buttons(office, client_as):
    shown = await (await client_as("evaluator")).get("/today")
    assert "sv-" in shown.text
    assert 'action="/verification' not in shown.text


async def test_whoever_was_reached_by_mistake_is_told_until_somebody_dealt_with_it(
    office, client_as, browsers
):
    await verify_all(office)
    path = await link_to(office)
    await browsers.stranger().post(path, data={"act": "not_us"})
    assert kinds(await listed(office)) == [Kind.NOT_US]
    client = await client_as("admin")
    (step,) = re.findall(
        r'action="(/verification/requests/\d+/settle)"', (await client.get("/today")).text
    )
    assert (await client.post(step)).status_code == 303
    assert await listed(office) == []


async def test_verification_shows_dates_and_what_became_of_links(office, client_as, browsers):
    await verify_all(office, days_ago=200)
    client = await client_as("admin")
    overview = await client.get("/verification?country=SV&part=services")
    assert "Checked on August 14, 2025" in overview.text
    page = f"/verification/services/{LISTING}"
    shown = await client.post(f"{page}/send", data={"way": "copy"})
    assert shown.status_code == 200
    (link,) = re.findall(r"http://127\.0\.0\.1:8001(/confirm/[^<]+)<", shown.text)
    assert (await browsers.stranger().get(link)).status_code == 200
    again = await client.get(page)
    assert link not in again.text
    assert "no answer yet" in again.text
    await browsers.stranger().post(link, data={"act": "confirm"})
    assert "They confirmed it" in (await client.get(page)).text


async def test_what_cannot_be_asked_is_not(office, client_as):
    client = await client_as("admin")
    assert (
        await client.post(f"/verification/services/{LISTING}/send", data={"way": "pigeon"})
    ).status_code == 400
    assert (
        await client.post("/verification/rights/sv-r01/send", data={"way": "copy"})
    ).status_code == 400
    for path in ("/verification/services/none", "/verification/messages/es", "/verification/x/y"):
        assert (await client.get(path)).status_code == 404


async def test_an_organisation_is_asked_by_itself_only_when_somebody_noted_that_it_agreed(
    office, client_as
):
    body = {
        "id": "org-1",
        "name": "One",
        "country": "SV",
        "description": None,
        "run_by": "ngo",
        "led_by": [],
        "url": None,
        "email": [],
        "phones": [],
    }
    async with office.sessions.begin() as session:
        await publishing.put(
            session, Part.ORGANISATIONS, "org-1", "SV", body, origin=Origin.CONSOLE, revision=None,
            at=office.clock(), places=office.places,
        )  # fmt: skip
    client = await client_as("region_coordinator", countries=("SV",), name="Ana")
    path = "/verification/organisations"
    assert "by hand" in (await client.get(path)).text
    assert (
        await client.post(path, data={"organisation": "org-1", "automatic": "1"})
    ).status_code == 303
    assert (
        await client.post(path, data={"organisation": "none", "automatic": "1"})
    ).status_code == 404
    elsewhere = await client_as("region_coordinator", countries=("CR",))
    assert (
        await elsewhere.post(path, data={"organisation": "org-1", "automatic": "0"})
    ).status_code == 403
    async with office.sessions() as session:
        (wish,) = await session.scalars(select(WishRow))
    assert (wish.organisation, wish.automatic, wish.set_by) == ("org-1", True, "Ana")


async def test_it_is_all_there_in_spanish(office, client_as):
    client: httpx.AsyncClient = await client_as("admin", locale="es")
    await told(office, ORDINARY, "turned_away")
    for path in (
        "/today",
        "/verification",
        f"/verification/services/{LISTING}",
        f"/today/reports/services/{ORDINARY}",
        "/verification/organisations",
    ):
        shown = (await client.get(path)).text
        assert 'lang="es"' in shown
        assert not re.search(r"\b(checked|due|People|Back to)\b", re.sub(r"<[^>]+>", "", shown)), (
            path
        )


async def test_a_reviewer_gets_to_the_version_that_waits_in_one_step(office, client_as):
    version = await drafted(office)
    shown = (await (await client_as("reviewer")).get("/today?kind=review")).text
    assert f'href="/listings/{ORDINARY}/versions/{version}"' in shown


async def test_nothing_on_the_page_leads_to_a_page_that_is_refused(office, client_as):
    await told(office, ORDINARY, "closed")
    for role in ("community_reviewer", "evaluator", "reviewer"):
        client = await client_as(role)
        shown = (await client.get("/today")).text
        for step in set(re.findall(r'<h2 class="small"><a href="([^"]+)"', shown)):
            assert (await client.get(step)).status_code == 200


async def test_an_editor_whose_organisation_owns_nothing_is_told_who_can_change_that(
    office, client_as
):
    shown = (await (await client_as("editor", organisation="org-9")).get("/today")).text
    assert "Nothing belongs to your organisation yet (org-9)." in shown
    assert "Thank you" not in shown


async def test_what_was_sent_back_comes_to_its_author_with_the_reviewers_word(office, client_as):
    version = await drafted(office)
    author, reviewer = await client_as("reviewer", name="Ana"), await client_as("reviewer")
    step = f"/listings/{ORDINARY}/versions/{version}"
    assert "not finished" not in (await author.get("/today")).text
    await reviewer.post(f"{step}/reject", data={"decision": "Who told you?"})
    shown = (await author.get("/today")).text
    assert "not finished" in shown
    assert "Who told you?" in shown
    assert f'href="{step}"' in shown
    for page in ("", "/edit"):
        shown = (await author.get(f"/listings/{ORDINARY}{page}")).text
        assert "Your change was sent back." in shown
        assert "Who told you?" in shown
    assert "not finished" not in (await reviewer.get("/today")).text
    await reviewer.post(f"/listings/{ORDINARY}/taking", data={"not_taking": "yes"})
    assert "not finished" not in (await author.get("/today")).text  # something newer is said


async def test_a_draft_that_was_not_given_to_anybody_is_not_forgotten(office, client_as):
    await drafted(office)
    author = await client_as("reviewer", name="Ana")
    async with office.sessions.begin() as session:
        await session.execute(update(RevisionRow).values(state="draft"))
    assert "not finished" in (await author.get("/today")).text


async def test_facts_are_called_by_words_and_not_by_codes(office, client_as):
    client = await client_as("admin")
    for path in ("/today?part=rights", "/verification?part=rights&country=SV"):
        shown = (await client.get(path)).text
        names = re.findall(r'<a href="/verification/rights/sv-r\d+">([^<]+)</a>', shown)
        assert names
        assert not [name for name in names if "_" in name]
