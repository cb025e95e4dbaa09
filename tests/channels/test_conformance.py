"""Every call to a provider is one that the provider's own description allows."""

from __future__ import annotations

import pytest
from simulators.faro import running_faro, until
from simulators.specs import specs_folder, telegram_faults, twilio_faults
from simulators.telegram import button_update, text_update

pytestmark = [
    pytest.mark.specs,
    pytest.mark.skipif(
        specs_folder() is None,
        reason="FARO_SPECS names no folder with the providers' descriptions: conformance not checked",
    ),
]
GOOD = {"To": "+50370000001", "From": "+15005550006", "Body": "x"}


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": "x", "nothing": 1}),
        ("sendMessage", {"chat_id": 1, "text": ""}),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [{}]}}),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "spoiler"}]}),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "entities": [{"type": "a", "offset": 0, "length": 2}]},
        ),
        ("deleteMessages", {"chat_id": 1}),
        ("deleteMessages", {"chat_id": 1, "message_ids": []}),
        ("deleteMessages", {"chat_id": 1, "message_ids": [*range(101)]}),
        ("sendNothing", {}),
    ],
)
def test_the_simulator_finds_what_telegram_would_refuse(method, call):
    assert telegram_faults(method, call)


@pytest.mark.parametrize(
    "form",
    [
        {**GOOD, "Nothing": "1"},
        {**GOOD, "ContentRetention": "forget"},
        {**GOOD, "Body": "x" * 1601},
        {**GOOD, "To": "somebody"},
        {"To": "+50370000001", "Body": "x"},
        {"To": "+50370000001", "From": "+15005550006"},
    ],
)
def test_the_simulator_finds_what_twilio_would_refuse(form):
    assert twilio_faults(form)
    assert not twilio_faults(GOOD)
    assert not twilio_faults({**GOOD, "ContentRetention": "discard"})


async def test_a_whole_conversation_makes_only_calls_that_are_allowed(database_url):
    async with running_faro(database_url) as faro:
        await faro.telegram_post(text_update(1, "a" * 9000))
        await faro.telegram_post(button_update(2, "1.1"))
        form = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}
        await faro.twilio_post(form)
        whatsapp = {**form, "MessageSid": "SM2", "From": "whatsapp:+50370000001"}
        await faro.twilio_post(whatsapp, channel="whatsapp")
        await until(lambda: len(faro.telegram.sent) == 2 and len(faro.twilio.sent) == 2)
        await faro.telegram_post(text_update(3, "compartido"))
        await faro.telegram_post(text_update(4, "salir"))
        await until(lambda: faro.telegram.deleted and len(faro.twilio.deleted) == 4)
        assert faro.telegram.faults == []
        assert faro.twilio.faults == []
