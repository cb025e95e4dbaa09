"""A word of the person's own calls up the help text, and outlives a quick exit."""

from __future__ import annotations

from simulators.faro import until
from simulators.rows import ask
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

pytestmark = IN_MODULE_LOOP
CALLED_UP = "safe.called_up es"


async def write(faro, *texts):
    for text in texts:
        before = len(faro.telegram.sent)
        faro.counter += 1
        await faro.telegram_post(text_update(faro.counter, text))
        await until(lambda b=before: len(faro.telegram.sent) > b)
    return faro.telegram.texts[-1]


async def test_their_own_word_calls_up_the_help_text(faro):
    assert await write(faro, "luciernaga") == "safe.word_set es"
    assert await write(faro, "hola", " ¡LUCIÉRNAGA! ") == CALLED_UP
    assert faro.enclave.turns[-1].choice == "menu_help:menu=safe"


async def test_a_word_of_somebody_else_is_any_word(faro):
    await write(faro, "luciernaga")
    await faro.telegram_post(text_update(50, "luciérnaga", chat=778))
    await until(lambda: len(faro.telegram.sent) == 2)
    assert faro.enclave.turns[-1].choice is None


async def test_it_outlives_a_quick_exit_and_not_an_erasure(faro):
    await write(faro, "luciernaga", "salir")
    assert await write(faro, "luciérnaga") == CALLED_UP
    await write(faro, "olvidar")
    gone = "SELECT count(*) FROM conversation"
    await until(lambda: ask(faro.database_url, gone) == [(0,)], 10)
    await write(faro, "luciérnaga")
    assert faro.enclave.turns[-1].choice is None


async def test_it_is_sealed(faro):
    await write(faro, "luciernaga")
    ((own,),) = ask(faro.database_url, "SELECT own FROM conversation")
    assert b"luci" not in own
