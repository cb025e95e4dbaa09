"""Who forgets, or leaves, is told what stays where nobody here can delete, and until when."""

from __future__ import annotations

import pytest
from saying import NOW, Speech

from wire.decision import Decision
from wire.say import Say
from wire.state import State

TIPS = Say("discreet.tips")
FORGOTTEN = Say("privacy.forgotten")


async def told(said: Speech, say: Say, channel: str, language: str = "en") -> str:
    decision = Decision(language, "privacy_delete", 1.0, (say,), State({"language": language}))
    return "\n".join((await said.renderer.render(decision, channel=channel, now=NOW)).texts)


@pytest.mark.parametrize("say", [TIPS, FORGOTTEN])
async def test_each_channel_tells_what_stays_there(said: Speech, say: Say) -> None:
    assert "Telegram does not let me delete" in await told(said, say, "telegram")
    assert "history" in await told(said, say, "webchat")
    assert "Meta has its own rules" in await told(said, say, "whatsapp")
    assert "The phone company" in await told(said, say, "sms")


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
async def test_the_day_is_said_on_which_a_carrier_holds_nothing_more(
    said: Speech, channel: str
) -> None:
    assert "December 24, 2026" in await told(said, FORGOTTEN, channel)
    assert "24 de diciembre de 2026" in await told(said, FORGOTTEN, channel, "es")


async def test_the_words_to_write_are_told_in_ones_own_language(said: Speech) -> None:
    text = await told(said, TIPS, "sms", "es")
    assert "Escriba salir y paro" in text
    assert "Escriba paraguas para" in text


async def test_a_code_to_go_on_is_told_as_it_is(said: Speech) -> None:
    assert "12345 67890" in await said.text("resume.code", code="12345 67890")
