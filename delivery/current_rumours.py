"""Tells the enclave by what rumours are recognised that operators published since its files."""

from __future__ import annotations

from dataclasses import replace

from delivery.enclave import Decider
from delivery.wording import Renderer
from wire.decision import Decision
from wire.turn import Turn


class CurrentRumours:
    """A decider that knows a rumour as soon as it is published, and forgets one taken back.

    Args:
        decider: Decides; it knows the rumours of its files only.
        renderer: Knows what was published.
    """

    def __init__(self, decider: Decider, renderer: Renderer) -> None:
        self._decider = decider
        self._renderer = renderer

    async def decide(self, turn: Turn) -> Decision:
        """Return what to say. Raises NoDecisionError."""
        if turn.text is None:  # a choice says itself what it means
            return await self._decider.decide(turn)
        return await self._decider.decide(replace(turn, rumours=await self._renderer.rumours()))

    async def is_ready(self) -> bool:
        """Return whether it can decide now."""
        return await self._decider.is_ready()
