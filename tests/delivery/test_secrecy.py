"""What a person wrote stands nowhere: not in the database's files, not in logs, not in reprs."""

from __future__ import annotations

import asyncio
import logging

import psycopg
import pytest
import simulators.faro
import structlog
from psycopg import sql
from simulators.faro import KEYS, PSEUDONYM_KEY, SHORT, running_faro, settings_for, until
from simulators.keys_database import keys_database_of
from simulators.telegram import TOKEN as TELEGRAM_TOKEN
from simulators.telegram import text_update
from simulators.twilio import TOKEN as TWILIO_TOKEN
from sqlalchemy.exc import SQLAlchemyError

from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.database import open_engine
from delivery.envelope import Inbound, Outgoing
from delivery.erasing import Erasing
from delivery.forgetting import erase, forget
from delivery.logs import configure
from delivery.pseudonym import Pseudonyms
from delivery.queue import Queue
from delivery.rewrapping import wrap_anew
from delivery.seal import new_key, read_key_ring
from delivery.timing import Retention

CANARY = "canario-amarillo-4711"
PHONE = "+50371234567"


async def test_a_canary_is_in_no_file_of_the_database_before_and_after_the_answer(
    postgres, database_url
):
    async with running_faro(database_url) as faro:
        faro.enclave.up = False
        form = {"MessageSid": CANARY, "From": PHONE, "To": "+15005550006", "Body": CANARY}
        await faro.twilio_post(form)
        await until(lambda: faro.enclave.turns)
        assert found_in_files(postgres, database_url) == []
        faro.enclave.up = True
        await until(lambda: any(CANARY in text for text in faro.twilio.texts))
        await asyncio.sleep(0.3)
        assert found_in_files(postgres, database_url) == []


