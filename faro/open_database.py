"""A database for a command: that of a running Faro, the one that is set, or our own."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path

import psycopg
from sqlalchemy.exc import ArgumentError

from delivery.database import conninfo
from delivery.keys_table import upgrade_keys
from directory.migrate import upgrade
from faro.announcement import Announcement, read_announcement
from faro.errors import FaroError
from faro.own_databases import own_servers
from faro.postgres import NotOwnedError
from faro.progress import tell
from faro.root import ROOT

_LOCK_LOOK = 0.2  # seconds
_CORRECT = "Correct the setting; without it Faro runs its own database"
_UPGRADES = {"DATABASE_URL": upgrade, "KEYS_DATABASE_URL": upgrade_keys}


async def open_database(stack: AsyncExitStack, found: Announcement | None) -> str:
    """Return the address of a database with our tables; ``stack`` stops what was started.

    Raises:
        FaroError: The database that is set does not answer.
        PostgresError: Our own cannot be started.
    """
    return await _opened(stack, found, "DATABASE_URL")


async def open_keys_database(stack: AsyncExitStack, found: Announcement | None) -> str:
    """Return the address of the database of keys; ``stack`` stops what was started.

    Raises:
        FaroError: The database that is set does not answer.
        PostgresError: Our own cannot be started.
    """
    return await _opened(stack, found, "KEYS_DATABASE_URL")


async def _opened(stack: AsyncExitStack, found: Announcement | None, setting: str) -> str:
    if (url := _announced(found, setting)) and _answers(url, setting):
        return url
    if url := _set(setting):
        if not _answers(url, setting):
            raise FaroError(
                f"The database that {setting} names does not answer", f"Start it. {_CORRECT}"
            )
        _UPGRADES[setting](url)
        return url
    return await _start_postgres(stack, setting)


async def _start_postgres(stack: AsyncExitStack, setting: str) -> str:
    postgres = own_servers(ROOT)[setting]
    stack.callback(postgres.stop)
    told = False
    while True:
        try:
            postgres.start(tell)
        except NotOwnedError:
            # faro up may have become ready meanwhile
            if (url := _announced(read_announcement(), setting)) and _answers(url, setting):
                return url
            if not told:
                tell("Another faro command uses the database; waiting for it to end ...")
            told = True
            await asyncio.sleep(_LOCK_LOOK)
            continue
        _UPGRADES[setting](postgres.url())
        return postgres.url()


def _announced(found: Announcement | None, setting: str) -> str:
    if found is None:
        return ""
    return found.database_url if setting == "DATABASE_URL" else found.keys_database_url


def _answers(url: str, setting: str) -> bool:
    try:
        psycopg.connect(conninfo(url), connect_timeout=3).close()
    except ArgumentError:
        raise FaroError(f"{setting} is not the address of a database", _CORRECT) from None
    except psycopg.OperationalError:
        return False
    return True


def _set(setting: str) -> str:
    if url := os.environ.get(setting, "").strip():
        return url
    if not (file := os.environ.get(f"{setting}_FILE", "").strip()):
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError:
        raise FaroError(f"{setting}_FILE names a file that cannot be read", _CORRECT) from None
