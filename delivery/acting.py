"""Does what a decision does beside being said, in the transaction that commits its turn."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.effects import Effect, effects_of
from delivery.erasing import Erasing
from delivery.errors import TryAgainError
from delivery.flags import Flag, Flags
from delivery.leaving import Leaving
from delivery.memory import Memory, Remembered
from delivery.resuming import DONE, SAY, ResumeCodes, code_in
from delivery.turns import Said
from wire.decision import Decision
from wire.normalise import normalise

_AT_ONCE = 0.1  # seconds; somebody used the code in the same moment


class Acting:
    """Applies effects."""

    def __init__(
        self, memory: Memory, leaving: Leaving, erasing: Erasing, flags: Flags, codes: ResumeCodes
    ) -> None:
        self._memory = memory
        self._leaving = leaving
        self._erasing = erasing
        self._flags = flags
        self._codes = codes

    async def ends(
        self, connection: AsyncConnection, said: Said, known: Remembered, decision: Decision
    ) -> Effect | None:
        """Do what ends a conversation; return how it ends, or None when it goes on.

        Who leaves gets the neutral line from here and nothing else; who asks to be forgotten
        gets the reply as their confirmation, and nothing is remembered of the turn.
        """
        effects = effects_of(decision)
        if Effect.LEAVE in effects:
            await self._leaving.leave_within(connection, known.name, hint=decision.language)
            return Effect.LEAVE
        if Effect.ERASE in effects:
            await self._erasing.begin(
                connection, known.name, turn=said.turn, asked_at=said.accepted_at
            )
            return Effect.ERASE
        return None

    async def goes_on(
        self, connection: AsyncConnection, said: Said, known: Remembered, decision: Decision
    ) -> None:
        """Do everything else.

        Raises:
            TryAgainError: The code that they came with was used meanwhile.
        """
        effects = effects_of(decision)
        if Effect.STOP in effects:
            await self._flags.put(connection, known.name, Flag.STOP)
        if Effect.START in effects:
            await self._flags.clear(connection, known.name, Flag.STOP)
        if Effect.KEEP_WORD in effects and (word := normalise(said.text or "")):
            await self._memory.keep_word(connection, known.name, word)
        if Effect.MAKE_CODE in effects and (code := _told_code(decision)):
            await self._codes.keep(connection, code, known.name, decision.state)
        came_with = code_in(said.text)
        if came_with is None or decision.says[0].message != DONE:
            return
        if not await self._codes.use(connection, came_with):
            raise TryAgainError(_AT_ONCE)


def _told_code(decision: Decision) -> str | None:
    values = (say.values.get("code") for say in decision.says if say.message == SAY)
    return code_in(next((value for value in values if isinstance(value, str)), None))
