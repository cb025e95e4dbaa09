"""What the delivery needs from whoever puts a decision into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from wire.decision import Decision


@dataclass(frozen=True)
class Choice:
    """Attributes:
    id: What it does, as ``wire.choice`` writes it.
    label: What the person reads.
    """

    id: str
    label: str = field(repr=False)


class OfferedChoice(Protocol):
    """A choice as a renderer gives it."""

    @property
    def id(self) -> str:
        """What it does, as ``wire.choice`` writes it."""

    @property
    def label(self) -> str:
        """What the person reads."""


class WordedReply(Protocol):
    """A reply in words, not yet fitted to a channel."""

    @property
    def language(self) -> str:
        """BCP 47 tag of the texts."""

    @property
    def texts(self) -> tuple[str, ...]:
        """One message each."""

    @property
    def choices(self) -> tuple[OfferedChoice, ...]:
        """What is offered after the last text, in order."""


class Renderer(Protocol):
    """Puts decisions into words: ``content.render`` in the running system."""

    async def render(
        self,
        decision: Decision,
        *,
        channel: str,
        now: datetime,
        offered: tuple[Choice, ...] = (),
    ) -> WordedReply:
        """Return the reply that ``decision`` stands for."""

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> WordedReply:
        """Return the numbers to call in danger, for when nothing else can be said."""
