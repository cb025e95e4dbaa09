"""Once an hour: organisations that agreed are asked, reminded twice at most, and never twice at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
import pytest_asyncio
from saying import packs
from simulators.console_links import LISTING, current, fill, link_to
from simulators.mail_server import MailServer, mail_server
from sqlalchemy import select, text

from console.asking import send_link
from console.contacts import contacts_of
from console.context import Console
from console.mail import Mail, MailError, mail_of
from console.rounds import Done, Rounds
from delivery.database import conninfo
from delivery.notices import states_of
from directory import publishing
from directory.hsds.ids import service_id
from directory.hsds.services import Service
from directory.link_checks import LinkChecks
from directory.load import load_packs
from directory.models import CardRow
from directory.pack_files import PackFiles
from directory.parts import Origin, Part
from directory.verification_links import Way
from directory.verification_tables import CheckRow, RequestRow, WishRow

OURS = "org-126"
SENDER = "Faro <faro@example.org>"


@pytest_asyncio.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as serving:
        yield serving


@pytest.fixture
async def office(console: Console, server: MailServer) -> Console:
    """A console that can send mail, El Salvador's pack, and one organisation with an address."""
    await fill(console, "SV")
    body: dict[str, Any] = {
        "id": OURS, "name": "Organisation", "country": "SV", "description": None, "run_by": "ngo",
        "led_by": ["women"], "url": None, "email": ["office@example.org"], "phones": ["7608 6805"],
    }  # fmt: skip
    async with console.sessions.begin() as session:
        now = console.clock()
        session.add(
            CardRow(part=Part.ORGANISATIONS, id=OURS, country="SV", body=body, changed_at=now)
        )
    settings = replace(console.settings, smtp_url=server.url, mail_from=SENDER)
    return replace(console, settings=settings)


def no_links() -> LinkChecks:
    """Checks that never reach anybody: every address is answered here."""

    async def public(host: str, port: int) -> list[str]:
        return ["93.184.215.14"]

    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    return LinkChecks(client, public)


async def look(console: Console) -> Done:
    done = await Rounds(console, no_links()).look()
    assert done is not None
    return done


async def own(
    console: Console, *entries: str, verified: str = "2025-06-01", **more: object
) -> None:
    """Say that listings belong to the organisation, and when they were last verified."""
    for entry in entries:
        body = {**(await current(console, entry)).body, "owner": OURS, "verified": verified, **more}
        async with console.sessions.begin() as session:
            await publishing.put(
                session, Part.SERVICES, entry, "SV", body, origin=Origin.CONSOLE, revision=None,
                at=console.clock(), places=console.places,
            )  # fmt: skip


async def agree(console: Console, *, automatic: bool = True) -> None:
    async with console.sessions.begin() as session:
        await session.merge(
            WishRow(
                organisation=OURS, automatic=automatic, since=console.clock().date(), set_by="Ana"
            )
        )


async def requests(console: Console) -> list[RequestRow]:
    async with console.sessions() as session:
        return list(await session.scalars(select(RequestRow).order_by(RequestRow.id)))


def links_in(server: MailServer) -> list[str]:
    """Return the paths of the links that were mailed."""
    texts = [message.get_content() for _, message in server.taken]
    return [found for told in texts for found in re.findall(r"/confirm/\S+", told)]


async def test_a_pause_that_is_over_ends_by_itself_in_the_public_directory(office, clock):
    until = (clock().date() + timedelta(days=2)).isoformat()
    await own(office, LISTING, paused_until=until)

    async def status() -> str:
        async with office.sessions() as session:
            (found,) = await session.scalars(
                select(Service.status).where(Service.id == service_id(LISTING))
            )
        return str(found)

    assert (await look(office)).reopened == 0
    assert await status() == "temporarily closed"
    clock.passes(days=3)
    assert (await look(office)).reopened == 1
    assert await status() == "active"
    assert (await look(office)).reopened == 0


async def test_by_default_nobody_is_asked_without_an_operator(office, server):
    await own(office, LISTING)
    assert (await look(office)).asked == 0
    await agree(office, automatic=False)
    assert (await look(office)).asked == 0
    assert server.taken == []


async def test_an_organisation_that_agreed_is_asked_for_what_is_due_and_once(
    office, server, browsers
):
    await own(office, LISTING)
    await own(office, "sv-s02", verified=office.clock().date().isoformat())
    await agree(office)
    assert (await look(office)).asked == 1
    assert (await look(office)).asked == 0
    ((recipients, message),) = server.taken
    assert recipients == ["office@example.org"]
    assert message["Subject"].startswith("¿Sigue siendo cierto?")
    assert message["Auto-Submitted"] == "auto-generated"
    (request,) = await requests(office)
    assert (request.entry, request.way, request.organisation) == (LISTING, "email", OURS)
    (path,) = links_in(server)
    client = browsers.stranger("es")
    assert (await client.get(path)).status_code == 200
    assert (await client.post(path, data={"act": "confirm"})).status_code == 303
    assert (await current(office)).body["verified"] == office.clock().date().isoformat()


async def test_not_everything_of_one_organisation_at_once(office, server):
    await own(office, *(f"sv-s{number:02d}" for number in range(1, 9)))
    await agree(office)
    assert (await look(office)).asked == 5
    assert (await look(office)).asked == 3


async def test_a_reminder_after_one_and_two_weeks_with_a_link_that_works_too(
    office, server, browsers, clock
):
    await own(office, LISTING)
    await agree(office)
    sent = []
    for days in range(22):
        clock.at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=days)
        sent += [days] * (await look(office)).reminded
    assert sent == [7, 14]
    assert len(server.taken) == 3
    clock.at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    for path in links_in(server):
        assert (await browsers.stranger().get(path)).status_code == 200


