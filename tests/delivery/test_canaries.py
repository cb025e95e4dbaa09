"""A planted name, number and sentence, by every channel: they stand nowhere, at no time."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
import structlog
from psycopg import sql
from simulators.canary import Canary, files_below
from simulators.faro import KEYS, running_faro, until
from simulators.keys_database import keys_database_of

from delivery.compacting import CONVERSATIONS, compact
from delivery.compacting import KEYS as KEYS_TABLES
from delivery.conversation_keys import ConversationKeys
from delivery.database import open_engine
from delivery.forgetting import forget
from delivery.logs import configure
from delivery.retention import ages
from delivery.seal import read_key_ring, sealed_with
from delivery.timing import Retention

NOTHING_KEPT = Retention(
    idle_days=0, provider_ids=0, settled=0, unread=0, unanswered=0, count_months=0, codes=0
)
# What the simulated enclave understands: a question, a danger, a way out, a code, the end.
DIALOGUE = (
    "hola",
    "peligro",
    "violencia",
    "codigo",
    "luciernaga",
    "1",
    "basta",
    "salgo",
    "olvidar",
)
_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND data_type = 'bytea'"
)


@asynccontextmanager
async def logging_as_in_use():
    configure()
    try:
        yield
    finally:
        structlog.reset_defaults()
        _log_as_before()


def _log_as_before():
    logging.getLogger().handlers.clear()
    for name in ("httpx", "httpcore", "telegram", "twilio", "procrastinate", "alembic"):
        logging.getLogger(name).setLevel(logging.NOTSET)


class Writer:
    """Writes the same to every channel."""

    def __init__(self, faro, canary):
        self._faro = faro
        self._canary = canary
        self._number = 0

    async def write(self, text):
        """Write by every channel; the provider's own id holds the number, too."""
        self._number += 1
        chat = self._canary.chat(self._number, text)
        for channel in ("webchat", "try"):
            answer = await self._faro.client.post(f"/webhooks/{channel}", json=chat)
            assert answer.status_code == 200
        assert await self._faro.telegram_post(self._canary.update(self._number, text)) == 200
        for channel, form in self._canary.forms(self._number, text):
            assert (await self._faro.twilio_post(form, channel=channel)).status_code == 200


def places(postgres):
    """Return where both databases stand, with their log and all that they write down."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return [postgres.place.base]


def left(url):
    """Return the number of turns and open replies."""
    with psycopg.connect(url) as connection:
        open_ones = "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM outbox"
        found = connection.execute(f"{open_ones} WHERE status != 'sent' AND status != 'failed')")
        return found.fetchone()[0]


def ciphertexts(url):
    """Return everything sealed that stands in a database now."""
    found = set()
    with psycopg.connect(url) as connection:
        for table, column in connection.execute(_COLUMNS).fetchall():
            query = sql.SQL("SELECT {} FROM {}")
            query = query.format(sql.Identifier(column), sql.Identifier(table))
            rows = connection.execute(query).fetchall()
            found |= {bytes(value) for (value,) in rows if value is not None}
    return {value for value in found if sealed_with(value).isalnum()}  # and no keyed hash


@pytest.mark.slow
async def test_nothing_of_a_person_is_found_anywhere_by_any_channel(postgres, database_url, capfd):
    canary, began, sealed = Canary(), time.time(), set()
    async with logging_as_in_use(), running_faro(database_url) as faro:
        writer = Writer(faro, canary)
        faro.telegram.failures = [(500, {"description": canary.said("no")})]
        for word in DIALOGUE:
            faro.enclave.up = False
            await writer.write(canary.said(word))
            await writer.write(word)
            sealed |= ciphertexts(database_url) | ciphertexts(keys_database_of(database_url))
            assert canary.in_files(places(postgres), since=began) == []
            faro.enclave.up = True
            await until(lambda: left(database_url) == 0, 30)
            sealed |= ciphertexts(database_url)
            assert canary.in_files(places(postgres), since=began) == []
        assert canary.in_text("".join(faro.twilio.texts)), "it was understood and answered"
        health = (await faro.client.get("/health")).text
    assert len(sealed) > len(DIALOGUE)
    told = "".join(capfd.readouterr())
    assert "answered" in told
    assert not canary.in_text(told + health)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("ANALYZE")  # as the server does by itself after a while
    await everything_is_forgotten(database_url)
    temporary = Path(tempfile.gettempdir())
    assert canary.in_files([*places(postgres), temporary], since=began) == []
    assert _still_there(postgres, sealed) == []


async def test_a_person_whose_message_cannot_be_answered_stands_in_no_error(
    postgres, database_url, capfd
):
    canary, began = Canary(), time.time()
    async with logging_as_in_use(), running_faro(database_url) as faro:
        writer = Writer(faro, canary)
        for status in (500, 422, 200):
            faro.enclave.status = status
            await writer.write(canary.said("hola"))
            await asyncio.sleep(0.5)
        faro.twilio.failures = [(400, 21211), (500, 20500), (429, 20429)] * 3
        faro.telegram.failures = [(403, {"description": canary.said("blocked")})] * 2
        await writer.write(canary.said("hola"))
        broken = b'{"conversation": "' + canary.name.encode()
        await faro.client.post("/webhooks/webchat", content=broken)
        await faro.client.post("/webhooks/sms", content=canary.said("x").encode())
        await asyncio.sleep(1)
        assert canary.in_files(places(postgres), since=began) == []
    assert not canary.in_text("".join(capfd.readouterr()))


def test_what_is_planted_in_a_file_is_found(tmp_path):
    canary = Canary()
    (tmp_path / "empty").touch()
    assert canary.in_files([tmp_path]) == []
    (tmp_path / "core").write_bytes(b"\x00" + canary.name.upper().encode() + b"\x00")
    (tmp_path / "dump").write_text(canary.digits.encode().hex(), encoding="ascii")
    assert len(canary.in_files([tmp_path])) == 2


async def everything_is_forgotten(database_url):
    engine, keys_engine = open_engine(database_url), open_engine(keys_database_of(database_url))
    keys = ConversationKeys(keys_engine, read_key_ring(KEYS))
    await asyncio.sleep(0.1)  # the last times are older than now
    await forget(engine, keys, NOTHING_KEPT)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM provider_copy")
        assert not [age for age in await ages(connection, NOTHING_KEPT) if age.overdue]
    assert await compact(engine, CONVERSATIONS)
    assert await compact(keys_engine, KEYS_TABLES)
    await engine.dispose()
    await keys_engine.dispose()


def _still_there(postgres, sealed):
    """Return the files that hold one of these ciphertexts."""
    ends = [value[-24:] for value in sorted(sealed)[:: len(sealed) // 40 + 1]]  # of each kind
    found = []
    for file in files_below([postgres.place.base]):
        try:
            content = file.read_bytes()
        except OSError:
            continue
        if any(end in content for end in ends):
            found.append(str(file))
    return found
