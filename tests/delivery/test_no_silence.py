"""Failures on the way: the numbers in time, the answer later, each reply once."""

from __future__ import annotations

import asyncio
import time

import psycopg
from simulators.faro import SHORT, until
from simulators.rows import change
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

pytestmark = IN_MODULE_LOOP
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


async def test_without_an_enclave_the_numbers_come_once_and_the_answer_when_it_is_back(
    faro,
):
    faro.enclave.up = False
    began = time.monotonic()
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    assert time.monotonic() - began < SHORT.patience + 2
    assert faro.telegram.texts == ["numbers es None"]
    await asyncio.sleep(1.5)
    faro.enclave.up = True
    await until(lambda: len(faro.telegram.sent) == 2)
    assert faro.telegram.texts[1] == "1: hola"


async def test_the_numbers_are_those_of_the_country_of_the_telephone(faro):
    faro.enclave.up = False
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.texts == ["numbers es SV"]


async def test_the_numbers_come_in_the_language_of_the_script(faro):
    faro.enclave.up = False
    await faro.twilio_post({**SMS, "Body": "ساعدني"})
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.texts == ["numbers ar SV"]


async def test_a_turn_that_is_never_decided_does_not_hold_up_the_next(faro):
    faro.enclave.status = 502
    await faro.telegram_post(text_update(1, "mal"))
    await until(lambda: faro.telegram.sent)
    await until(lambda: len(faro.enclave.turns) >= 6, 10)
    faro.enclave.status = 200
    await faro.telegram_post(text_update(2, "bien"))
    await until(lambda: any("bien" in text for text in faro.telegram.texts))


async def test_a_provider_that_is_away_gets_the_reply_later_and_once(faro):
    faro.twilio.failures = [(503, 20503), (429, 20429)]
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent, 10)
    await asyncio.sleep(1)
    assert len(faro.twilio.sent) == 1


async def test_somebody_who_sent_stop_hears_nothing_more_until_they_write_again(faro):
    faro.twilio.failures = [(400, 21610)]
    await faro.twilio_post(SMS)
    await until(lambda: not faro.twilio.failures)
    await asyncio.sleep(0.5)
    assert faro.twilio.sent == []
    await faro.twilio_post({**SMS, "MessageSid": "SM2", "Body": "otra vez"})
    await until(lambda: faro.twilio.sent)


async def test_a_rejected_message_does_not_hold_up_the_next(faro):
    faro.telegram.failures = [(400, {"description": "Bad Request: message is wrong"})]
    await faro.telegram_post(text_update(1, "uno"))
    await faro.telegram_post(text_update(2, "dos"))
    await until(lambda: faro.telegram.sent, 10)
    assert faro.telegram.texts == ["2: dos"]


async def test_a_status_callback_settles_a_reply_and_has_the_providers_copy_deleted(faro):
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent)
    query = faro.twilio.sent[0]["StatusCallback"].partition("?")[2]
    form = {"MessageSid": "SM9", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    answer = await faro.twilio_post(form, path=f"/status?{query}")
    assert answer.status_code == 204
    await until(lambda: "SM9" in faro.twilio.deleted)
    with psycopg.connect(faro.database_url) as connection:
        row = connection.execute("SELECT status, code, body FROM outbox").fetchone()
    assert row == ("failed", "30003", None)


async def test_nothing_of_a_turn_is_left_once_it_was_answered(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await asyncio.sleep(0.3)
    with psycopg.connect(faro.database_url) as connection:
        count = connection.execute("SELECT count(*) FROM inbox").fetchone()
        bodies = connection.execute("SELECT count(body) FROM outbox").fetchone()
        jobs = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    assert (count, bodies, jobs) == ((0,), (0,), (0,))


async def test_health_says_whether_database_and_enclave_answer(faro):
    assert (await faro.client.get("/health")).json() == {
        "ready": True, "database": True, "enclave": True,
    }  # fmt: skip
    faro.enclave.up = False
    away = await faro.client.get("/health")
    assert (away.status_code, away.json()["enclave"]) == (200, False)


async def test_somebody_whose_language_is_unknown_gets_the_numbers_in_all(faro):
    faro.enclave.up = False
    await faro.twilio_post({**SMS, "From": "+302108616280"})
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.texts == ["numbers en GR\nnumbers es GR\nnumbers ar GR"]


async def test_numbers_that_the_provider_did_not_take_are_sent_again(faro):
    faro.enclave.up = False
    faro.twilio.failures = [(503, 20503), (429, 20429)]
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent, 10)
    assert faro.twilio.texts == ["numbers es SV"]


async def test_a_reply_that_nobody_takes_up_is_sent_after_all(faro):
    faro.twilio.failures = [(500, 20500)] * 50
    await faro.twilio_post(SMS)
    await until(lambda: len(faro.twilio.failures) < 50)
    nobody_comes = "WITH gone AS (DELETE FROM procrastinate_jobs) UPDATE outbox SET not_before ="
    await change(faro.database_url, f"{nobody_comes} now() - interval '1 minute'")
    faro.twilio.failures.clear()
    await until(lambda: faro.twilio.sent, 10)
    assert faro.twilio.texts == ["1: hola\n1. Care\n2. A place"]


async def test_a_database_that_drops_its_connections_loses_no_message(faro):
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent)
    with psycopg.connect(faro.database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
    for number in range(2, 6):
        assert (await faro.twilio_post({**SMS, "MessageSid": f"SM{number}"})).status_code == 200
    await until(lambda: len(faro.twilio.sent) == 5, 15)


async def test_somebody_who_writes_on_gets_the_numbers_once_and_every_answer(faro):
    faro.enclave.up = False
    for number in range(3):
        await faro.chat_post(text=f"n{number}", language="es")
    await asyncio.sleep(SHORT.patience + 0.8)
    faro.enclave.up = True
    await until(lambda: {turn.text for turn in faro.enclave.turns} == {"n0", "n1", "n2"}, 10)
    await asyncio.sleep(0.3)
    query = "SELECT count(*) FILTER (WHERE ordinal < 0), count(*) FROM outbox"
    with psycopg.connect(faro.database_url) as connection:
        assert connection.execute(query).fetchone() == (1, 4)
