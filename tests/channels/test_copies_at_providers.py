"""Copies that providers keep are deleted, and asked for again until they are."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from simulators.faro import PUBLIC_URL, until
from simulators.rows import ask, change, counted
from simulators.serving import serving
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update
from simulators.twilio import ACCOUNT, SMS, TOKEN, TwilioServer

from channels.adapter import Arrival
from channels.settings import TwilioSettings
from channels.twilio.adapter import Twilio
from delivery.channel import Sending
from delivery.envelope import Outgoing

pytestmark = IN_MODULE_LOOP
IN = {"MessageSid": "SMin", "From": "+50370000001", "To": SMS, "Body": "hola"}
OURS = f"SM{1:032x}"


async def test_twilio_deletes_what_came_and_what_went(faro):
    await faro.twilio_post(IN)
    await until(lambda: set(faro.twilio.deleted) == {"SMin", OURS})
    await until(lambda: counted(faro.database_url, "provider_copy") == 0)


async def test_a_message_under_way_is_deleted_when_it_has_arrived(faro):
    faro.twilio.under_way = True
    await faro.twilio_post(IN)
    await until(lambda: faro.twilio.deleted == ["SMin"])
    await until(lambda: ask(faro.database_url, "SELECT attempts FROM provider_copy") >= [(1,)])
    await change(faro.database_url, "UPDATE provider_copy SET due_at = now() + interval '1 hour'")
    faro.twilio.under_way = False
    ((row,),) = ask(faro.database_url, "SELECT id FROM outbox")
    form = {"MessageSid": OURS, "MessageStatus": "delivered"}
    await report(faro, row, form)
    await until(lambda: counted(faro.database_url, "provider_copy") == 0)


async def test_a_copy_of_which_only_the_last_status_tells_is_deleted_too(faro):
    form = {"MessageSid": "SMlost", "MessageStatus": "delivered"}
    await report(faro, 4711, form)
    await until(lambda: faro.twilio.deleted == ["SMlost"])


async def test_what_twilio_does_not_know_is_done(faro):
    faro.twilio.unknown = {"SMin"}
    await faro.twilio_post(IN)
    await until(lambda: faro.twilio.deleted == [OURS])
    await until(lambda: counted(faro.database_url, "provider_copy") == 0)


async def test_a_provider_that_is_away_is_asked_again(faro):
    await faro.twilio_post(IN)
    faro.twilio.down = True
    await asyncio.sleep(0.5)
    faro.twilio.down = False
    await until(lambda: set(faro.twilio.deleted) == {"SMin", OURS}, 10)


async def test_the_id_is_sealed(faro):
    await faro.telegram_post(text_update(4242, "hola", chat=987654321))
    ((reference,),) = ask(faro.database_url, "SELECT reference FROM provider_copy LIMIT 1")
    assert b"987654321" not in reference


async def test_after_two_days_telegram_is_asked_for_nothing(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await until(lambda: counted(faro.database_url, "provider_copy") == 2)
    await change(faro.database_url, "UPDATE provider_copy SET at = now() - interval '49 hours'")
    await until(lambda: counted(faro.database_url, "provider_copy") == 0)
    assert faro.telegram.deleted == []


async def test_a_person_in_danger_may_write_help_over_sms(faro):
    await faro.twilio_post({**IN, "Body": "HELP", "OptOutType": "HELP"})
    await until(lambda: faro.twilio.sent)
    assert faro.enclave.turns[0].text == "HELP"


async def test_a_stop_keeps_no_words_and_its_copy_is_deleted(faro):
    await faro.twilio_post({**IN, "Body": "STOP", "OptOutType": "STOP"})
    await until(lambda: faro.twilio.deleted == ["SMin"])
    assert counted(faro.database_url, "inbox") == 0
    assert faro.twilio.sent == []


async def test_who_sent_stop_and_writes_again_is_answered(faro):
    await faro.twilio_post({**IN, "Body": "STOP", "OptOutType": "STOP"})
    await faro.twilio_post({**IN, "MessageSid": "SM2"})
    await until(lambda: faro.twilio.texts == ["1: hola\n1. Care\n2. A place"])


@pytest.mark.parametrize(("discards", "sent"), [(True, "discard"), (False, None)])
async def test_twilio_is_asked_to_discard_only_where_the_operator_says_so(discards, sent):
    server = TwilioServer()
    async with serving(server.app) as url:
        settings = TwilioSettings(ACCOUNT, TOKEN, sms=SMS, api_url=url, discards=discards)
        channel = Twilio(settings, number=SMS, public_url=PUBLIC_URL)
        await channel.send("+50370000001", Outgoing("hola"), Sending(1, datetime.now(UTC)))
        await channel.aclose()
    assert server.sent[0].get("ContentRetention") == sent
    assert server.faults == []


async def test_what_a_button_of_a_stop_says_is_not_read():
    channel = Twilio(TwilioSettings(ACCOUNT, "token"), number=SMS, public_url=PUBLIC_URL)
    body = b"MessageSid=SM1&From=%2B50370000001&Body=STOP&ButtonText=x&OptOutType=STOP"
    (inbound,) = channel.parse(Arrival("/webhooks/sms", "", {}, body))
    await channel.aclose()
    assert (inbound.text, inbound.choice, inbound.opted) == (None, None, False)


async def report(faro, row, form):
    path = f"/webhooks/sms/status?reply={row}"
    signed = faro.signature(path, form)
    answer = await faro.client.post(path, data=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 204
