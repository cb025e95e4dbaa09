"""One long conversation: what its last turn costs, against its fifth."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from connection import RequestError
from conversations import LONG
from programs import tell
from side import Side, Talk

_CYCLE = len(LONG)
_SAMPLES = 10  # cycles measured at each end
_PATIENCE = 600.0  # seconds for one answer at the end of a long history


@dataclass(frozen=True)
class LongTalk:
    """One conversation at its fifth turn and at its last.

    Attributes:
        turn_5_ms: Median of ten conversations' fifth turns, milliseconds.
        last_turn_ms: Median of turn ``turns`` and those after it with the same words, milliseconds.
        state_5_bytes: What must be kept after turn 5, as JSON.
        last_state_bytes: The same after the last.
        last_turn: Its number.
        copied_turns: How many of them were copied into the history instead of taken.
        silent: Turns answered with nothing, or with an error.
    """

    turn_5_ms: float
    last_turn_ms: float
    state_5_bytes: int
    last_state_bytes: int
    last_turn: int
    copied_turns: int
    silent: int


async def converse_long(side: Side, turns: int, *, seconds: float) -> LongTalk:
    """Compare turn 5 with turn ``turns`` of one conversation.

    A side that needs longer than ``seconds`` for the turns between gets them copied into its
    history, so that the last ones can be measured at all.
    """
    async with side.connect(_PATIENCE) as connection:
        fifth: list[float] = []
        for number in range(_SAMPLES):
            talk = side.talk(connection, f"{side.name}-long-{number}-{time.time()}")
            fifth.append((await _cycle(talk))[0])
        state_5 = await talk.state_bytes()
        middle = turns - 2 * _CYCLE  # so that the first measured turn is number ``turns``
        taken, silent = await _pass(talk, middle, seconds)
        copied = middle - taken
        if copied:
            tell(f"{side.name}: {taken} turns in {seconds:.0f} s; copying {copied} more")
            await talk.lengthen(copied // _CYCLE, turns=_CYCLE)
        last: list[float] = []
        until = time.monotonic() + 2 * seconds
        while len(last) < _SAMPLES and (not last or time.monotonic() < until):
            took, missed = await _cycle(talk)
            last.append(took)
            silent += missed
        return LongTalk(
            turn_5_ms=statistics.median(fifth) * 1000,
            last_turn_ms=statistics.median(last) * 1000,
            state_5_bytes=state_5,
            last_state_bytes=await talk.state_bytes(),
            last_turn=_CYCLE + middle + len(last) * _CYCLE,
            copied_turns=copied,
            silent=silent,
        )


async def _pass(talk: Talk, turns: int, seconds: float) -> tuple[int, int]:
    """Take whole cycles until ``turns`` or the time is up; return those taken and the silent."""
    taken = silent = 0
    until = time.monotonic() + seconds
    while taken < turns and time.monotonic() < until:
        silent += (await _cycle(talk))[1]
        taken += _CYCLE
        if taken % 1000 == 0:
            tell(f"turn {taken} of one conversation")
    return taken, silent


async def _cycle(talk: Talk) -> tuple[float, int]:
    """Say the words of a cycle; return the seconds of the last turn and the silent turns."""
    silent, took = 0, 0.0
    for text in LONG:
        asked = time.perf_counter()
        try:
            answered = await talk.say(text)
        except RequestError:
            answered = ()
        took = time.perf_counter() - asked
        silent += not answered
    return took, silent
