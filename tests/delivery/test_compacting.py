"""What was deleted leaves the files of the database too, and nobody waits for that."""

from __future__ import annotations

import asyncio
import time

import psycopg
from simulators.faro import running_faro, until
from simulators.keys_database import keys_database_of
from simulators.twilio import SMS

from delivery.compacting import CONVERSATIONS, KEYS, Compacting, compact
from delivery.database import open_engine

FORM = {"MessageSid": "S", "From": "+50370000001", "To": SMS, "Body": "hola"}


def holding(postgres, value):
    """Return the files of tables and logs that hold these bytes."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    folders = [postgres.place.data / "base", postgres.place.data / "pg_wal"]
    found = []
    for file in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        try:
            if value in file.read_bytes():
                found.append(file.name)
        except FileNotFoundError:
            continue  # a finished log went meanwhile
    return found


def one(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


async def test_a_ciphertext_is_in_no_file_once_it_was_deleted(postgres, database_url):
    async with running_faro(database_url) as faro:
        faro.enclave.up = False
        await faro.twilio_post(FORM)
        said = one(database_url, "SELECT said FROM inbox")
        address = one(database_url, "SELECT address FROM conversation")
        wrapped = one(keys_database_of(database_url), "SELECT key FROM conversation_key")
        faro.enclave.up = True
        await until(lambda: any("hola" in text for text in faro.twilio.texts))
    for value in (said, address, wrapped):
        assert holding(postgres, value[-32:]), "it stands there while it is needed"
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM conversation")
    with psycopg.connect(keys_database_of(database_url)) as connection:
        connection.execute("DELETE FROM conversation_key")
    for url, tables in ((database_url, CONVERSATIONS), (keys_database_of(database_url), KEYS)):
        engine = open_engine(url)
        assert await compact(engine, tables)
        await engine.dispose()
    for value in (said, address, wrapped):
        assert holding(postgres, value[-32:]) == []


async def test_a_table_that_is_in_use_is_left_for_the_next_time(database_url):
    engine = open_engine(database_url)
    with psycopg.connect(database_url) as using:
        using.execute("LOCK TABLE inbox IN ACCESS SHARE MODE")
        began = time.monotonic()
        assert not await compact(engine, ["inbox"])
        assert time.monotonic() - began < 3
    assert await compact(engine, ["inbox"])
    await engine.dispose()


async def test_messages_are_accepted_while_tables_are_written_anew(database_url):
    async with running_faro(database_url) as faro:
        engine = open_engine(database_url)
        writing = asyncio.create_task(compact(engine, CONVERSATIONS))
        for number in range(10):
            began = time.monotonic()
            form = {**FORM, "MessageSid": f"S{number}"}
            assert (await faro.twilio_post(form)).status_code == 200
            assert time.monotonic() - began < 4
        await writing
        await engine.dispose()


async def test_nothing_is_written_anew_where_nothing_was_deleted(database_url):
    engine = open_engine(database_url)
    compacting = Compacting(engine, CONVERSATIONS, every=0)
    assert await compacting.run_if_due()
    assert not await compacting.run_if_due()
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO conversation (id, channel, address) VALUES ('a', 'sms', 'x')"
        )
        connection.execute("DELETE FROM conversation")
    for _ in range(40):
        if await compacting.run_if_due():
            break
        await asyncio.sleep(0.1)  # the server counts a little later
    else:
        raise AssertionError("it was not written anew")
    assert not await Compacting(engine, CONVERSATIONS, every=60).run_if_due()
    await engine.dispose()
