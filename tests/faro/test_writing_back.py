"""Files and what operators published come together again, by a release and a load."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from saying import NOW, ROOT, places
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.cards import read_cards
from content.live import new_wording
from content.messages import read_messages
from directory import published, revisions
from directory.edited import read_edited
from directory.engine import async_engine
from directory.parts import Origin, Part
from faro.loading_cards import load_card_files
from faro.writing_back import differences, write_back

DAY = datetime(2026, 11, 22, tzinfo=UTC)
CARD = "more_crime"  # rests on no fact of a pack


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for part in ("messages", "myths", "practices"):
        shutil.copytree(ROOT / "data" / part, tmp_path / part)
    shutil.copy(ROOT / "data" / "languages.yml", tmp_path)
    return tmp_path


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = async_engine(database_url)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


async def publish(sessions: Any, part: Part, entry: str, body: Any) -> None:
    async with sessions.begin() as session:
        await revisions.publish_now(
            session, part=part, entry=entry, country=None, body=body, actor="Ana",
            reason="it was wrong", origin=Origin.CONSOLE, places=places(), now=NOW,
        )  # fmt: skip


async def test_every_card_of_a_file_is_there_to_be_edited(database_url, sessions, data):
    assert await load_card_files(database_url, data) == []
    assert await load_card_files(database_url, data) == []
    async with sessions() as session:
        found = await published.all_of(session, Part.MYTHS)
        assert {one.entry for one in found} == set(read_cards(data / "myths"))
        assert (await read_edited(session)).cards[Part.MYTHS] == {}


async def test_what_an_operator_says_stays_until_the_file_says_it_too(database_url, sessions, data):
    await load_card_files(database_url, data)
    changed = {**read_cards(data / "myths")[CARD], "checked": "2026-12"}
    await publish(sessions, Part.MYTHS, CARD, changed)
    assert await load_card_files(database_url, data) == [f"myths/{CARD}"]
    found = await differences(database_url, data)
    assert [str(one) for one in found] == [f"myths/{CARD}.yml: {CARD} said otherwise"]
    write_back(found, data)
    assert read_cards(data / "myths")[CARD] == changed
    assert await load_card_files(database_url, data) == []
    assert await differences(database_url, data) == []


async def test_a_card_that_was_taken_back_stays_so(database_url, sessions, data):
    await load_card_files(database_url, data)
    async with sessions.begin() as session:
        await revisions.retire(
            session, part=Part.MYTHS, entry=CARD, actor="Ana", reason="wrong", now=DAY
        )
    assert await load_card_files(database_url, data) == [f"myths/{CARD}"]
    async with sessions() as session:
        assert (await read_edited(session)).cards[Part.MYTHS] == {CARD: None}
    assert write_back(await differences(database_url, data), data) == []


async def test_a_wording_goes_into_its_file_and_changes_nothing_else(database_url, sessions, data):
    before = (data / "messages" / "es.po").read_text("utf-8")
    english = read_messages(data / "messages", ("en",)).wording("thanks.reply", "en").text
    body = {
        **new_wording("Gracias a usted.", english, "reviewed"),
        "reviewer": "Rosa Paz",
        "reviewed_on": "2026-11-22",
    }
    await publish(sessions, Part.MESSAGES, "es/thanks.reply", body)
    write_back(await differences(database_url, data), data)
    said = read_messages(data / "messages", ("es",)).wording("thanks.reply", "es")
    assert (said.text, said.state) == ("Gracias a usted.", "reviewed")
    assert said.reviewer == "Rosa Paz, 2026-11-22"
    after = (data / "messages" / "es.po").read_text("utf-8")
    assert _messages(before) - _messages(after) == {_message(before)}
    assert await differences(database_url, data) == []
    await load_card_files(database_url, data)
    async with sessions() as session:
        assert (await read_edited(session)).wordings == {}


def _messages(file: str) -> set[str]:
    """Each message of a file as one string, however its lines are broken."""
    return {
        " ".join(part.replace('"\n"', "").replace('""\n"', '"').replace("\n#. ", " ").split())
        for part in file.split("\n\n")[1:]
    }


def _message(file: str) -> str:
    return next(one for one in _messages(file) if 'msgctxt "thanks.reply"' in one)
