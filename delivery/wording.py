"""What the delivery needs from whoever puts a decision into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from content.reply import Choice, Reply, ToldIn
from wire.decision import Decision


class Renderer(Protocol):
    """Puts decisions into words: ``content.render`` in the running system."""

    async def render(
        self,
        decision: Decision,
        *,
        channel: str,
        now: datetime,
        offered: tuple[Choice, ...] = (),
    ) -> Reply:
        """Return the reply that ``decision`` stands for."""

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> Reply:
        """Return the numbers to call in danger, for when nothing else can be said."""

    async def changes(self, *, language: str | None, now: datetime) -> list[ToldIn]:
        """Return what was changed because people told us, by country."""

    async def rumours(self) -> Mapping[str, Sequence[str]]:
        """Return how published rumours are recognised, as ``wire.turn.Turn.rumours``."""

    def text(self, message: str, language: str | None) -> str:
        """Return a message without values, for the delivery's own lines."""
