"""A preview is what the chat will say: the same words, cut and counted as on the phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from console.preview import CHANNELS, BusyError, Previews, Version
from console.shown import Shown
from content.messages import read_messages
from content.render import Renderer
from content.tables import read_tables
from delivery.capabilities import CAPABILITIES
from delivery.fitting import fit
from delivery.paging import first_page
from delivery.segments import count_segments
from directory import published, publishing
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.pack_files import read_pack
from directory.parts import Part
from wire.decision import Decision
from wire.say import Say
from wire.state import State

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
MESSAGES = read_messages(ROOT / "data" / "messages")
TABLES = read_tables(ROOT / "data")
LANGUAGES = ("en", "es", "ar", "fr")


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """El Salvador's pack in a database."""
    opened = async_engine(database_url)
    pack, _ = read_pack(ROOT / "data" / "packs" / "SV")
    assert pack is not None
    async with AsyncSession(opened) as session, session.begin():
        await load_packs(session, [pack], places())
    yield opened
    await opened.dispose()


def places() -> Gazetteer:
    return Gazetteer(ROOT / "var" / "places.sqlite")


@pytest.fixture
def previews(engine: AsyncEngine) -> Previews:
    return Previews(MESSAGES, TABLES, places(), engine)


async def published_version(engine: AsyncEngine, part: Part, entry: str) -> Version:
    async with AsyncSession(engine) as session:
        found = await published.get(session, part, entry)
    assert found is not None
    return Version(part, entry, "SV", found.body)


async def said(
    engine: AsyncEngine, message: str, language: str, channel: str, **values: object
) -> list[str]:
    """Return what the chat sends first, by the renderer and the fitting of the gateway."""
    renderer = Renderer(MESSAGES, places(), async_sessionmaker(engine), TABLES)
    say = Say(message, values, ("menu_help",))  # type: ignore[arg-type]  # values of several types
    state = State({"language": language, "country": "SV"})
    decision = Decision(language, "", 1.0, (say,), state)
    reply = await renderer.render(decision, channel=channel, now=NOW)
    page, _ = first_page(reply, CAPABILITIES[channel], MESSAGES.text)
    return [message.text for message in fit(page, CAPABILITIES[channel], offered_in=1)]


def texts(shown: Shown) -> list[str]:
    return [bubble.text for bubble in shown.pages[0]]


def of(shown: list[Shown], way: str, channel: str) -> Shown:
    return next(one for one in shown if (one.asked.way, one.channel) == (way, channel))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_published_listing_is_shown_as_the_chat_says_it(engine, previews, language):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    shown = await previews.of(version, language=language, now=NOW)
    for channel in CHANNELS:
        told = await said(
            engine, "services.details", language, channel, listing="sv-s01", country="SV"
        )
        assert texts(of(shown, "details", channel)) == told
        in_list = of(shown, "list", channel)
        assert in_list.told
        wanted = await said(engine, "services.list", language, channel, **in_list.asked.values)
        assert texts(in_list) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("part", "entry"),
    [(Part.HELPLINES, "sv-h01"), (Part.RIGHTS, "sv-r01"), (Part.RIGHTS, "sv-r02")],
)
async def test_a_line_and_a_fact_are_shown_as_the_chat_says_them(
    engine, previews, part, entry, language
):
    version = await published_version(engine, part, entry)
    for shown in await previews.of(version, language=language, now=NOW):
        assert shown.told
        asked = shown.asked
        assert texts(shown) == await said(
            engine, asked.message, language, shown.channel, **asked.values
        )


async def test_a_draft_is_shown_with_its_own_number_and_nothing_is_kept_of_it(engine, previews):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    draft = Version(
        version.part, version.entry, "SV", {**version.body, "phones": [{"number": "2510-9999"}]}
    )
    shown = await previews.of(draft, language="es", now=NOW)
    for one in shown:
        assert any("2510-9999" in bubble.text for page in one.pages for bubble in page)
    after = await published_version(engine, Part.SERVICES, "sv-s01")
    assert after.body == version.body


async def test_an_entry_that_was_never_published_has_a_preview(engine, previews):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    body = {**version.body, "id": "sv-s998", "name": "Casa nueva"}
    shown = await previews.of(Version(Part.SERVICES, "sv-s998", "SV", body), language="en", now=NOW)
    assert all(one.told for one in shown)
    assert "Casa nueva" in texts(of(shown, "details", "telegram"))[0]


async def test_a_listing_that_no_answer_says_is_told_to_be_hidden(engine, previews):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    body = {**version.body, "confidence": "low"}
    hidden = Version(Part.SERVICES, "sv-s01", "SV", body)
    shown = await previews.of(hidden, language="en", now=NOW)
    assert not any(one.told for one in shown)


async def test_an_sms_has_its_segments_and_its_alphabet_part_by_part(engine, previews):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    for language, alphabet in (("es", "GSM-7"), ("ar", "UCS-2")):
        shown = await previews.of(version, language=language, now=NOW)
        sms = of(shown, "details", "sms")
        parts = [bubble for page in sms.pages for bubble in page]
        assert [part.alphabet for part in parts] == [alphabet] * len(parts)
        assert [part.segments for part in parts] == [count_segments(part.text) for part in parts]
        assert sms.segments == sum(count_segments(part.text) for part in parts)
        assert all(bubble.segments is None for bubble in of(shown, "list", "telegram").pages[0])


async def test_whoever_publishes_the_same_entry_is_not_waited_for_long(engine, previews):
    version = await published_version(engine, Part.SERVICES, "sv-s01")
    async with AsyncSession(engine) as session, session.begin():
        await publishing.put(
            session, Part.SERVICES, "sv-s01", "SV", version.body,
            origin="console", revision=None, at=NOW, places=places(),
        )  # fmt: skip
        with pytest.raises(BusyError):
            await previews.of(version, language="en", now=NOW)
