"""Holds the written conversations with the real enclave and the real words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from red_team.written import ROOT, Turn, Written
from saying import NOW

from content.render import build_renderer
from delivery.capabilities import CAPABILITIES
from delivery.choices import Offers
from delivery.enclave import Enclave
from faro.turns import Answer, Conversations, Said

_AT_A_TIME = 4
_PATIENCE = 60.0  # seconds for one decision; others may use the machine as well


@dataclass(frozen=True)
class Exchange:
    """A turn and what came of it.

    Attributes:
        kept: The slots that are remembered afterwards.
        offers: The choices that are remembered afterwards.
    """

    turn: Turn
    answer: Answer
    kept: dict[str, Any]
    offers: Offers

    @property
    def says(self) -> list[str]:
        """The ids of what was said."""
        return [say.message for say in self.answer.decision.says]

    @property
    def texts(self) -> list[str]:
        """What the person reads, message by message."""
        return [message.text for message in self.answer.messages]


@dataclass(frozen=True)
class Held:
    """A written conversation and everything that came of it; broken names an error's kind."""

    written: Written
    exchanges: tuple[Exchange, ...]
    broken: str | None = None


@asynccontextmanager
async def conversations(door: str, token: str, database_url: str) -> AsyncIterator[Conversations]:
    """Give conversations with an enclave, worded from the packs of a database."""
    async with build_renderer(database_url, ROOT) as renderer:
        enclave = Enclave(door, token=token, timeout=_PATIENCE)
        try:
            yield Conversations(enclave, renderer, CAPABILITIES, clock=lambda: NOW)
        finally:
            await enclave.aclose()


async def hold_all(talk: Conversations, wanted: Iterable[Written]) -> list[Held]:
    """Return every conversation, held; several at a time."""
    free = asyncio.Semaphore(_AT_A_TIME)

    async def one(written: Written) -> Held:
        async with free:
            return await hold(talk, written)

    return list(await asyncio.gather(*(one(written) for written in wanted)))


async def hold(talk: Conversations, written: Written) -> Held:
    """Return a conversation, held to its end or to the first error."""
    exchanges: list[Exchange] = []
    for turn in written.turns:
        try:
            for text in () if exchanges else written.elsewhere:
                await talk.answer(_said(written, Turn(text), f"{written.id} (elsewhere)"))
            answer = await talk.answer(_said(written, turn, written.id))
        except Exception as error:  # noqa: BLE001 -- whatever it is, the person reads nothing
            return Held(written, tuple(exchanges), f"{type(error).__name__} at {turn.told!r}")
        remembered = talk._remembered[written.id]
        slots = dict(remembered.state.slots)
        exchanges.append(Exchange(turn, answer, slots, remembered.offers))
    return Held(written, tuple(exchanges))


def _said(written: Written, turn: Turn, name: str) -> Said:
    # An SMS hints at no language; on the others it is that of the phone.
    hint = None if written.channel == "sms" else written.language
    return Said(name, written.channel, text=turn.text, choice=turn.choice, language=hint)


def chosen(all_written: Sequence[Written], *tries: str) -> list[Written]:
    """Return the conversations that try one of these."""
    return [written for written in all_written if written.tries in tries]
