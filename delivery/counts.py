"""How well people are understood: counts a month, never words, never who.

Counted in memory and written once a minute, so that no row tells when somebody wrote. The seven
dangers are counted as one: a month in which one person wrote of one thing would name them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from content.danger_words import PLANS
from content.unmet import Unmet
from delivery.clock import now
from delivery.feedback import Told, feedback_of
from delivery.gaps import Gap, gaps_of
from delivery.tables import feedback, gaps, understood, unmet
from delivery.tallies import add_up
from wire.choice import read_choice
from wire.decision import Decision
from wire.state import State
from wire.turn import Turn

DANGER = "danger"  # stands for all seven
ANSWERED, UNSURE, NOT_UNDERSTOOD, CHOSEN, CORRECTED = (
    "answered", "unsure", "not_understood", "chosen", "corrected",
)  # fmt: skip
_EVERY = 60.0  # seconds
_OUTCOMES = {"unsure": UNSURE, "gibberish": NOT_UNDERSTOOD}

log = structlog.get_logger()


class Counts:
    """Counts turns of one process, and writes them down."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: Counter[tuple[date, str, str, str]] = Counter()
        self._missing: Counter[Gap] = Counter()
        self._told: Counter[Told] = Counter()
        self._unmet: Counter[tuple[date, str, str, str, str, str, str]] = Counter()

    def add(self, turn: Turn, decision: Decision, needs: Iterable[Unmet] = ()) -> None:
        """Count a turn that was decided, and what nothing met in its answer."""
        for intent, outcome in outcomes(turn, decision):
            self._waiting[now().date().replace(day=1), decision.language, intent, outcome] += 1
        self._missing.update(gaps_of(decision, now().date()))
        self._told.update(feedback_of(decision, now().date()))
        month = now().date().replace(day=1)
        self._unmet.update((month, decision.language, *astuple(need)) for need in needs)

    async def run(self) -> None:
        """Write once a minute, and what is left when this is cancelled."""
        try:
            while True:
                await anyio.sleep(_EVERY)
                await self.write()
        finally:
            await asyncio.shield(self.write())

    async def write(self) -> None:
        """Write what was counted since the last time. A failure keeps it for the next."""
        waiting, self._waiting = self._waiting, Counter()
        missing, self._missing = self._missing, Counter()
        told, self._told = self._told, Counter()
        needs, self._unmet = self._unmet, Counter()
        if not (waiting or missing or told or needs):
            return
        try:
            async with self._engine.begin() as connection:
                await add_up(connection, understood, waiting)
                await add_up(connection, gaps, missing)
                await add_up(connection, feedback, told)
                await add_up(connection, unmet, needs)
        except (SQLAlchemyError, OSError) as error:
            self._waiting.update(waiting)
            self._missing.update(missing)
            self._told.update(told)
            self._unmet.update(needs)
            log.warning("counts not written", error=type(error).__name__)


def outcomes(turn: Turn, decision: Decision) -> list[tuple[str, str]]:
    """Return what a turn tells about understanding: intent and outcome, mostly one, or nothing."""
    if turn.choice is None:
        return [(_counted_as(decision.intent), _OUTCOMES.get(decision.intent, ANSWERED))]
    intent, _ = read_choice(turn.choice)
    if intent == "not_that":
        return [(_counted_as(_code(turn.state, "topic")), CORRECTED)]
    if _code(turn.state, "pending") == "unsure":
        return [(_counted_as(intent), CHOSEN)]
    return []


def _counted_as(intent: str) -> str:
    return DANGER if intent in PLANS else intent


def _code(state: State, slot: str) -> str:
    value = state.slots.get(slot)
    return value if isinstance(value, str) else ""
