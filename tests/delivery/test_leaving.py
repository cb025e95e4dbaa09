"""Whoever leaves is gone at once: nothing waits, nothing runs, nothing comes back."""

from __future__ import annotations

import asyncio

import pytest
from simulators.faro import until
from simulators.rows import ask, counted
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import FIRST_OURS, button_update, text_update

pytestmark = IN_MODULE_LOOP
LINE = "exit.line"
PERSON = "+50370000001"
SMS = {"MessageSid": "SM1", "From": PERSON, "To": "+15005550006", "Body": "hola"}
WHATSAPP = {**SMS, "From": f"whatsapp:{PERSON}", "To": "whatsapp:+15005550007"}
FIRST, SECOND = "f" * 32, "s" * 32  # a page that was left is not let in again for a while
EXIT = {"MessageSid": "SM2", "Body": "Salir ya!"}


@pytest.mark.parametrize("word", ["salir", "Salir.", "SALIR YA", "exit"])
async def test_one_word_ends_it_and_leaves_one_neutral_line(faro, word):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, word))
    await until(lambda: len(faro.telegram.sent) == 2)
    await until(lambda: faro.telegram.shown == [LINE])
    assert [turn.text for turn in faro.enclave.turns] == ["hola"]


async def test_both_sides_of_the_chat_are_deleted_before_the_line_comes(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, "salir"))
    await until(lambda: faro.telegram.shown == [LINE])
    assert sorted(faro.telegram.deleted) == [(777, 1), (777, 2), (777, FIRST_OURS)]
    assert faro.telegram.calls.index("deleteMessages") < len(faro.telegram.calls) - 1
    assert faro.telegram.calls[-1] == "sendMessage"
    assert faro.telegram.faults == []


async def test_the_line_that_was_left_goes_too_when_they_leave_again(faro):
    for number, word in enumerate(("hola", "salir", "hola", "salir"), 1):
        await faro.telegram_post(text_update(number, word))
        await until(lambda n=number: len(faro.telegram.sent) == n)
    await until(lambda: faro.telegram.shown == [LINE])
    assert len(faro.telegram.deleted) == 7


async def test_messages_are_deleted_a_hundred_at_a_time(faro):
    for number in range(1, 61):
        await faro.telegram_post(text_update(number, f"n{number}"))
    await until(lambda: len(faro.telegram.sent) == 60, 30)
    await faro.telegram_post(text_update(61, "salir"))
    await until(lambda: faro.telegram.shown == [LINE], 10)
    assert sorted(faro.telegram.deletions) == [21, 100]
    assert faro.telegram.faults == []


async def test_the_choice_to_leave_works_by_button_number_and_label(faro):
    await faro.telegram_post(text_update(1, "salida"))
    await until(lambda: faro.telegram.sent)
    token = faro.telegram.sent[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await faro.telegram_post(button_update(2, token))
    await until(lambda: faro.telegram.shown == [LINE])
    for number, said in enumerate(("1", "Salir de aqui"), 2):
        form = {**WHATSAPP, "MessageSid": f"SM{number}a", "Body": "salida"}
        await faro.twilio_post(form, channel="whatsapp")
        await until(lambda n=number: len(faro.twilio.sent) == 2 * n - 3)
        form = {**WHATSAPP, "MessageSid": f"SM{number}b", "Body": said}
        await faro.twilio_post(form, channel="whatsapp")
        await until(lambda n=number: len(faro.twilio.sent) == 2 * n - 2)
        assert faro.twilio.texts[-1] == LINE


async def test_over_sms_nothing_is_said(faro):
    await faro.twilio_post(SMS)
    await until(lambda: faro.twilio.sent)
    await faro.twilio_post({**SMS, **EXIT})
    await asyncio.sleep(1)
    assert len(faro.twilio.sent) == 1
    assert ask(faro.database_url, "SELECT state, offers FROM conversation") == [(None, None)]


async def test_nothing_is_remembered_but_the_language(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, "salir"))
    await until(lambda: len(faro.telegram.sent) == 2)
    query = "SELECT language, state, offers FROM conversation"
    assert ask(faro.database_url, query) == [("es", None, None)]
    await faro.telegram_post(text_update(3, "otra vez"))
    await until(lambda: len(faro.telegram.sent) == 3)
    assert faro.enclave.turns[-1].state.slots == {}


async def test_what_waits_and_what_is_being_answered_is_never_said(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    faro.enclave.delay = 0.3
    for number in range(2, 6):
        await faro.telegram_post(text_update(number, f"n{number}"))
    await until(lambda: len(faro.enclave.turns) == 2)
    await faro.telegram_post(text_update(6, "salir"))
    await asyncio.sleep(1.5)
    assert faro.telegram.texts == ["1: hola", LINE]
    assert counted(faro.database_url, "inbox") == 0
    assert counted(faro.database_url, "procrastinate_jobs") == 0


async def test_the_watchdog_says_nothing_to_whoever_has_left(faro):
    faro.enclave.up = False
    await faro.telegram_post(text_update(1, "hola"))
    await faro.telegram_post(text_update(2, "salir"))
    await asyncio.sleep(1.5)
    assert faro.telegram.texts == [LINE]


async def test_a_reply_that_was_being_sent_is_deleted_as_soon_as_it_has_arrived(faro):
    faro.telegram.delay_after = 0.5
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, "salir"))
    await until(lambda: len(faro.telegram.sent) == 2)
    await until(lambda: faro.telegram.shown == [LINE])
    assert (777, FIRST_OURS) in faro.telegram.deleted


async def test_a_provider_that_is_away_is_asked_to_delete_until_it_has(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    faro.telegram.down = True
    await faro.telegram_post(text_update(2, "salir"))
    await asyncio.sleep(1)
    faro.telegram.down = False
    await until(lambda: faro.telegram.shown == [LINE], 10)


async def test_it_works_without_the_enclave(faro):
    faro.enclave.up = False
    await faro.telegram_post(text_update(1, "salir"))
    await until(lambda: faro.telegram.sent, 0.9)
    assert faro.telegram.texts == [LINE]


async def test_the_enclave_may_understand_it_too(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    await faro.telegram_post(text_update(2, "salgo"))
    await until(lambda: faro.telegram.shown == [LINE])
    assert len(faro.telegram.deleted) == 3


async def test_a_page_keeps_nothing_at_all(faro):
    await faro.chat_post(text="hola", conversation=FIRST)
    await until(lambda: counted(faro.database_url, "outbox"))
    await faro.chat_post(text="salir", conversation=FIRST)
    for table in ("conversation", "inbox", "outbox"):
        assert counted(faro.database_url, table) == 0, table
    left = await faro.client.post("/webchat/webchat/replies", json={"conversation": FIRST})
    assert left.json() == {"replies": [], "leave": True}


async def test_the_button_of_a_page_keeps_nothing_at_all(faro):
    await faro.chat_post(text="hola", conversation=SECOND)
    await until(lambda: counted(faro.database_url, "outbox"))
    await faro.client.post("/webchat/webchat/leave", json={"conversation": SECOND})
    for table in ("conversation", "inbox", "outbox"):
        assert counted(faro.database_url, table) == 0, table


async def test_a_word_that_is_part_of_a_message_is_no_exit(faro):
    await faro.telegram_post(text_update(1, "quiero salir de mi casa"))
    await until(lambda: faro.telegram.sent)
    assert faro.telegram.texts == ["1: quiero salir de mi casa"]
