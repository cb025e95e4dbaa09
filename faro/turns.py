"""Conversations inside this process: a turn in, what the person reads out.

The same way as in the delivery, without its queue: numbers mean the choice offered last,
the state goes to the door and back, and the reply is fitted to what the channel can show.
Everything is forgotten when the process ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from delivery.choices import Offers
from delivery.enclave import Decider
from delivery.fitting import Capabilities, fit
from delivery.segments import count_segments
from delivery.wording import Choice, OfferedChoice, Renderer, WordedReply
from wire.choice import read_choice
from wire.decision import Decision
from wire.state import State
from wire.strict import JsonValue, WireError
from wire.turn import Turn

SMS = "sms"


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
    choices: tuple[OfferedChoice, ...] = ()
    segments: int | None = None


@dataclass(frozen=True)
class Answer:
    """What was decided for a turn, and what the person reads."""

    decision: Decision
    reply: WordedReply
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class _Remembered:
    state: State
    offers: Offers


@dataclass(frozen=True)
class _OneText:
    """A reply of one text, so that each text is fitted by itself."""

    language: str
    texts: tuple[str, ...]
    choices: tuple[OfferedChoice, ...]


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

    async def answer(self, said: Said) -> Answer:
        """Return the answer to a turn, and remember what the next one needs.

        Raises:
            ChoiceError: The choice was not offered.
            NoDecisionError: The enclave did not decide; nothing is remembered.
        """
        before = self._remembered.get(said.conversation, self._begin)
        text, choice = _resolve(said, before.offers)
        turn = Turn(
            conversation=hashlib.sha256(said.conversation.encode()).hexdigest()[:32],
            channel=said.channel,
            state=before.state,
            text=text,
            choice=choice,
            language=said.language,
        )
        decision = await self._decider.decide(turn)
        reply = await self._renderer.render(
            decision, channel=said.channel, now=self._clock(), offered=before.offers.latest
        )
        choices = tuple(Choice(choice.id, choice.label) for choice in reply.choices)
        offers = before.offers.with_new(choices)
        self._remembered[said.conversation] = _Remembered(decision.state, offers)
        messages = _messages(decision, reply, said.channel, self._capabilities[said.channel])
        return Answer(decision, reply, messages)


def _resolve(said: Said, offers: Offers) -> tuple[str | None, str | None]:
    """Return the text or the id of the choice that the enclave is given."""
    if said.choice is None:
        chosen = offers.chosen_by_number(said.text or "")
        return (None, chosen.id) if chosen else (said.text or "", None)
    if chosen := offers.chosen_by_number(said.choice):
        return None, chosen.id
    if said.choice.strip().isdigit():
        raise ChoiceError(f"there is no such choice: {len(offers.latest)} were offered")
    try:
        read_choice(said.choice)
    except WireError:
        raise ChoiceError("choice is neither an id nor a number") from None
    return None, said.choice


def _messages(
    decision: Decision, reply: WordedReply, channel: str, capabilities: Capabilities
) -> tuple[Message, ...]:
    messages: list[Message] = []
    last = len(reply.texts) - 1
    for position, text in enumerate(reply.texts):
        choices = reply.choices if position == last else ()
        say = decision.says[min(position, len(decision.says) - 1)].message
        parts = fit(_OneText(reply.language, (text,), choices), capabilities, offered_in=0)
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
