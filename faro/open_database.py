"""A database for a command: that of a running Faro, the one that is set, or our own."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path

import psycopg
from sqlalchemy.exc import ArgumentError

from delivery.database import conninfo
from directory.migrate import upgrade
from faro.announcement import Announcement, read_announcement
from faro.errors import FaroError
from faro.postgres import NotOwnedError, Postgres
from faro.postgres_place import place_of
from faro.progress import tell
from faro.root import ROOT

_LOCK_LOOK = 0.2  # seconds
_CORRECT = "Correct the setting; without it Faro runs its own database"


async def open_database(stack: AsyncExitStack, found: Announcement | None) -> str:
    """Return the address of a database with our tables; ``stack`` stops what was started.

    Raises:
        FaroError: The database that is set does not answer.
        PostgresError: Our own cannot be started.
    """
    if found is not None and _answers(found.database_url):
        return found.database_url
    if url := _set_database_url():
        if not _answers(url):
            raise FaroError(
                "The database that DATABASE_URL names does not answer",
                f"Start it. {_CORRECT}",
            )
        upgrade(url)
        return url
    return await _start_postgres(stack)


async def _start_postgres(stack: AsyncExitStack) -> str:
    postgres = Postgres(place_of(ROOT))
    stack.callback(postgres.stop)
    told = False
    while True:
        try:
            postgres.start(tell)
        except NotOwnedError:
            found = read_announcement()  # faro up may have become ready meanwhile
            if found is not None and _answers(found.database_url):
                return found.database_url
            if not told:
                tell("Another faro command uses the database; waiting for it to end ...")
            told = True
            await asyncio.sleep(_LOCK_LOOK)
            continue
        upgrade(postgres.url())
        return postgres.url()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(conninfo(url), connect_timeout=3).close()
    except ArgumentError:
        raise FaroError("DATABASE_URL is not the address of a database", _CORRECT) from None
    except psycopg.OperationalError:
        return False
    return True


def _set_database_url() -> str | None:
    if url := os.environ.get("DATABASE_URL", "").strip():
        return url
    if not (file := os.environ.get("DATABASE_URL_FILE", "").strip()):
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError:
        raise FaroError("DATABASE_URL_FILE names a file that cannot be read", _CORRECT) from None
