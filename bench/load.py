"""The load: people at the door, at most eight at a time and for a counted number of seconds."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from connection import RequestError
from conversations import LONG
from programs import tell
from side import Side

Scripts = Sequence[Sequence[str]]
CLIENTS = 8
_LOOK = 0.05  # seconds between two looks at a side that starts
_START_WAIT = 300.0  # seconds
_MOST_TURNS = 20_000  # whatever the time, no round takes more
_SAMPLES = 10
_LONG_PATIENCE = 600.0  # seconds for one answer at the end of a long history


@dataclass(frozen=True)
class Round:
    """What one stretch of load came to.

    Attributes:
        seconds: From the first question to the last answer.
        latencies: Seconds of each answered turn.
        silent: Turns answered with nothing, or with an error.
    """

    seconds: float
    latencies: tuple[float, ...]
    silent: int

    @property
    def turns_per_second(self) -> float:
        """Answered turns a second."""
        return len(self.latencies) / self.seconds

    @property
    def median_ms(self) -> float:
        """Median time of an answered turn, in milliseconds."""
        return statistics.median(self.latencies) * 1000 if self.latencies else float("nan")


async def wait_until_ready(side: Side, started: float) -> float:
    """Return the seconds from ``started`` to the first true answer. Raises ProgramError."""
    for attempt in itertools.count():
        side.resident_bytes()  # tells when a process has ended
        async with side.connect(10.0) as connection:
            try:
                if await side.talk(connection, f"ready-{attempt}").say("hola"):
                    return time.monotonic() - started
            except RequestError:
                await asyncio.sleep(_LOOK)
        if time.monotonic() - started > _START_WAIT:
            break
    raise TimeoutError(f"{side.name} was not ready after {_START_WAIT:.0f} s")


async def converse(side: Side, scripts: Scripts, *, clients: int, seconds: float) -> Round:
    """Let ``clients`` people talk, one conversation after the other, for ``seconds``."""
    latencies: list[float] = []
    silent = 0
    until = time.monotonic() + seconds
    numbers = itertools.count()

    async def person() -> None:
        nonlocal silent
        async with side.connect() as connection:
            for script in _from(scripts, next(numbers)):
                talk = side.talk(connection, f"{side.name}-{clients}-{next(numbers)}-{until}")
                for text in script:
                    if time.monotonic() > until or len(latencies) > _MOST_TURNS:
                        return
                    asked = time.perf_counter()
                    try:
                        answered = await talk.say(text)
                    except RequestError:
                        answered = False
                    if answered:
                        latencies.append(time.perf_counter() - asked)
                    else:
                        silent += 1

    started = time.monotonic()
    await asyncio.gather(*(person() for _ in range(clients)))
    return Round(time.monotonic() - started, tuple(latencies), silent)


@dataclass(frozen=True)
class LongTalk:
    """One conversation at its fifth turn and at its last.

    Attributes:
        turn_5_ms, last_turn_ms: Median of ten turns with the same words, milliseconds.
        state_5_bytes, last_state_bytes: What must be kept until the next turn, as JSON.
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
    fifth: list[float] = []
    async with side.connect(_LONG_PATIENCE) as connection:
        for number in range(_SAMPLES):
            talk = side.talk(connection, f"{side.name}-five-{number}-{time.time()}")
            times = [await _timed(talk.say(text)) for text in LONG]
            fifth.append(times[-1][0])
        state_5 = await talk.state_bytes()
        silent, taken = 0, len(LONG)
        until = time.monotonic() + seconds
        last = _SAMPLES * len(LONG)
        while taken < turns - last and time.monotonic() < until:
            for text in LONG:
                silent += not (await _timed(talk.say(text)))[1]
            taken += len(LONG)
            if taken % 1000 == 0:
                tell(f"{side.name}: turn {taken} of one conversation")
        copied = max(0, turns - last - taken)
        if copied:
            tell(f"{side.name}: {taken} turns in {seconds:.0f} s; copying {copied} into its history")
            await talk.lengthen(copied)
        lasts: list[float] = []
        for _ in range(_SAMPLES):
            times = [await _timed(talk.say(text)) for text in LONG]
            silent += sum(not answered for _, answered in times)
            lasts.append(times[-1][0])
            if time.monotonic() > until + 2 * seconds:
                break  # each turn takes seconds; a few samples must do
        return LongTalk(
            turn_5_ms=statistics.median(fifth) * 1000,
            last_turn_ms=statistics.median(lasts) * 1000,
            state_5_bytes=state_5,
            last_state_bytes=await talk.state_bytes(),
            last_turn=taken + copied + len(lasts) * len(LONG),
            copied_turns=copied,
            silent=silent,
        )


async def _timed(turn: object) -> tuple[float, bool]:
    started = time.perf_counter()
    try:
        answered = bool(await turn)  # type: ignore[misc]
    except RequestError:
        answered = False
    return time.perf_counter() - started, answered


def _from(scripts: Scripts, first: int) -> Iterator[Sequence[str]]:
    """Yield the scripts for ever; each person begins with another one."""
    return itertools.islice(itertools.cycle(scripts), first % len(scripts), None)
