"""What operators publish is said in chat within seconds, without a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from saying import NOW, ROOT, Speech, every_message, packs, places, tables
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content import live
from content.live import LOOK_AGAIN, Known, Live, new_wording
from content.recordings import fingerprint
from content.render import Renderer
from content.wording_faults import is_safety, wording_faults
from directory import publishing, recordings, revisions
from directory.engine import async_engine
from directory.load import load_packs
from directory.parts import Origin, Part, message_entry

MESSAGES = ROOT / "data" / "messages"
THANKS = "thanks.reply"
ASKED = "myth.claimed_anew"


class Clock:
    """Seconds that grow when a test says so."""

    at = 0.0

    def __call__(self) -> float:
        return self.at

    def passes(self, seconds: float = LOOK_AGAIN) -> None:
        self.at += seconds


class Desk:
    """Somebody who publishes, and a chat that says what was published."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], clock: Clock) -> None:
        self.sessions = sessions
        self.clock = clock
        renderer = Renderer(every_message(), places(), sessions, tables())
        renderer._live = Live(every_message(), tables(), sessions, clock)
        self.live = renderer._live
        self.renderer = renderer
        self.said = Speech(renderer)

    async def publish(self, part: Part, entry: str, body: Mapping[str, Any]) -> None:
        async with self.sessions.begin() as session:
            await revisions.publish_now(
                session, part=part, entry=entry, country=None, body=body, actor="Ana",
                reason="it was wrong", origin=Origin.CONSOLE, places=places(), now=NOW,
            )  # fmt: skip
        self.clock.passes()

    async def word(self, language: str, message: str, text: str) -> None:
        await self.publish(Part.MESSAGES, message_entry(language, message), new_wording(text, ""))

    async def take_back(self, part: Part, entry: str) -> None:
        async with self.sessions.begin() as session:
            await publishing.retire(session, part, entry, at=NOW)
        self.clock.passes()


COUNTRIES = ("DE", "GR", "GT", "IT", "MX", "SE")  # whose facts the rumours rest on


@asynccontextmanager
async def a_desk(url: str) -> AsyncIterator[Desk]:
    engine = async_engine(url)
    try:
        yield Desk(async_sessionmaker(engine, expire_on_commit=False), Clock())
    finally:
        await engine.dispose()


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with a_desk(database_url) as opened:
        async with opened.sessions.begin() as session:
            await load_packs(session, [p for p in packs() if p.country in COUNTRIES], places())
        yield opened


def card(kind: str, name: str, **changed: Any) -> dict[str, Any]:
    known = dict(tables().cards.of(kind)[name])
    known.pop("asked", None)
    return known | changed


async def test_a_published_wording_is_said_within_seconds(desk: Desk) -> None:
    assert "Con mucho gusto" in await desk.said.text(THANKS, "es")
    await desk.word("es", THANKS, "Gracias a usted.")
    assert await desk.said.text(THANKS, "es") == "Gracias a usted."
    assert "You are welcome" in await desk.said.text(THANKS, "en")


async def test_what_is_taken_back_is_said_as_in_the_file_again(desk: Desk) -> None:
    await desk.word("es", THANKS, "Gracias a usted.")
    await desk.said.text(THANKS, "es")
    await desk.take_back(Part.MESSAGES, f"es/{THANKS}")
    assert "Con mucho gusto" in await desk.said.text(THANKS, "es")


async def test_the_database_is_asked_once_in_a_few_seconds(desk: Desk) -> None:
    await desk.said.text(THANKS, "es")
    before = desk.live.known
    await desk.word("es", THANKS, "Gracias a usted.")
    desk.clock.at -= 1.0
    assert "Con mucho gusto" in await desk.said.text(THANKS, "es")
    assert desk.live.known is before
    desk.clock.passes(1.0)
    assert await desk.said.text(THANKS, "es") == "Gracias a usted."


async def test_nothing_is_read_again_while_nothing_is_published(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.word("es", THANKS, "Gracias a usted.")
    await desk.live.refreshed()
    monkeypatch.setattr(live, "read_edited", _never)
    desk.clock.passes()
    await desk.live.refreshed()


async def _never(session: AsyncSession) -> None:
    raise AssertionError("read again")


async def test_a_clock_that_goes_back_hides_no_change(desk: Desk) -> None:
    await desk.word("es", THANKS, "Gracias a usted.")
    await desk.said.text(THANKS, "es")
    async with desk.sessions.begin() as session:
        await revisions.publish_now(
            session, part=Part.MESSAGES, entry=f"es/{THANKS}", country=None,
            body=new_wording("A sus órdenes.", ""), actor="Ana", reason="kinder",
            origin=Origin.CONSOLE, places=places(), now=NOW - timedelta(days=1),
        )  # fmt: skip
    desk.clock.passes()
    assert await desk.said.text(THANKS, "es") == "A sus órdenes."


async def test_a_database_that_does_not_answer_leaves_what_was_known() -> None:
    engine = async_engine("postgresql://nobody@127.0.0.1:1/none")
    here = Live(every_message(), tables(), async_sessionmaker(engine), Clock())
    assert await here.refreshed() == Known(every_message(), tables())


async def test_a_wording_with_other_placeholders_is_never_said(desk: Desk) -> None:
    await desk.word("es", "ask.city", "¿En qué ciudad de {land}?")
    assert "{" not in await desk.said.text("ask.city", "es", country="SE")


async def test_an_edited_rumour_is_told_as_it_is_now(desk: Desk) -> None:
    changed = card("myth", "hospital_police", countries=["SE"], offers=["rights_care"])
    changed["source"] = {"title": "A newer page", "url": "https://example.org", "published": "2026"}
    await desk.publish(Part.MYTHS, "hospital_police", changed)
    reply = await desk.said.reply(
        "myth.card", card="hospital_police", country="IT",
        choices=("rights_care", "legal_asylum_aid", "myth", "menu_help"),
    )  # fmt: skip
    assert "A newer page" in reply.texts[0]
    assert "In other countries" in reply.texts[0]
    assert [choice.id for choice in reply.choices] == ["rights_care", "myth", "menu_help"]


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [("myth", Part.MYTHS, "hospital_police"), ("practice", Part.PRACTICES, "te_orienta")],
)
async def test_a_card_that_was_taken_back_is_offered_no_more_and_says_so(
    desk: Desk, kind: str, part: Part, name: str
) -> None:
    await desk.publish(part, name, card(kind, name))
    await desk.take_back(part, name)
    listed = await desk.said.reply(f"{kind}.list", choices=(f"{kind}:card={name}", "menu_help"))
    assert [choice.id for choice in listed.choices] == ["menu_help"]
    told = await desk.said.reply(f"{kind}.card", card=name, choices=(kind, "menu_help"))
    assert "We no longer say this" in told.texts[0]
    assert [choice.id for choice in told.choices] == [kind, "menu_help"]