async def test_who_answered_is_not_reminded_and_who_is_not_theirs_is_asked_no_more(
    office, server, browsers, clock
):
    await own(office, LISTING)
    await agree(office)
    await look(office)
    (path,) = links_in(server)
    await browsers.stranger().post(path, data={"act": "not_us"})
    for days in (7, 14, 31, 60):
        clock.at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=days)
        done = await look(office)
        assert (done.asked, done.reminded) == (0, 0)


async def test_two_processes_do_not_do_the_same_twice(office, server):
    await own(office, LISTING)
    await agree(office)
    done = await asyncio.gather(*(Rounds(office, no_links()).look() for _ in range(4)))
    assert sum(one.asked for one in done if one) == 1
    assert len(server.taken) == 1


async def test_a_round_that_another_process_does_is_left_to_it(office):
    with psycopg.connect(conninfo(office.settings.database_url)) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [0x726F756E])
        assert await Rounds(office, no_links()).look() is None
        other.execute("SELECT pg_advisory_unlock_all()")  # closing frees it only some time later
        assert await Rounds(office, no_links()).look() is not None


async def test_a_mail_that_is_not_taken_is_told_and_the_link_can_be_passed_on(office, server):
    await own(office, LISTING)
    entry = await current(office)
    server.refuses.add("office@example.org")
    sent = await send_link(office, entry, Way.EMAIL, asked_by="Ana", now=office.clock())
    assert sent.problem == "recipient"
    assert "/confirm/" in sent.link
    server.refuses.clear()
    server.busy = True
    assert (
        await send_link(office, entry, Way.EMAIL, asked_by="Ana", now=office.clock())
    ).problem == "refused"
    assert [one.problem for one in await requests(office)] == ["recipient", "refused"]


async def test_without_a_mail_server_the_link_is_passed_on(console):
    await fill(console, "SV")
    assert mail_of(console.settings) is None
    sent = await send_link(
        console, await current(console), Way.EMAIL, asked_by="Ana", now=console.clock()
    )
    assert sent.problem == "no_server"


async def test_nothing_can_be_slipped_into_a_mail(server):
    mail = Mail(server.url, SENDER)
    for to in ("a@example.org\r\nBcc: b@example.org", "a@example.org\n\nHello"):
        with pytest.raises(MailError):
            await mail.send(to, "subject", "text")
    with pytest.raises(MailError):
        await mail.send("a@example.org", "subject\r\nBcc: b@example.org", "text")
    assert server.taken == []
    assert server.url not in repr(mail)


async def test_a_short_message_waits_for_the_gateway_and_holds_a_link(office):
    await own(office, LISTING)
    sent = await send_link(
        office, await current(office), Way.SMS, asked_by="Ana", now=office.clock()
    )
    async with office.sessions() as session:
        (row,) = (await session.execute(text("SELECT request, number, body FROM notice"))).all()
        assert row.number == "+50376086805"
        assert sent.link in row.body
        assert await states_of(session, [row.request]) == {row.request: "waiting"}


async def test_only_published_ways_lead_to_anybody(office):
    async with office.sessions() as session:
        contacts = await contacts_of(session, await current(office))
    assert contacts.email == "atencion.especializada@isdemu.gob.sv"
    assert contacts.sms == "+50376086805"
    with pytest.raises(ValueError, match="nobody"):
        await send_link(
            office, await current(office, "sv-s05"), Way.SMS, asked_by="Ana", now=office.clock()
        )


async def test_numbers_and_links_are_looked_at_a_few_at_a_time(office):
    first, second = await look(office), await look(office)
    assert first.contacts > 20
    assert second.contacts == 0
    assert 0 < first.links <= 40
    assert first.links > second.links


async def test_while_nothing_answers_no_link_is_called_dead(office):
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no network")

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200))
    ) as client:
        await Rounds(office, LinkChecks(client, nowhere)).look()
    async with office.sessions() as session:
        found = await session.scalars(select(CheckRow).where(CheckRow.problem.like("link%")))
        assert list(found) == []


async def test_what_a_pack_says_otherwise_than_operators_is_told(office):
    rounds = Rounds(office, no_links())
    await own(office, LISTING)  # published by hand, so that the pack has said something else
    done = await rounds.look()
    assert done is not None
    assert done.conflicts == 1
    async with office.sessions() as session:
        (row,) = await session.scalars(select(CheckRow).where(CheckRow.problem == "pack_differs"))
    assert row.entry == LISTING


async def test_what_operators_changed_is_no_conflict_while_the_pack_stays(office, browsers):
    path = await link_to(office)
    await browsers.stranger().post(path, data={"act": "confirm"})
    assert (await look(office)).conflicts == 0


async def test_what_a_new_pack_says_otherwise_waits_on_today_and_can_be_published(office, browsers):
    await own(office, LISTING)
    pack = next(one for one in packs() if one.country == "SV")
    services = [{**one, "note": "moved"} for one in pack.part("services")]
    document = replace(pack.documents["services"], data=services)
    newer = PackFiles("SV", {**pack.documents, "services": document}, "newer")
    async with office.sessions.begin() as session:
        await load_packs(session, [newer], office.places)
    reviewer = await browsers.signed_in("reviewer", locale="en")
    today = await reviewer.get("/today?part=services&kind=conflict")
    assert "A new pack says something else than what operators published. Choose." in today.text
    (path,) = re.findall(rf'href="(/listings/{LISTING}/versions/\d+)"', today.text)
    shown = await reviewer.get(path)
    assert "moved" in shown.text
    assert (await reviewer.post(f"{path}/publish")).status_code == 303
    assert (await current(office)).body["note"] == "moved"
    today = await reviewer.get("/today?part=services&kind=conflict")
    assert path not in today.text
