"""While people answer by hand, every message is looked at, and only danger is answered."""

from __future__ import annotations

import asyncio

from simulators.faro import until
from simulators.rows import change
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

pytestmark = IN_MODULE_LOOP


async def by_hand(faro):
    await faro.telegram_post(text_update(1, "luciernaga"))
    await until(lambda: faro.telegram.sent)
    await change(faro.database_url, "UPDATE conversation SET by_hand_at = now()")


async def test_the_machine_says_nothing_but_hears_everything(faro):
    await by_hand(faro)
    await faro.telegram_post(text_update(2, "hola"))
    await until(lambda: len(faro.enclave.turns) == 2)
    await asyncio.sleep(0.5)
    assert len(faro.telegram.sent) == 1


async def test_danger_is_answered_at_once(faro):
    await by_hand(faro)
    await faro.telegram_post(text_update(2, "peligro"))
    await until(lambda: len(faro.telegram.sent) == 2)
    assert faro.telegram.texts[1].endswith("peligro")


async def test_the_safe_word_the_exit_and_the_wish_to_be_forgotten_work(faro):
    await by_hand(faro)
    await faro.telegram_post(text_update(2, "luciérnaga"))
    await until(lambda: faro.telegram.texts[1:] == ["safe.called_up es"])
    await faro.telegram_post(text_update(3, "salir"))
    await until(lambda: faro.telegram.texts[2:] == ["exit.line"])
    await change(faro.database_url, "UPDATE conversation SET by_hand_at = now()")
    await faro.telegram_post(text_update(4, "olvidar"))
    await until(lambda: faro.telegram.texts[3:] == ["privacy.forgotten es"])
