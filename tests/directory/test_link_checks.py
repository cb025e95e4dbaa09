"""A dead link and an impossible number are told to operators; nothing inside our network is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta

import httpx
import pytest
from editing import NOW, body_of, editing
from saying import PLACES, packs
from sqlalchemy.ext.asyncio import AsyncSession

from directory import publishing
from directory.checks import Links, check_contacts, links_to_check, note_links, problems
from directory.gazetteer import Gazetteer
from directory.link_checks import (
    DEAD,
    FAILING,
    MOVED,
    REFUSED,
    SLOW,
    UNREACHABLE,
    LinkChecks,
    is_public,
    resolve,
)
from directory.number_checks import (
    IMPOSSIBLE,
    NO_EMAIL,
    NO_NUMBER,
    contact_faults,
    mobile,
    number_fault,
)
from directory.parts import Origin, Part

PUBLIC = "93.184.215.14"
HOSTS: Mapping[str, list[str]] = {
    "a.example": [PUBLIC],
    "b.example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "inside.example": ["10.0.0.7"],
    "both.example": [PUBLIC, "127.0.0.1"],
}
Answers = Callable[[httpx.Request], httpx.Response]


async def _resolve(host: str, port: int) -> list[str]:
    if host in HOSTS:
        return HOSTS[host]
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise OSError("no such host")


async def checked(url: str, answers: Answers) -> tuple[str | None, list[httpx.Request]]:
    """Return the problem of an address, and what was asked for."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers(request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        return await LinkChecks(client, _resolve).problem_of(url), asked


def always(status: int, **headers: str) -> Answers:
    return lambda _: httpx.Response(status, headers=headers)


@pytest.mark.parametrize(
    ("status", "problem"),
    [(200, None), (204, None), (403, None), (429, None), (404, DEAD), (410, DEAD), (500, FAILING)],
)
async def test_what_a_server_answers_is_what_is_wrong(status, problem):
    assert (await checked("https://a.example/page", always(status)))[0] == problem


async def test_head_is_enough_where_a_server_knows_it():
    problem, asked = await checked("https://a.example/", always(200))
    assert problem is None
    assert [request.method for request in asked] == ["HEAD"]


async def test_get_is_asked_where_a_server_does_not_know_head():
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(405 if request.method == "HEAD" else 200)

    problem, asked = await checked("https://a.example/", answer)
    assert problem is None
    assert [request.method for request in asked] == ["HEAD", "GET"]


async def test_the_address_that_was_looked_up_is_the_one_that_is_called():
    for host, address in (("a.example", PUBLIC), ("b.example", HOSTS["b.example"][0])):
        _, (asked,) = await checked(f"https://{host}:8443/x?y=1#z", always(200))
        assert asked.url.host == address
        assert asked.headers["host"] == f"{host}:8443"
        assert asked.extensions["sni_hostname"] == host
        assert asked.url.query == b"y=1"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/admin"),
        *("http://169.254.169.254/latest/meta-data/", "http://172.16.0.1/", "http://0.0.0.0/"),
        *(
            "http://[::ffff:127.0.0.1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://100.64.0.1",
        ),
        *("http://inside.example/", "https://both.example/", "http://224.0.0.1/"),
        *("http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/"),
        *("ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "http://a.example:22/"),
        *("http://a.example:6379/", "http://user:word@a.example/"),
    ],
)
async def test_nothing_of_our_own_network_is_asked(url):
    problem, asked = await checked(url, always(200))
    assert problem in (REFUSED, UNREACHABLE)
    assert asked == []


@pytest.mark.parametrize("where", ["http://127.0.0.1:8080/", "//inside.example/", "file:///etc"])
async def test_a_redirection_inside_is_not_followed(where):
    problem, asked = await checked("https://a.example/", always(302, location=where))
    assert problem in (REFUSED, UNREACHABLE)
    assert len(asked) == 1


async def test_redirections_are_followed_and_have_an_end():
    def moved(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "/new"})
        return httpx.Response(200)

    problem, asked = await checked("https://a.example/old", moved)
    assert problem is None
    assert asked[-1].url.path == "/new"
    assert (await checked("https://a.example/", always(302, location="/")))[0] == MOVED


@pytest.mark.parametrize(
    "url", ["", "no address", "https://", "http://[", "https://nobody.example/", "http://a\x00b/"]
)
async def test_what_is_no_address_or_has_no_host_is_told(url):
    problem, asked = await checked(url, always(200))
    assert problem in (UNREACHABLE, REFUSED)
    assert asked == []


async def test_a_server_that_breaks_off_or_is_slow_is_told():
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("broken", request=request)

    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    assert (await checked("https://a.example/", broken))[0] == UNREACHABLE
    assert (await checked("https://a.example/", slow))[0] == SLOW


async def test_names_of_this_machine_are_not_public():
    assert not any(map(is_public, await resolve("localhost", 80)))