def found_in_files(postgres, database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (name,) = connection.execute("SELECT current_database()").fetchone()
        (oid,) = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    folders = [postgres.place.data / "base" / str(oid), postgres.place.data / "pg_wal"]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 100
    needles = [CANARY.encode(), PHONE.encode(), PHONE[1:].encode()]
    files.append(postgres.place.log)
    return [file.name for file in files if any(needle in file.read_bytes() for needle in needles)]


async def test_no_text_address_or_secret_is_in_the_logs(database_url, capfd):
    configure()
    try:
        async with running_faro(database_url) as faro:
            faro.telegram.failures = [(500, {"description": CANARY})]
            await faro.telegram_post(text_update(1, CANARY, chat=7654321))
            await faro.telegram_post(text_update(2, CANARY, chat=7654321), secret="forged")
            await faro.twilio_post({"MessageSid": "S", "From": PHONE, "To": "+1", "Body": CANARY})
            await until(lambda: faro.telegram.sent and faro.twilio.sent)
            await faro.client.get("/health")
            logging.getLogger("anything").warning("something")
    finally:
        structlog.reset_defaults()
        for name in ("httpx", "httpcore", "telegram", "twilio", "procrastinate", "alembic"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    captured = capfd.readouterr()
    lines = captured.err + captured.out
    assert "answered" in lines
    secrets = [CANARY, PHONE, PHONE[1:], "7654321", TELEGRAM_TOKEN, TWILIO_TOKEN, PSEUDONYM_KEY]
    secrets += [
        "telegram-secret-for-tests",
        "door-token-for-tests",
        *KEYS.replace(":", ",").split(",")[1::2],
    ]
    assert [secret for secret in secrets if secret in lines] == []


async def test_reprs_of_settings_and_messages_tell_nothing(database_url):
    settings = settings_for(
        database_url, door="http://127.0.0.1:1", telegram="http://t", twilio="http://t"
    )
    shown = repr(settings) + repr(Inbound("sms", "SM1", PHONE, CANARY, country="SV"))
    shown += repr(Outgoing(CANARY)) + repr(Pseudonyms(b"p" * 32))
    for secret in (CANARY, PHONE, "SM1", TELEGRAM_TOKEN, TWILIO_TOKEN, "door-token", database_url):
        assert secret not in shown


async def test_a_failing_statement_does_not_show_its_values(database_url):
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        with pytest.raises(SQLAlchemyError) as failed:
            await connection.exec_driver_sql("SELECT * FROM nothing WHERE a = %s", (CANARY,))
        assert CANARY not in str(failed.value)
    await engine.dispose()


def open_both(database_url):
    engine = open_engine(keys_database_of(database_url))
    return open_engine(database_url), ConversationKeys(engine, read_key_ring(KEYS))


async def test_who_asks_to_be_forgotten_is_forgotten(database_url):
    async with running_faro(database_url) as faro:
        await faro.twilio_post({"MessageSid": "S", "From": PHONE, "To": "+1", "Body": "hola"})
        await until(lambda: faro.twilio.sent)
    engine, keys = open_both(database_url)
    pseudonyms = Pseudonyms(b"p" * 32)
    copies = ProviderCopies(engine, read_key_ring(KEYS), pseudonyms, {}, SHORT)
    erasing = Erasing(engine, keys, Queue(database_url), copies, kinds=dict, timing=SHORT)
    assert await erase(engine, erasing, pseudonyms, "sms", PHONE)
    assert not await erase(engine, erasing, pseudonyms, "sms", PHONE)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM conversation").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    assert await keys.names(older_than=0, at_most=9) == []
    await engine.dispose()
    await keys.engine.dispose()


async def test_everything_past_its_retention_is_deleted(database_url):
    async with running_faro(database_url) as faro:
        await faro.chat_post(text="hola")
        await asyncio.sleep(1)
    engine, keys = open_both(database_url)
    await forget(
        engine, keys, Retention(idle_days=0, provider_ids=0, settled=0, unread=0, unanswered=0)
    )
    with psycopg.connect(database_url) as connection:
        for table in ("conversation", "inbox", "outbox", "seen"):
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert connection.execute(query).fetchone() == (0,), table
    assert await keys.names(older_than=0, at_most=9) == []
    await engine.dispose()
    await keys.engine.dispose()


async def test_keys_are_rotated_while_a_message_waits(database_url, monkeypatch):
    newer = f"{new_key('newer')},{KEYS}"
    async with running_faro(database_url, works=False) as faro:
        await faro.twilio_post({"MessageSid": "S", "From": PHONE, "To": "+1", "Body": "hola"})
    monkeypatch.setattr(simulators.faro, "KEYS", newer)
    async with running_faro(database_url) as faro:
        await until(lambda: any(text.startswith("1: hola") for text in faro.twilio.texts))
    engine = open_engine(keys_database_of(database_url))
    assert await wrap_anew(engine, read_key_ring(newer)) == 1
    assert await wrap_anew(engine, read_key_ring(newer)) == 0
    await engine.dispose()
    monkeypatch.setattr(simulators.faro, "KEYS", newer.partition(",")[0])
    async with running_faro(database_url) as faro:
        await faro.twilio_post({"MessageSid": "T", "From": PHONE, "To": "+1", "Body": "2"})
        await until(lambda: faro.enclave.turns)
        assert faro.enclave.turns[0].choice == "find_service:kind=shelter"
        assert faro.enclave.turns[0].state.slots["count"] == 1


async def test_a_reply_whose_key_is_gone_does_not_hold_up_the_next(database_url, monkeypatch):
    async with running_faro(database_url) as faro:
        faro.twilio.failures = [(500, 20500)] * 50
        await faro.twilio_post({"MessageSid": "S", "From": PHONE, "To": "+1", "Body": "hola"})
        await until(lambda: len(faro.twilio.failures) < 50)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "UPDATE outbox SET status = 'unknown', not_before = now(),"
            " sending_at = now() - interval '1 minute'"
        )
    monkeypatch.setattr(simulators.faro, "KEYS", new_key("other"))
    async with running_faro(database_url) as faro:
        await faro.twilio_post({"MessageSid": "T", "From": PHONE, "To": "+1", "Body": "otra"})
        await until(lambda: faro.twilio.texts == ["1: otra\n1. Care\n2. A place"], 10)
