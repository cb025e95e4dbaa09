"""Nothing is ever sent first to who said stop, left, shares a telephone, or sleeps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from simulators.faro import until
from simulators.rows import counted, everything
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

from delivery.database import open_engine
from delivery.flags import Flags
from delivery.memory import Remembered
from delivery.pseudonym import Pseudonyms
from delivery.pushes import may_push, zones_of
from wire.state import State

pytestmark = IN_MODULE_LOOP
PSEUDONYMS = Pseudonyms(b"p" * 32)
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}
NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)  # in El Salvador


async def allowed(faro, name, *, at=NOON, country="SV", **slots):
    known = Remembered(name, "sms", "es", State({"country": country, **slots}))
    engine = open_engine(faro.database_url)
    async with engine.connect() as connection:
        answer = await may_push(connection, Flags(PSEUDONYMS), known, at)
    await engine.dispose()
    return answer


@pytest.mark.parametrize(
    ("hour", "expected"), [(8, True), (12, True), (20, True), (21, False), (0, False), (7, False)]
)
async def test_only_by_day_where_the_person_is(faro, hour, expected):
    at = datetime(2026, 11, 24, hour, 30, tzinfo=next(iter(zones_of("GR"))))
    assert await allowed(faro, "n", at=at, country="GR") is expected


async def test_in_a_wide_country_only_when_it_is_day_everywhere(faro):
    east = next(zone for zone in zones_of("US") if zone.key == "America/New_York")
    assert not await allowed(faro, "n", at=datetime(2026, 11, 24, 9, tzinfo=east), country="US")
    assert await allowed(faro, "n", at=datetime(2026, 11, 24, 15, tzinfo=east), country="US")


async def test_never_where_nobody_knows_the_place_and_never_on_a_shared_telephone(faro):
    assert await allowed(faro, "n")
    assert not await allowed(faro, "n", country=None)
    assert not await allowed(faro, "n", shared="yes")
    assert await allowed(faro, "n", shared="no")


async def test_stop_holds_until_they_ask_for_messages(faro):
    name = PSEUDONYMS.conversation("telegram", "777")
    await faro.telegram_post(text_update(1, "basta"))
    await until(lambda: faro.telegram.texts == ["stop.done es"])
    assert not await allowed(faro, name)
    await faro.telegram_post(text_update(2, "otra cosa"))
    await until(lambda: len(faro.telegram.sent) == 2)  # and whatever they write is answered
    assert not await allowed(faro, name)
    await faro.telegram_post(text_update(3, "reminder_subscribe"))
    await until(lambda: len(faro.telegram.sent) == 3)
    assert await allowed(faro, name)


async def test_a_stop_at_twilio_holds_until_a_start(faro):
    name = PSEUDONYMS.conversation("sms", SMS["From"])
    await faro.twilio_post({**SMS, "Body": "STOP", "OptOutType": "STOP"})
    assert not await allowed(faro, name)
    assert faro.enclave.turns == []
    assert counted(faro.database_url, "conversation") == 0
    start = {**SMS, "MessageSid": "SM2", "Body": "START", "OptOutType": "START"}
    await faro.twilio_post(start)
    await until(lambda: faro.twilio.sent)
    assert await allowed(faro, name)


async def test_after_an_exit_nothing_until_they_write(faro):
    name = PSEUDONYMS.conversation("telegram", "777")
    await faro.telegram_post(text_update(1, "salir"))
    await until(lambda: faro.telegram.sent)
    assert not await allowed(faro, name)
    await faro.telegram_post(text_update(2, "hola"))
    assert await allowed(faro, name)


async def test_a_flag_outlives_an_erasure_and_names_nobody(faro):
    name = PSEUDONYMS.conversation("telegram", "777")
    await faro.telegram_post(text_update(1, "basta"))
    await faro.telegram_post(text_update(2, "olvidar"))
    await until(lambda: faro.telegram.sent and counted(faro.database_url, "conversation") == 0, 10)
    assert not await allowed(faro, name)
    (flag,) = everything(faro.database_url)["flag"]
    assert name not in flag
    assert PSEUDONYMS.flag(name).hex() in flag
