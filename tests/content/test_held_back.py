"""With REQUIRE_REVIEW=1 nobody is told what no person has reviewed, and nobody is told nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from saying import NOW, every_message, places, tables
from sqlalchemy.ext.asyncio import async_sessionmaker

from channels.settings import read_require_review
from content.held_back import HELD_BACK
from content.messages import REVIEWED, Messages
from content.render import Renderer
from content.reply import Reply
from delivery.setting_reader import SettingError
from directory.engine import async_engine
from wire.choice import read_choice
from wire.decision import Decision
from wire.say import Say
from wire.state import State

RIGHTS = Say("rights.answer", {"country": "SE", "status": "undocumented", "care": "primary"})
DANGER = Say("danger.violence_now", {"country": "SE", "urgency": "now"})


def reviewed(which: Callable[[str, str], bool]) -> Messages:
    """Every message, those reviewed that ``which`` says of message and language."""
    messages = every_message()
    return messages.with_wordings(
        {
            language: {
                one: replace(messages.wording(one, language), state=REVIEWED)
                for one in messages.ids(language)
                if which(one, language)
            }
            for language in messages.languages
        }
    )


async def answer(
    url: str,
    messages: Messages,
    say: Say = RIGHTS,
    *,
    risk: str | None = None,
    **slots: str,
) -> Reply:
    engine = async_engine(url)
    state = State({"language": "es", "country": "SE", **slots})
    decision = Decision("es", "rights_care", 1.0, (say,), state, risk=risk)
    try:
        sessions = async_sessionmaker(engine, expire_on_commit=False)
        renderer = Renderer(messages, places(), sessions, tables(), require_review=True)
        return await renderer.render(decision, channel="sms", now=NOW)
    finally:
        await engine.dispose()


async def test_what_nobody_reviewed_is_replaced_by_whom_to_call(packs_url):
    reply = await answer(packs_url, reviewed(lambda *_: False))
    assert reply.says == (HELD_BACK,)
    assert "112" in reply.texts[-1]
    assert reply.texts[0].count("\n") >= 2
    assert reply.choices == ()


async def test_the_same_is_offered_in_languages_that_somebody_reviewed(packs_url):
    messages = reviewed(lambda _, language: language in ("en", "fr"))
    reply = await answer(packs_url, messages)
    assert reply.language == "es"
    assert {choice.label for choice in reply.choices} == {"English", "Français"}
    intent, codes = read_choice(reply.choices[0].id)
    assert (intent, codes["tell_in"]) == ("rights_care", "en")
    reply = await answer(packs_url, messages, tell_in="en")
    assert reply.language == "en"
    assert "Source" in reply.texts[0]


async def test_what_is_reviewed_is_said(packs_url):
    reply = await answer(packs_url, reviewed(lambda _, language: language == "es"))
    assert reply.language == "es"
    assert "Fuente" in reply.texts[0]


async def test_danger_gets_its_lines_and_the_emergency_number(packs_url):
    reply = await answer(packs_url, reviewed(lambda *_: False), DANGER, risk="violence_now")
    assert "112" in "\n".join(reply.texts)
    assert reply.texts[0].strip()


async def test_without_a_country_the_frame_is_said_still(packs_url):
    say = Say("greet.hello", {"country": None})
    reply = await answer(packs_url, reviewed(lambda *_: False), say, country="")
    assert "112" in reply.texts[0]


@pytest.mark.parametrize(("value", "wanted"), [("1", True), ("0", False), (None, False)])
def test_the_setting_is_one_or_zero(value, wanted):
    environ = {} if value is None else {"REQUIRE_REVIEW": value}
    assert read_require_review(environ) is wanted
    with pytest.raises(SettingError):
        read_require_review({"REQUIRE_REVIEW": "yes"})
