"""A code lets somebody go on over another channel, once and within a day."""

from __future__ import annotations

from simulators.faro import until
from simulators.rows import ask, change, counted
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

from delivery.resuming import MOST_TRIES

pytestmark = IN_MODULE_LOOP
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


async def code_of(faro):
    """Return the code that a conversation on Telegram was given after two messages."""
    await faro.telegram_post(text_update(1, "hola"))
    await faro.telegram_post(text_update(2, "compartido"))
    await faro.telegram_post(text_update(3, "codigo"))
    await until(lambda: len(faro.telegram.sent) == 3)
    return faro.telegram.texts[2].removeprefix("resume.code ")


async def write(faro, *texts):
    """Write over SMS, and return what was answered to the last."""
    for text in texts:
        before = len(answers(faro))
        faro.counter += 1
        await faro.twilio_post({**SMS, "MessageSid": f"SM{faro.counter}", "Body": text})
        await until(lambda b=before: len(answers(faro)) > b)
    return answers(faro)[-1]


def answers(faro):
    """Return what was sent over SMS and is no number for danger."""
    return [text for text in faro.twilio.texts if not text.startswith("numbers")]


async def test_it_goes_on_over_another_channel_where_it_was(faro):
    code = await code_of(faro)
    assert len(code) == 11
    assert code[5] == " "
    assert await write(faro, code) == "resume.done es | menu.show es"
    turn = faro.enclave.turns[-1]
    assert (turn.choice, turn.text) == ("menu_help", None)
    assert turn.state.slots["shared"] == "yes"
    assert turn.state.slots["country"] == "SV"
    await write(faro, "sigo")
    assert faro.enclave.turns[-1].state.slots["shared"] == "yes"


async def test_it_is_good_once(faro):
    code = await code_of(faro)
    await write(faro, code)
    assert counted(faro.database_url, "resume_code") == 0
    assert await write(faro, code) != "resume.done es | menu.show es"
    assert faro.enclave.turns[-1].text == code


async def test_after_a_day_it_is_what_they_wrote(faro):
    code = await code_of(faro)
    await change(faro.database_url, "UPDATE resume_code SET made_at = now() - interval '25 hours'")
    assert "resume.done" not in await write(faro, code)
    assert faro.enclave.turns[-1].text == code


async def test_after_some_wrong_ones_none_is_good_any_more(faro):
    code = await code_of(faro)
    for number in range(MOST_TRIES):
        await write(faro, f"{number}" * 10)
    assert "resume.done" not in await write(faro, code)
    hour = "UPDATE conversation SET code_tried_at = now() - interval '61 minutes'"
    await change(faro.database_url, hour)
    assert "resume.done" in await write(faro, code)


async def test_it_outlives_a_quick_exit_and_belongs_to_nobody_after_it_on_a_page(faro):
    name = "r" * 32
    await faro.chat_post(text="hola", conversation=name)
    await faro.chat_post(text="codigo", conversation=name)
    await until(lambda: counted(faro.database_url, "resume_code") == 1)
    await faro.chat_post(text="salir", conversation=name)
    assert ask(faro.database_url, "SELECT conversation FROM resume_code") == [(None,)]


async def test_it_goes_with_who_is_erased(faro):
    await code_of(faro)
    await faro.telegram_post(text_update(9, "olvidar"))
    await until(lambda: counted(faro.database_url, "resume_code") == 0)


async def test_a_danger_that_is_open_here_stays_open(faro):
    code = await code_of(faro)
    await write(faro, "violencia", code)
    slots = faro.enclave.turns[-1].state.slots
    assert (slots["topic"], slots["pending"]) == ("violence_now", "country")
    assert slots["shared"] == "yes"