async def test_a_new_card_is_offered_where_it_is_worded(desk: Desk) -> None:
    await desk.publish(Part.MYTHS, "free_bus", card("myth", "only_papers", id="free_bus"))
    for message, text in (
        ("myth.free_bus.claim", "The bus is free for everybody."),
        ("myth.free_bus.truth", "It is free for children only."),
        ("choice.myth_free_bus", "Is the bus free?"),
    ):
        await desk.word("en", message, text)
    listed = await desk.said.reply("myth.list", choices=("menu_help",))
    assert [choice.id for choice in listed.choices] == ["myth:card=free_bus", "menu_help"]
    told = await desk.said.text("myth.card", card="free_bus")
    assert "It is free for children only." in told
    listed = await desk.said.reply("myth.list", "es", choices=("menu_help",))
    assert [choice.id for choice in listed.choices] == ["menu_help"]


async def test_a_rumour_that_nobody_has_worded_in_a_language_is_answered_with_how_to_check(
    desk: Desk,
) -> None:
    await desk.publish(Part.MYTHS, "free_bus", card("myth", "only_papers", id="free_bus"))
    told = await desk.said.reply(
        "myth.card", card="free_bus", choices=("rights_care", "myth", "menu_help")
    )
    assert "It is good to check." in told.texts[0]
    asked = await desk.said.reply("myth.which", choices=("myth:card=free_bus", "menu_help"))
    assert [choice.id for choice in asked.choices] == ["menu_help"]


async def test_how_a_rumour_is_recognised_is_told_where_it_is_not_as_in_its_file(
    desk: Desk,
) -> None:
    assert await desk.renderer.rumours() == {}
    await desk.publish(Part.MYTHS, "only_papers", card("myth", "only_papers"))
    assert await desk.renderer.rumours() == {}
    rows = [["BUS", "HOW_MUCH"], ["BUS", "TRUE_FALSE", "MIGRANTS"]]
    await desk.publish(Part.MYTHS, "free_bus", card("myth", "only_papers", concepts=rows))
    await desk.take_back(Part.MYTHS, "only_papers")
    assert await desk.renderer.rumours() == {
        "free_bus": ["BUS HOW_MUCH", "BUS TRUE_FALSE MIGRANTS"],
        "only_papers": [],
    }


async def test_a_message_that_nothing_asks_for_is_not_added(desk: Desk) -> None:
    await desk.word("en", "made.up", "Nobody asks for this.")
    assert not (await desk.live.refreshed()).messages.has("made.up", "en")


async def test_a_recording_plays_until_its_text_is_another(desk: Desk) -> None:
    text = every_message().wording(THANKS, "es").text
    async with desk.sessions.begin() as session:
        row = await recordings.keep(
            session, language="es", message=THANKS, wording=fingerprint(text), sound=b"OggS",
            suffix=".ogg", voice="Ana", actor="Ana", now=NOW,
        )  # fmt: skip
    desk.clock.passes()
    assert (await desk.said.reply(THANKS, "es")).recordings == (row.file,)
    await desk.word("es", THANKS, "Gracias a usted.")
    assert (await desk.said.reply(THANKS, "es")).recordings == ()


@pytest.mark.parametrize(
    ("message", "text", "problem"),
    [
        (
            "danger.stay",
            "Vaya a {place}, a un lugar con gente, y llame desde ahí si puede.",
            "none",
        ),
        ("danger.stay", "Por favor cálmese y vaya a un lugar donde haya más gente.", "never said"),
        ("choice.rights_care", "Quiero saber si tengo derecho", "a button shows 24"),
        ("ask.city", "¿Ciudad de {country", "brace"),
        ("danger.stay", "Ya.", "characters where the English has"),
    ],
)
def test_a_wording_that_does_not_fit_is_told(message: str, text: str, problem: str) -> None:
    faults = wording_faults(every_message(), "es", {message: text}, MESSAGES)
    assert problem in " ".join(fault.problem for fault in faults)
    assert {fault.message for fault in faults} == {message}


def test_what_stands_in_the_files_today_fits() -> None:
    messages = every_message()
    for language in ("es", "ar", "ti"):
        texts = {one: messages.wording(one, language).text for one in messages.ids(language)}
        assert wording_faults(messages, language, texts, MESSAGES) == []


def test_an_english_text_keeps_what_code_fills_in() -> None:
    faults = wording_faults(every_message(), "en", {"ask.city": "Which city?"}, MESSAGES)
    assert "{country}" in faults[0].problem
    assert is_safety("danger.stay")
    assert not is_safety(THANKS)
