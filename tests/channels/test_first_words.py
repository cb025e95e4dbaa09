"""The first answer is in the person's language, as far as the channel can tell."""

from __future__ import annotations

import pytest
from simulators.faro import until
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

pytestmark = IN_MODULE_LOOP
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


@pytest.mark.parametrize(
    ("tag", "hint"), [("es-SV", "es"), ("es", "es"), ("en-GB", "en"), ("zu", None), (None, None)]
)
async def test_the_greeting_of_the_web_chat_is_in_the_language_of_the_browser(faro, tag, hint):
    await faro.chat_post(opened=True, language=tag)
    await until(lambda: faro.enclave.turns)
    assert (faro.enclave.turns[0].choice, faro.enclave.turns[0].language) == ("greet", hint)


async def test_the_page_without_scripts_tells_the_language_of_the_browser(faro):
    form = {"conversation": "d" * 32, "id": "1", "text": "hola"}
    headers = {"Accept-Language": "es-SV,es;q=0.9,en;q=0.8"}
    await faro.client.post("/plain", data=form, headers=headers)
    assert faro.enclave.turns[0].language == "es"


async def test_telegrams_start_is_greeted_in_the_language_of_the_app(faro):
    update = text_update(1, "/start")
    update["message"]["from"]["language_code"] = "es-419"
    await faro.telegram_post(update)
    await until(lambda: faro.enclave.turns)
    assert (faro.enclave.turns[0].choice, faro.enclave.turns[0].language) == ("greet", "es")


@pytest.mark.parametrize(
    ("number", "hint"), [("+50370000001", "es"), ("+14155550100", "en"), ("+302108616280", None)]
)
async def test_an_sms_begins_in_the_language_of_the_numbers_country(faro, number, hint):
    await faro.twilio_post({**SMS, "From": number})
    await until(lambda: faro.enclave.turns)
    assert faro.enclave.turns[0].language == hint


async def test_a_first_picture_is_answered_in_the_language_of_the_numbers_country(faro):
    await faro.twilio_post({**SMS, "Body": "", "NumMedia": "1"})
    await until(lambda: faro.twilio.sent)
    await faro.twilio_post({**SMS, "MessageSid": "SM2"})
    await until(lambda: faro.enclave.turns)
    assert faro.twilio.texts[0] == "channel.text_only es"
