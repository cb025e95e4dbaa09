"""Whoever asks to be forgotten is told so, and then nothing of them is left anywhere of ours."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace

import psycopg
import pytest
from simulators.faro import SHORT, running_faro, until
from simulators.rows import ask, change, counted, everything
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import FIRST_OURS, text_update

from delivery.database import conninfo
from delivery.pseudonym import Pseudonyms
from delivery.timing import Timing

pytestmark = IN_MODULE_LOOP
PSEUDONYMS = Pseudonyms(b"p" * 32)
PERSON = "+50370000001"
SMS = {"MessageSid": "SM1", "From": PERSON, "To": "+15005550006", "Body": "hola"}
CONFIRMED = "privacy.forgotten es"
OF_A_PERSON = ("conversation", "inbox", "outbox", "seen", "resume_code", "procrastinate_jobs")


COUNTING = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in OF_A_PERSON)  # noqa: S608


WAITING = (
    "SELECT c.channel, extract(epoch FROM clock_timestamp() - c.erasing_at)::int, j.task_name,"
    " j.status::text, j.attempts, extract(epoch FROM j.scheduled_at - clock_timestamp())::int"
    " FROM conversation c LEFT JOIN procrastinate_jobs j ON j.lock LIKE '%%' || c.id"
)


def left_of_people(url):
    return {table: count for table, count in ask(url, COUNTING) if count}


async def all_gone(url, seconds):
    """Return after how many seconds nothing of anybody was left; fail after ``seconds``."""
    began = time.monotonic()
    while left := left_of_people(url):
        took = time.monotonic() - began
        assert took < seconds, (left, ask(url, WAITING))
        await asyncio.sleep(0.25)
    return time.monotonic() - began


COPIES = (
    "SELECT channel, conversation IS NULL, attempts, count(*),"
    " max(extract(epoch FROM due_at - clock_timestamp()))::int FROM provider_copy"
    " GROUP BY channel, conversation IS NULL, attempts"
)


NOTE_A_COPY = (
    "INSERT INTO provider_copy (key, conversation, channel, reference)"
    " SELECT 'key', id, channel, 'reference' FROM conversation"
)
LOCKED_OUT = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def copies_gone(url, seconds):
    """Return when the providers have deleted every copy; say after ``seconds`` which they keep."""
    end = time.monotonic() + seconds
    while counted(url, "provider_copy"):
        assert time.monotonic() < end, ask(url, COPIES)
        await asyncio.sleep(0.25)


async def test_it_is_confirmed_and_then_nothing_is_left(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, "olvidar"))
    await until(lambda: faro.telegram.texts[1:] == [CONFIRMED])
    await until(lambda: not left_of_people(faro.database_url), 10)
    assert counted(faro.database_url, "provider_copy") == 0
    assert everything(faro.database_url)["conversation_key"] == []
    assert sorted(faro.telegram.deleted) == [(777, 1), (777, 2), (777, FIRST_OURS)]
    assert faro.telegram.shown == [CONFIRMED]


async def test_a_page_reads_the_confirmation_before_it_is_gone(faro):
    name = "e" * 32
    await faro.chat_post(text="olvidar", conversation=name)
    reply = {}

    async def read():
        answer = await faro.client.post("/webchat/webchat/replies", json={"conversation": name})
        return answer.json()["replies"]

    while not reply:
        reply = next(iter(await read()), {})
    assert reply["text"] == CONFIRMED
    assert counted(faro.database_url, "conversation") == 1
    seen = {"conversation": name, "replies": [reply["id"]]}
    await faro.client.post("/webchat/webchat/seen", json=seen)
    await until(lambda: not left_of_people(faro.database_url))


async def test_a_confirmation_that_nobody_reads_holds_nothing_up(faro):
    await faro.chat_post(text="olvidar", conversation="n" * 32)
    await until(lambda: not left_of_people(faro.database_url), SHORT.erased)


async def test_twilio_deletes_both_sides_and_is_asked_until_it_has(faro):
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent)
    faro.twilio.under_way = True
    await faro.twilio_post({**SMS, "MessageSid": "SM2", "Body": "olvidar"})
    await until(lambda: not left_of_people(faro.database_url), 10)
    held = "SELECT conversation FROM provider_copy"
    assert ask(faro.database_url, held) == [(None,)] * 2
    faro.twilio.under_way = False
    await until(lambda: counted(faro.database_url, "provider_copy") == 0)
    assert {"SM1", "SM2", f"SM{1:032x}", f"SM{2:032x}"} <= set(faro.twilio.deleted)


async def test_what_is_written_after_it_begins_a_new_conversation(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    faro.enclave.delay = 0.3
    await faro.telegram_post(text_update(2, "olvidar"))
    await until(lambda: len(faro.enclave.turns) == 2)
    await faro.telegram_post(text_update(3, "ayuda"))  # while it is being decided
    await until(lambda: "1: ayuda" in faro.telegram.texts)
    await faro.telegram_post(text_update(4, "sigo"))
    await until(lambda: "2: sigo" in faro.telegram.texts)
    erasing = "SELECT count(*) FROM conversation WHERE erasing_at IS NOT NULL"
    await until(lambda: ask(faro.database_url, erasing) == [(0,)], 10)
    await faro.telegram_post(text_update(5, "otra"))
    await until(lambda: "3: otra" in faro.telegram.texts)
    assert (777, FIRST_OURS) in faro.telegram.deleted


async def test_the_old_key_is_destroyed_although_somebody_writes_again(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    (old,) = everything(faro.database_url)["conversation_key"]
    faro.telegram.down = True
    await faro.telegram_post(text_update(2, "olvidar"))
    await faro.telegram_post(text_update(3, "ayuda"))
    await until(lambda: len(faro.enclave.turns) == 3)
    faro.telegram.down = False
    erasing = "SELECT count(*) FROM conversation WHERE erasing_at IS NOT NULL"
    await until(lambda: ask(faro.database_url, erasing) == [(0,)], 10)
    (new,) = everything(faro.database_url)["conversation_key"]
    assert new != old
    assert len(new) == len(old)  # one key, not two


async def test_a_hundred_conversations_leave_nothing_within_the_limit(database_url):
    # Providers that are away for the first 15 s, half of the waiting times, and what is promised.
    async with running_faro(database_url, timing=HALF) as faro:
        people = await many_conversations(faro, 100)
        faro.telegram.down = faro.twilio.down = True
        began = time.monotonic()
        await asyncio.gather(*(person("olvidar") for person in people))
        await asyncio.sleep(15)
        faro.telegram.down = faro.twilio.down = False
        faro.enclave.delay = 0
        await all_gone(database_url, ALLOWED)
        took = time.monotonic() - began
        await copies_gone(database_url, 120)
        found = everything(database_url)
    assert took < ALLOWED
    assert found["conversation_key"] == []
    names = [PSEUDONYMS.conversation(person.channel, person.address) for person in people]
    lines = [line for lines in found.values() for line in lines]
    assert [name for name in names if any(name in line for line in lines)] == []
    left = {name for name, lines in found.items() if lines}
    assert left <= {"alembic_version_delivery", "flag", "procrastinate_workers", *OF_NOBODY}


HALF = replace(
    Timing(), confirmed=16.0, erased=24.0, copies=0.5, copy_retry=2.5, longest_copy_retry=5.0
)
ALLOWED = 60.0  # seconds, as promised; a test shares its processor
OF_NOBODY = {"alembic_version_directory", "understood", "gaps", "feedback"}


class Person:
    """Somebody on a channel, with a number of their own."""

    def __init__(self, faro, number):
        self.faro = faro
        self.number = number
        self.said = 0
        self.channel = ("telegram", "sms", "whatsapp", "webchat", "try")[number % 5]
        phone = f"+5037{number:07}"
        self.address = {
            "telegram": str(9000 + number),
            "sms": phone,
            "whatsapp": f"whatsapp:{phone}",
        }.get(self.channel, f"conversation-number-{number:012}")

    async def __call__(self, text):
        self.said += 1
        number = 1000 * self.number + self.said
        if self.channel == "telegram":
            await self.faro.telegram_post(text_update(number, text, int(self.address)))
        elif self.channel in {"sms", "whatsapp"}:
            form = {**SMS, "MessageSid": f"IN{number}", "From": self.address, "Body": text}
            await self.faro.twilio_post(form, channel=self.channel)
        else:
            data = {"conversation": self.address, "id": str(number), "text": text}
            await self.faro.client.post(f"/webhooks/{self.channel}", json=data)


async def many_conversations(faro, count):
    """Return people in every state: some answered, some waiting, some with a code or a word."""
    people = [Person(faro, number) for number in range(count)]
    chosen = random.Random(4711)  # noqa: S311 -- always the same states
    for text in ("hola", "codigo", "luciernaga", "compartido", "violencia"):
        some = [person for person in people if text == "hola" or chosen.random() < 0.15]
        await asyncio.gather(*(person(text) for person in some))
    await until(lambda: counted(faro.database_url, "inbox") == 0, 60)
    faro.enclave.delay = 0.05
    await asyncio.gather(*(person("espera") for person in people[::5]))
    return people


async def test_a_copy_that_is_just_being_noted_does_not_outlive_its_conversation(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    with psycopg.connect(conninfo(faro.database_url)) as noting:
        noting.execute(NOTE_A_COPY)
        await faro.telegram_post(text_update(2, "olvidar"))
        await until(lambda: ask(faro.database_url, LOCKED_OUT) == [(1,)], 10)
    await until(lambda: not left_of_people(faro.database_url), 10)
    assert ask(faro.database_url, COPIES) == []


async def test_a_key_that_is_lost_holds_nothing_up(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await change(faro.database_url, "UPDATE conversation SET erasing_at = now(), seen_at = now()")
    await faro.telegram_post(text_update(2, "olvidar"))
    await until(lambda: not left_of_people(faro.database_url), 10)


@pytest.mark.parametrize("deadline", [0.0])
async def test_a_provider_that_never_answers_changes_nothing(database_url, deadline):
    timing = replace(SHORT, confirmed=deadline, erased=1.5)
    async with running_faro(database_url, timing=timing) as faro:
        await faro.telegram_post(text_update(1, "hola"))
        await until(lambda: faro.telegram.sent)
        faro.telegram.down = True
        await faro.telegram_post(text_update(2, "olvidar"))
        await until(lambda: len(faro.enclave.turns) == 2)
        await until(lambda: not left_of_people(database_url), 5)
        assert counted(database_url, "provider_copy") == 0  # they would name the chat
