"""What the delivery asks of a channel. Adapters stand in ``channels/``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from delivery.envelope import Outgoing
from delivery.fitting import Capabilities


@dataclass(frozen=True)
class Sending:
    """One attempt to send a message.

    Attributes:
        outbox: Id of the row; a status callback may name it.
        since: When the first attempt began, for a look-up.
    """

    outbox: int
    since: datetime


@dataclass(frozen=True)
class Copies:
    """What can be done about the copies that a provider keeps of every message.

    Attributes:
        at_once: They go as soon as a message has arrived; else only when the person leaves.
        hours: After so long the provider deletes none any more; None: it always does.
    """

    at_once: bool
    hours: float | None


class Channel(Protocol):
    """A way to a person."""

    @property
    def name(self) -> str:
        """Registry name."""

    @property
    def worded_as(self) -> str:
        """The channel whose wording fits: its own name but for the try-out phone."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""

    @property
    def pace(self) -> Pace:
        """How fast it may be written to."""

    @property
    def waits_for_reader(self) -> bool:
        """Whether a message is kept until its page has read it."""

    @property
    def looks_up(self) -> bool:
        """Whether :meth:`find` can tell what became of an unsure send."""

    @property
    def copies(self) -> Copies | None:
        """What can be done about the provider's copies; None where there are none."""

    async def send(self, address: str, message: Outgoing, sending: Sending) -> str:
        """Send and return the provider's id, or "". Raises SendError."""

    async def find(self, address: str, message: Outgoing, sending: Sending) -> str | None:
        """Return the provider's id of a message it did accept, else None. Raises SendError."""

    async def forget_copies(self, copies: Sequence[str]) -> Collection[str]:
        """Delete the provider's copies of messages, theirs and ours.

        Args:
            copies: What :meth:`send` returned, and ``Inbound.copy``.

        Returns:
            Those that are gone, or that the provider will never delete; the others are
            tried again.
        """


class Pace:
    """Keeps the rates a provider allows, within one process.

    Args:
        per_address: Seconds between two messages to one person.
        overall: Seconds between any two messages.
    """

    def __init__(self, *, per_address: float = 0.0, overall: float = 0.0) -> None:
        self._per_address = per_address
        self._overall = overall
        self._free_at = 0.0
        self._address_free_at: dict[str, float] = {}

    async def wait(self, conversation: str) -> None:
        """Return when the next message to a conversation may leave."""
        now = time.monotonic()
        at = max(now, self._free_at, self._address_free_at.get(conversation, 0.0))
        self._free_at = max(self._free_at, now) + self._overall
        if self._per_address:
            self._forget_before(now)
            self._address_free_at[conversation] = at + self._per_address
        if at > now:
            await asyncio.sleep(at - now)

    def _forget_before(self, now: float) -> None:
        if len(self._address_free_at) > 1000:  # noqa: PLR2004 -- any bound will do
            self._address_free_at = {c: t for c, t in self._address_free_at.items() if t > now}
