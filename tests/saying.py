"""The packs in a database, loaded once a run, and what is said from them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.languages import read_languages, whole
from content.messages import Messages, read_messages
from content.render import Renderer
from content.reply import Reply
from content.tables import Tables, read_tables
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.load import Loaded, load_packs
from directory.migrate import upgrade
from directory.pack_files import PackFiles, pack_folders, read_pack
from directory.pack_lint import lint_pack
from faro.places import build
from faro.postgres import Postgres
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.strict import JsonValue

ROOT = Path(__file__).parents[1]
PACKS = ROOT / "data" / "packs"
PLACES = ROOT / "var" / "places.sqlite"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
LANGUAGES = ("en", "es")
STATUSES = (
    "asylum_seeker",
    "refugee",
    "temporary_protection",
    "undocumented",
    "regular_migrant",
    "unaccompanied_child",
    "returnee",
    "internally_displaced",
    "in_transit",
    "stateless",
    "prefer_not_to_say",
)
CARES = (
    "emergency",
    "primary",
    "hospital",
    "maternity",
    "child_health",
    "mental_health",
    "medicines",
    "sexual_violence_care",
    "infectious_disease",
)


@cache
def all_messages() -> Messages:
    rows = read_languages(ROOT / "data" / "languages.yml")
    return read_messages(ROOT / "data" / "messages", whole(rows, ""))


@cache
def tables() -> Tables:
    return read_tables(ROOT / "data")


@cache
def every_message() -> Messages:
    """The messages of every language, the short ones included."""
    return read_messages(ROOT / "data" / "messages", tuple(tables().languages))


def has_message(message: str) -> bool:
    return all_messages().everywhere(message)


@cache
def packs() -> tuple[PackFiles, ...]:
    """Every pack, read and found without fault."""
    read = []
    for folder in pack_folders(PACKS):
        pack, faults = read_pack(folder)
        assert pack is not None
        assert not [str(fault) for fault in (*faults, *lint_pack(pack, has_message))]
        read.append(pack)
    return tuple(read)


@cache
def places() -> Gazetteer:
    if not PLACES.exists():  # `make setup` compiles it; a lone test run may come first
        build(PLACES, PACKS, ROOT / "data" / "places")
    return Gazetteer(PLACES)


async def load(url: str, wanted: Iterable[PackFiles]) -> Loaded:
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session, session.begin():
            return await load_packs(session, tuple(wanted), places())
    finally:
        await engine.dispose()


@cache
def database_with_packs(server: Postgres) -> str:
    """The address of a database that holds every pack; nobody writes to it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE with_packs")
    upgrade(server.url("with_packs"))
    # A fixture of the whole run has no event loop of its own.
    asyncio.run(load(server.url("with_packs"), packs()))
    return server.url("with_packs")


class Speech:
    """What a renderer says."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer

    async def reply(
        self,
        message: str,
        language: str = "en",
        *,
        now: datetime = NOW,
        choices: tuple[str, ...] = (),
        **values: JsonValue,
    ) -> Reply:
        says = (Say(message, values, choices),)
        decision = Decision(language, "", 1.0, says, State({"language": language}))
        return await self.renderer.render(decision, channel="webchat", now=now)

    async def text(
        self, message: str, language: str = "en", *, now: datetime = NOW, **values: JsonValue
    ) -> str:
        return "\n".join((await self.reply(message, language, now=now, **values)).texts)

    async def rights(
        self,
        country: str,
        status: str,
        care: str | None = None,
        language: str = "en",
        *,
        focus: str = "may",
        now: datetime = NOW,
    ) -> str:
        values: dict[str, JsonValue] = {"country": country, "status": status, "care": care}
        return await self.text("rights.answer", language, now=now, focus=focus, **values)


@asynccontextmanager
async def speech(url: str) -> AsyncIterator[Speech]:
    """Give what is said from the packs at ``url``; messages and tables are read once a run."""
    engine = async_engine(url)
    try:
        sessions = async_sessionmaker(engine, expire_on_commit=False)
        yield Speech(Renderer(every_message(), places(), sessions, tables()))
    finally:
        await engine.dispose()
