"""Conversations inside this process: a turn in, what the person reads out.

The same way as in the delivery, without its queue: numbers mean the choice offered last,
the state goes to the door and back, what a decision does beside being said is done, and the
reply is fitted to what the channel can show.
Everything is forgotten when the process ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from content.entries import remembering
from content.reply import Choice, Reply
from delivery.choices import Offers
from delivery.conversation import MENU, SAFE, TEXT_ONLY
from delivery.effects import Effect, effects_of
from delivery.enclave import Decider
from delivery.envelope import clean_text
from delivery.errors import NoDecisionError
from delivery.fitting import Capabilities, fit
from delivery.paging import first_page, next_page
from delivery.rest import NEXT_PAGE
from delivery.resuming import DONE, code_in, new_code, resumed, with_code
from delivery.segments import count_segments
from delivery.wording import Renderer
from wire.choice import read_choice
from wire.decision import Decision
from wire.normalise import normalise
from wire.say import Say
from wire.state import State
from wire.strict import JsonValue, WireError
from wire.turn import Turn

SMS = "sms"
_NO_LANGUAGE = "en"
_ENDS = frozenset({Effect.ERASE, Effect.LEAVE})


class ChoiceError(ValueError):
    """A choice that was not offered, or is no id. Never holds what was given."""


@dataclass(frozen=True)
class Said:
    """One thing a person says; exactly one of ``text`` and ``choice``.

    Attributes:
        conversation: Any name; the enclave sees a hash of it.
        channel: Registry name of the channel.
        text: What they wrote.
        choice: Id of a choice, or the number of one offered last.
        language: BCP 47 tag that the channel hints at, or None.
    """

    conversation: str
    channel: str
    text: str | None = field(default=None, repr=False)
    choice: str | None = field(default=None, repr=False)
    language: str | None = None


@dataclass(frozen=True)
class Message:
    """One message as the channel shows it.

    Attributes:
        say: Id of the message that it says.
        text: What the person reads, numbered choices included where there are no buttons.
        choices: What is offered with it.
        segments: How many SMS segments it takes; None on other channels.
    """

    say: str
    text: str = field(repr=False)
    choices: tuple[Choice, ...] = ()
    segments: int | None = None


@dataclass(frozen=True)
class Answer:
    """What was decided for a turn, and what the person reads."""

    decision: Decision
    reply: Reply
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class _Remembered:
    state: State
    offers: Offers
    safe_word: str | None = field(default=None, repr=False)


class Conversations:
    """Conversations by name. Turns of one conversation must not overlap."""

    def __init__(
        self,
        decider: Decider,
        renderer: Renderer,
        capabilities: Mapping[str, Capabilities],
        *,
        slots: Mapping[str, JsonValue] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Start without conversations; each begins with ``slots``."""
        self._decider = decider
        self._renderer = renderer
        self._capabilities = capabilities
        self._begin = _Remembered(State(dict(slots or {})), Offers())
        self._clock = clock
        self._remembered: dict[str, _Remembered] = {}
        self._codes: dict[str, State] = {}  # to go on in another conversation, each once

    async def answer(self, said: Said) -> Answer:
        """Return the answer to a turn, and remember what the next one needs.

        Raises:
            ChoiceError: The choice was not offered.
            NoDecisionError: The enclave did not decide; nothing is remembered.
        """
        before = self._remembered.get(said.conversation, self._begin)
        capabilities = self._capabilities[said.channel]
        decision, whole = self._next_page(said, before) or await self._worded(said, before)
        reply, rest = first_page(whole, capabilities, self._renderer.text)
        self._remembered[said.conversation] = _after(
            said, decision, before, before.offers.with_new(reply.choices, rest)
        )
        return Answer(decision, reply, _messages(reply, said.channel, capabilities))

    def forget(self, conversation: str) -> None:
        """Forget a conversation that has ended."""
        self._remembered.pop(conversation, None)

    @staticmethod
    def _next_page(said: Said, before: _Remembered) -> tuple[Decision, Reply] | None:
        """Return what is left of the last reply when the person asks for it."""
        left = before.offers.rest
        if left is None or _resolve(said, before)[1] != NEXT_PAGE:
            return None
        return next_page(left, before.state)

    async def _worded(self, said: Said, before: _Remembered) -> tuple[Decision, Reply]:
        decision = await self._decide(said, before)
        reply = await self._renderer.render(
            decision, channel=said.channel, now=self._clock(), offered=before.offers.latest
        )
        return remembering(decision, reply), reply

    async def _decide(self, said: Said, before: _Remembered) -> Decision:
        text, choice = _resolve(said, before)
        if text is None and choice is None:
            language = before.state.slots.get("language") or said.language or _NO_LANGUAGE
            nothing = Say(TEXT_ONLY)
            return Decision(str(language), "out_of_scope", 1.0, (nothing,), before.state)
        brought = self._codes.pop(code_in(text) or "", None)
        if brought is not None:
            here = replace(before, state=resumed(before.state, brought))
            decision = await self._asked(said, here, text=None, choice=MENU)
            return replace(decision, says=(Say(DONE), *decision.says))
        decision = await self._asked(said, before, text=text, choice=choice)
        if Effect.MAKE_CODE in effects_of(decision):
            code = new_code()
            self._codes[code] = decision.state
            return with_code(decision, code)
        return decision

    async def _asked(
        self, said: Said, before: _Remembered, *, text: str | None, choice: str | None
    ) -> Decision:
        turn = Turn(
            conversation=hashlib.sha256(said.conversation.encode()).hexdigest()[:32],
            channel=said.channel,
            state=before.state,
            text=text,
            choice=choice,
            language=said.language,
        )
        try:
            return await self._decider.decide(turn)
        except NoDecisionError as error:
            if choice is None or error.away:
                raise
            raise ChoiceError("this choice means nothing to the enclave") from None