@pytest.mark.parametrize(
    ("number", "country", "problem"),
    [
        ("112", "SV", None),
        ("1-8-0", "CR", None),
        ("2510-4300", "SV", None),
        ("+503 7608 6805", "GR", None),
        ("2510-43", "SV", IMPOSSIBLE),
        ("800 836398352", "CR", IMPOSSIBLE),
        ("ask at the door", "SV", NO_NUMBER),
        ("2510-4300", None, NO_NUMBER),
    ],
)
def test_a_number_is_looked_at_as_its_country_writes_it(number, country, problem):
    assert number_fault(number, country) == problem


def test_the_path_of_what_is_wrong_is_told():
    body = {
        "phones": [{"number": "112"}, {"number": "12345678901234567"}],
        "whatsapp": [],
        "email": ["x@y", "a@b.org"],
    }
    found = dict(contact_faults(Part.SERVICES, body, "SV"))
    assert found == {"phones.1.number": IMPOSSIBLE, "email.0": NO_EMAIL}
    organisation = {"phones": ["2510-43"], "email": []}
    assert dict(contact_faults(Part.ORGANISATIONS, organisation, "SV")) == {"phones.0": IMPOSSIBLE}


def test_what_the_packs_hold_is_possible_but_for_one_number():
    wrong = {
        entry["id"]
        for pack in packs()
        for part in (Part.SERVICES, Part.HELPLINES)
        for entry in pack.part(part)
        if any(contact_faults(part, entry, pack.country))
    }
    assert wrong == {"cr-h05", "cr-s11"}  # 800 TENFODA, a word of nine letters


def test_only_mobile_numbers_take_sms():
    assert mobile("7608 6805", "SV") == "+50376086805"
    assert mobile("2510-4300", "SV") is None
    assert mobile("126", "SV") is None
    assert mobile("call us", "SV") is None


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


async def test_numbers_are_looked_at_again_only_when_an_entry_changed(session):
    async def look(days: int) -> int:
        return await check_contacts(session, now=NOW + timedelta(days=days), most=10_000)

    entries = sum(
        len(pack.part(part))
        for pack in packs()
        if pack.country == "SV"
        for part in (Part.SERVICES, Part.HELPLINES)
    )
    assert await look(0) == entries
    assert await look(1) == 0
    assert await problems(session) == []
    await _say(session, phones=[{"number": "2510-43"}], days=2)
    assert await look(3) == 1
    (wrong,) = await problems(session)
    assert (wrong.entry, wrong.path, wrong.code) == ("sv-s01", "phones.0.number", IMPOSSIBLE)
    await _say(session, phones=[{"number": "2510-4300"}], days=4)
    assert await look(5) == 1
    assert await problems(session) == []


async def test_a_few_links_at_a_time_and_each_once_a_week(session):
    first = await links_to_check(session, now=NOW, most=5)
    assert len(first) == 5
    for links in first:
        await note_links(session, links, dict.fromkeys(links.urls), now=NOW)
    second = await links_to_check(session, now=NOW, most=5)
    assert not {one.entry for one in first} & {one.entry for one in second}
    rest = await links_to_check(session, now=NOW, most=10_000)
    for links in rest:
        await note_links(session, links, dict.fromkeys(links.urls), now=NOW)
    assert await links_to_check(session, now=NOW + timedelta(days=6), most=10_000) == []
    again = await links_to_check(session, now=NOW + timedelta(days=8), most=10_000)
    assert len(again) == len(rest) + 5


async def test_a_dead_link_is_told_at_once_and_a_failing_server_the_second_time(session):
    links = Links(Part.SERVICES, "sv-s01", {"url": "https://a.example"})
    await note_links(session, links, {"url": FAILING}, now=NOW)
    assert await problems(session) == []
    later = NOW + timedelta(days=7)
    await note_links(session, links, {"url": FAILING}, now=later)
    (told,) = await problems(session)
    assert (told.code, told.since) == (FAILING, NOW)
    await note_links(session, links, {"url": None}, now=later)
    assert await problems(session) == []
    await note_links(session, links, {"url": DEAD}, now=later)
    assert [told.code for told in await problems(session)] == [DEAD]


async def test_checks_never_change_what_chat_says(session):
    before = await body_of(session, Part.SERVICES, "sv-s01")
    await check_contacts(session, now=NOW, most=10_000)
    links = Links(Part.SERVICES, "sv-s01", {"url": "https://a.example"})
    await note_links(session, links, {"url": DEAD}, now=NOW)
    assert await body_of(session, Part.SERVICES, "sv-s01") == before


async def _say(session: AsyncSession, *, phones: list[dict[str, str]], days: int) -> None:
    body = await body_of(session, Part.SERVICES, "sv-s01")
    await publishing.put(
        session, Part.SERVICES, "sv-s01", "SV", {**body, "phones": phones}, origin=Origin.CONSOLE,
        revision=None, at=NOW + timedelta(days=days), places=Gazetteer(PLACES),
    )  # fmt: skip
