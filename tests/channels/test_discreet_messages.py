"""On a shared telephone a notification makes no sound and shows nothing of the text."""

from __future__ import annotations

from simulators.faro import until
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

pytestmark = IN_MODULE_LOOP


async def test_telegram_hides_the_whole_text_and_is_silent(faro):
    await faro.telegram_post(text_update(1, "hola"))
    await faro.telegram_post(text_update(2, "compartido"))
    await faro.telegram_post(text_update(3, "hola 🙏🏽 ñ"))
    await until(lambda: len(faro.telegram.sent) == 3)
    before, *after = faro.telegram.sent
    assert "entities" not in before
    assert before.get("disable_notification") is not True
    for message in after:
        units = len(message["text"].encode("utf-16-le")) // 2
        assert message["entities"] == [{"type": "spoiler", "offset": 0, "length": units}]
        assert message["disable_notification"] is True
    assert faro.telegram.faults == []


async def test_the_numbers_for_danger_are_hidden_too(faro):
    await faro.telegram_post(text_update(1, "compartido"))
    await until(lambda: faro.telegram.sent)
    faro.enclave.up = False
    await faro.telegram_post(text_update(2, "hola"))
    await until(lambda: len(faro.telegram.sent) == 2)
    assert faro.telegram.texts[1].startswith("numbers")
    assert faro.telegram.sent[1]["entities"][0]["type"] == "spoiler"