def _after(said: Said, decision: Decision, before: _Remembered, offers: Offers) -> _Remembered:
    """Return what is remembered after a turn; next to nothing when somebody left."""
    effects = effects_of(decision)
    if effects & _ENDS:
        kept = None if Effect.ERASE in effects else before.safe_word
        return _Remembered(decision.state, Offers(), kept)
    word = normalise(said.text or "") if Effect.KEEP_WORD in effects else before.safe_word
    return _Remembered(decision.state, offers, word)


def _resolve(said: Said, before: _Remembered) -> tuple[str | None, str | None]:
    """Return the text or the id of the choice that the enclave is given; neither is nothing."""
    offers = before.offers
    if said.choice is None:
        text = clean_text(said.text or "")
        if text and normalise(text) == before.safe_word:
            return None, SAFE
        chosen = offers.chosen_by_text(text) if text else None
        return (None, chosen.id) if chosen else (text, None)
    if chosen := offers.chosen_by_number(said.choice):
        return None, chosen.id
    if said.choice.strip().isdigit():
        raise ChoiceError(f"no such choice: {len(offers.latest)} were offered")
    try:
        read_choice(said.choice)
    except WireError:
        raise ChoiceError("choice is neither an id nor a number") from None
    return None, said.choice


def _messages(reply: Reply, channel: str, capabilities: Capabilities) -> tuple[Message, ...]:
    messages: list[Message] = []
    last = len(reply.texts) - 1
    for position, (say, text) in enumerate(zip(reply.says, reply.texts, strict=True)):
        choices = reply.choices if position == last else ()
        alone = Reply(reply.language, (text,), choices)  # so that each message knows its say
        parts = fit(alone, capabilities, offered_in=0)
        for number, part in enumerate(parts, 1):
            messages.append(
                Message(
                    say=say,
                    text=part.text,
                    choices=choices if number == len(parts) else (),
                    segments=count_segments(part.text) if channel == SMS else None,
                )
            )
    return tuple(messages)
