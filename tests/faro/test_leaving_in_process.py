"""Leaving, being forgotten, a word of one's own and a code work in the command line too."""

from __future__ import annotations

from datetime import datetime

import pytest
from simulators.enclave import EchoRenderer, decide

from content.reply import Choice, Reply
from delivery.capabilities import CAPABILITIES
from faro.turns import Conversations, Said
from wire.decision import Decision
from wire.turn import Turn


class Decider:
    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def decide(self, turn: Turn) -> Decision:
        self.turns.append(turn)
        return decide(turn)

    async def is_ready(self) -> bool:
        return True


class Words(EchoRenderer):
    async def render(
        self, decision: Decision, *, channel: str, now: datetime, offered: tuple[Choice, ...] = ()
    ) -> Reply:
        reply = await super().render(decision, channel=channel, now=now, offered=offered)
        says = tuple(say.message for say in decision.says[: len(reply.texts)])
        return Reply(reply.language, reply.texts, reply.choices, says)


@pytest.fixture
def decider() -> Decider:
    return Decider()


async def talk(conversations: Conversations, *texts: str, name: str = "a") -> str:
    for text in texts:
        answer = await conversations.answer(Said(name, "telegram", text=text))
    return answer.messages[0].text


@pytest.mark.parametrize("word", ["olvidar", "salgo"])
async def test_who_leaves_or_is_forgotten_begins_anew(decider, word):
    conversations = Conversations(decider, Words(), CAPABILITIES)
    await talk(conversations, "hola", word, "2")
    assert decider.turns[-1].state.slots == {}
    assert (decider.turns[-1].choice, decider.turns[-1].text) == (None, "2")


async def test_their_own_word_calls_up_the_help_text_until_they_are_forgotten(decider):
    conversations = Conversations(decider, Words(), CAPABILITIES)
    assert await talk(conversations, "luciernaga", "salgo", "Luciérnaga") == "safe.called_up es"
    await talk(conversations, "olvidar", "Luciérnaga")
    assert decider.turns[-1].choice is None


async def test_a_code_goes_on_in_another_conversation_once(decider):
    conversations = Conversations(decider, Words(), CAPABILITIES)
    code = (await talk(conversations, "compartido", "codigo")).removeprefix("resume.code ")
    told = await talk(conversations, "hola", code, name="b")
    assert told == "resume.done es | menu.show es"
    assert decider.turns[-1].state.slots["shared"] == "yes"
    assert "resume.done" not in await talk(conversations, code, name="c")
