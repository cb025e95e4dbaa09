"""The whole way, on every channel: arrive, be accepted, be decided, be sent."""

from __future__ import annotations

import asyncio
import json

import pytest
from simulators.faro import CHAT, running_faro, until
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import button_update, text_update

pytestmark = IN_MODULE_LOOP
INCOMING = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


async def test_a_telegram_update_leads_to_one_reply_with_buttons(faro):
    assert await faro.telegram_post(text_update(1, "hola")) == 200
    await until(lambda: faro.telegram.sent)
    assert faro.telegram.texts == ["1: hola"]
    keyboard = faro.telegram.sent[0]["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in keyboard] == ["Care", "A place"]
    assert faro.telegram.faults == []


async def test_a_pressed_button_means_what_it_said_and_is_acknowledged(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: faro.telegram.sent)
    keyboard = faro.telegram.sent[0]["reply_markup"]["inline_keyboard"]
    await faro.telegram_post(button_update(2, keyboard[1][0]["callback_data"]))
    await until(lambda: len(faro.telegram.sent) == 2)
    assert faro.enclave.turns[1].choice == "find_service:kind=shelter"
    await until(lambda: "answerCallbackQuery" in faro.telegram.calls)
    assert faro.telegram.faults == []


async def test_a_signed_sms_leads_to_one_reply_with_numbered_choices(faro):
    assert (await faro.twilio_post(INCOMING)).status_code == 200
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.texts == ["1: hola\n1. Care\n2. A place"]
    assert faro.twilio.sent[0]["To"] == "+50370000001"
    assert faro.twilio.faults == []


async def test_the_number_2_means_the_second_thing_offered(faro):
    await faro.twilio_post(INCOMING)
    await until(lambda: faro.twilio.sent)
    await faro.twilio_post({**INCOMING, "MessageSid": "SM2", "Body": " 2. "})
    await until(lambda: len(faro.twilio.sent) == 2)
    assert faro.enclave.turns[1].choice == "find_service:kind=shelter"


async def test_whatsapp_has_its_own_number_and_numbered_choices(faro):
    form = {**INCOMING, "From": "whatsapp:+50370000001", "To": "whatsapp:+15005550007"}
    assert (await faro.twilio_post(form, channel="whatsapp")).status_code == 200
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.sent[0]["To"] == "whatsapp:+50370000001"
    assert faro.twilio.sent[0]["From"] == "whatsapp:+15005550007"
    assert faro.twilio.faults == []


async def test_the_web_chat_streams_the_reply_and_repeats_what_was_not_confirmed(faro):
    assert await faro.chat_post(text="hola") == 200
    first = await _event(faro)
    assert first["text"] == "1: hola"
    assert [choice["label"] for choice in first["choices"]] == ["Care", "A place"]
    again = await _event(faro)
    assert again == first
    seen = {"conversation": CHAT, "replies": [first["id"]]}
    await faro.client.post("/webchat/webchat/seen", json=seen)
    await faro.chat_post(choice=first["choices"][0]["token"])
    assert (await _event(faro))["text"] == "2: rights_care"


async def test_the_try_out_phone_shows_what_an_sms_would_say(faro):
    data = {"conversation": CHAT, "id": "1", "text": "hola"}
    await faro.client.post("/webhooks/try", json=data)
    reply = await _event(faro, "try")
    assert reply["text"] == "1: hola\n1. Care\n2. A place"
    assert reply["segments"] == 1
    assert reply["choices"] == []


async def test_a_browser_without_scripts_gets_its_answer_in_the_page(faro):
    page = (await faro.client.get("/plain")).text
    conversation = page.split('name="conversation" value="')[1].split('"')[0]
    form = {"conversation": conversation, "id": "1", "text": "<hola>"}
    answer = await faro.client.post("/plain", data=form)
    assert "1: &lt;hola&gt;" in answer.text
    assert 'name="choice"' in answer.text


async def test_polling_answers_too_and_confirms_only_what_is_stored(database_url):
    async with running_faro(database_url, polling=True) as faro:
        faro.telegram.updates = [text_update(5, "uno"), text_update(6, "dos", chat=778)]
        await until(lambda: len(faro.telegram.sent) == 2)
        await until(lambda: not faro.telegram.updates)
        assert await faro.telegram_post(text_update(7, "x")) == 403


async def test_answers_keep_the_order_of_what_was_written(faro):
    for number in range(1, 9):
        await faro.chat_post(text=f"n{number}")
    await until(lambda: len(faro.enclave.turns) == 8)
    assert [turn.text for turn in faro.enclave.turns] == [f"n{n}" for n in range(1, 9)]
    assert [turn.state.slots.get("count", 0) for turn in faro.enclave.turns] == list(range(8))


async def test_fifty_messages_at_once_are_answered_in_order_and_once_each(faro):
    await asyncio.gather(*(faro.chat_post(text=f"n{number}") for number in range(50)))
    replies = await _answers(faro, 50)
    assert [int(reply.partition(":")[0]) for reply in replies] == list(range(1, 51))
    # A busy enclave may be asked twice; what it decided is kept once.
    asked = dict.fromkeys(turn.text for turn in faro.enclave.turns)
    assert [reply.partition(": ")[2] for reply in replies] == list(asked)
    assert sorted(asked) == sorted(f"n{number}" for number in range(50))


async def test_forty_conversations_at_once_are_all_answered_once(faro):
    names = [f"conversation-number-{number:012}" for number in range(40)]
    await asyncio.gather(*(faro.chat_post(conversation=name, text=name) for name in names))
    for name in names:
        assert await _answers(faro, 1, name) == [f"1: {name}"]


async def test_a_page_that_cannot_read_a_stream_asks_for_its_replies(faro):
    waiting = asyncio.create_task(_ask(faro))
    await faro.chat_post(text="hola")
    (reply,) = await waiting
    assert reply["text"] == "1: hola"
    assert await _ask(faro) == [reply]
    seen = {"conversation": CHAT, "replies": [reply["id"]]}
    await faro.client.post("/webchat/webchat/seen", json=seen)
    await faro.chat_post(text="otra")
    assert [reply["text"] for reply in await _ask(faro)] == ["2: otra"]


async def _ask(faro, conversation=CHAT):
    answer = await faro.client.post("/webchat/webchat/replies", json={"conversation": conversation})
    return answer.json()["replies"]


async def _answers(faro, number, conversation=CHAT):
    """Return the texts that are no numbers for danger, once there are as many."""
    for _ in range(200):
        replies = await _ask(faro, conversation)
        answers = [reply["text"] for reply in replies if reply["choices"]]
        if len(answers) >= number:
            return answers
        await asyncio.sleep(0.1)
    pytest.fail(f"{len(answers)} answers")


async def _event(faro, channel="webchat"):
    url = f"/webchat/{channel}/stream"
    async with faro.client.stream("POST", url, json={"conversation": CHAT}) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                return json.loads(line[6:])
    pytest.fail("the stream ended")
