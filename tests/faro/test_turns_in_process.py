"""A conversation inside the command line goes the way that it goes over a channel."""

from __future__ import annotations

from datetime import datetime

import pytest

from content.reply import Choice, Reply
from delivery.capabilities import CAPABILITIES
from delivery.errors import NoDecisionError
from faro.turns import ChoiceError, Conversations, Said
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

OFFERED = (Choice("inform:country=GR", "Greece"), Choice("menu_help", "Menu"))


class Decider:
    """Counts the turns of each conversation in its state, and keeps what it was sent."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.error: NoDecisionError | None = None

    async def decide(self, turn: Turn) -> Decision:
        if self.error:
            raise self.error
        self.turns.append(turn)
        seen = int(str(turn.state.slots.get("offset") or 0)) + 1
        slots = {**turn.state.slots, "offset": seen}
        return Decision("es", "greet", 1.0, (Say("greet.hello"),), State(slots))


class Words:
    def __init__(self, *texts: str) -> None:
        self.texts = texts or ("hola",)
        self.offered: tuple[Choice, ...] = ()

    async def render(
        self, decision: Decision, *, channel: str, now: datetime, offered: tuple[Choice, ...] = ()
    ) -> Reply:
        self.offered = offered
        return Reply("es", self.texts, OFFERED, tuple("greet.hello" for _ in self.texts))

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> Reply:
        raise NotImplementedError

    def text(self, message: str, language: str | None) -> str:
        return message


@pytest.fixture
def decider() -> Decider:
    return Decider()


def conversations(decider: Decider, words: Words | None = None, **slots: str) -> Conversations:
    return Conversations(decider, words or Words(), CAPABILITIES, slots=slots)


async def test_the_state_goes_back_with_the_next_turn_of_the_same_conversation(decider):
    talk = conversations(decider)
    for name in ("a", "b", "a"):
        await talk.answer(Said(name, "webchat", text="hola"))
    assert [turn.state.slots.get("offset") for turn in decider.turns] == [None, None, 1]


async def test_a_conversation_begins_with_the_slots_it_was_given(decider):
    await conversations(decider, country="SV").answer(Said("a", "sms", text="hola"))
    assert decider.turns[0].state.slots == {"country": "SV"}


@pytest.mark.parametrize("number", ["2", "2.", " ٢ ", "２"])
async def test_a_bare_number_means_the_choice_offered_last(decider, number):
    talk = conversations(decider)
    await talk.answer(Said("a", "sms", text="hola"))
    await talk.answer(Said("a", "sms", text=number))
    assert (decider.turns[1].choice, decider.turns[1].text) == ("menu_help", None)


async def test_a_number_before_anything_was_offered_is_what_they_wrote(decider):
    await conversations(decider).answer(Said("a", "sms", text="2"))
    assert decider.turns[0].text == "2"


@pytest.mark.parametrize("choice", ["1", "inform:country=GR"])
async def test_a_choice_is_given_by_number_or_by_id(decider, choice):
    talk = conversations(decider)
    await talk.answer(Said("a", "webchat", text="hola"))
    await talk.answer(Said("a", "webchat", choice=choice))
    assert decider.turns[1].choice == "inform:country=GR"


@pytest.mark.parametrize("choice", ["9", "0", "no choice at all", ""])
async def test_a_choice_that_means_nothing_is_refused_without_repeating_it(decider, choice):
    with pytest.raises(ChoiceError) as raised:
        await conversations(decider).answer(Said("a", "webchat", choice=choice))
    assert not choice.strip("09") or choice not in str(raised.value)


async def test_a_choice_that_the_enclave_refuses_is_a_mistake_of_the_caller(decider):
    decider.error = NoDecisionError(away=False)
    with pytest.raises(ChoiceError):
        await conversations(decider).answer(Said("a", "webchat", choice="no_such_intent"))


async def test_without_a_decision_nothing_is_remembered(decider):
    talk = conversations(decider)
    await talk.answer(Said("a", "webchat", text="hola"))
    decider.error = NoDecisionError(away=True)
    with pytest.raises(NoDecisionError):
        await talk.answer(Said("a", "webchat", text="hola"))
    decider.error = None
    await talk.answer(Said("a", "webchat", text="hola"))
    assert decider.turns[-1].state.slots == {"offset": 1}


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u0000"])
async def test_an_empty_text_gets_a_line_that_helps(decider, text):
    answer = await conversations(decider).answer(Said("a", "webchat", text=text))
    assert answer.decision.says[0].message == "channel.text_only"
    assert not decider.turns


async def test_the_enclave_does_not_see_the_name_of_a_conversation(decider):
    await conversations(decider).answer(Said("+50370000000", "sms", text="hola"))
    assert "50370000000" not in decider.turns[0].conversation


async def test_on_sms_choices_are_numbered_in_the_text_and_segments_are_counted(decider):
    answer = await conversations(decider).answer(Said("a", "sms", text="hola"))
    (message,) = answer.messages
    assert message.text == "hola\n1. Greece\n2. Menu"
    assert message.segments == 1
    assert message.choices == OFFERED


async def test_where_there_are_buttons_the_text_stays_alone(decider):
    answer = await conversations(decider, Words("uno", "dos")).answer(
        Said("a", "telegram", text="hola")
    )
    assert [message.text for message in answer.messages] == ["uno", "dos"]
    assert [message.segments for message in answer.messages] == [None, None]
    assert [len(message.choices) for message in answer.messages] == [0, 2]


async def test_a_long_text_is_told_in_pages_on_sms_and_every_page_knows_its_say(decider):
    talk = conversations(decider, Words("palabra " * 100))
    answers = [await talk.answer(Said("a", "sms", text="hola"))]
    while answers[-1].reply.choices[-1].id == "next_page":
        number = len(answers[-1].reply.choices)
        answers.append(await talk.answer(Said("a", "sms", text=str(number))))
    messages = [message for answer in answers for message in answer.messages]
    assert len(answers) > 2
    assert {message.say for message in messages} == {"greet.hello"}
    assert all(message.segments and message.segments <= 2 for message in messages)
    assert sum(message.text.count("palabra") for message in messages) == 100
    assert answers[-1].reply.choices == OFFERED
    assert len(decider.turns) == 1


async def test_the_renderer_is_told_what_was_offered_before(decider):
    words = Words()
    talk = conversations(decider, words)
    await talk.answer(Said("a", "webchat", text="hola"))
    assert words.offered == ()
    await talk.answer(Said("a", "webchat", text="hola"))
    assert words.offered == OFFERED


async def test_a_forgotten_conversation_begins_anew(decider):
    talk = conversations(decider)
    await talk.answer(Said("a", "webchat", text="hola"))
    talk.forget("a")
    await talk.answer(Said("a", "webchat", text="hola"))
    assert not decider.turns[-1].state.slots


def test_what_a_person_said_is_not_in_the_repr():
    assert "tengo miedo" not in repr(Said("a", "sms", text="tengo miedo"))
