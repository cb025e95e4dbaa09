"""The load: people at the door, at most eight at a time and for a counted number of seconds."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass

from connection import RequestError
from side import Side

Scripts = Sequence[Sequence[str]]
CLIENTS = 8
_LOOK = 0.05  # seconds between two looks at a side that starts
_START_WAIT = 600.0  # seconds
_MOST_TURNS = 20_000  # whatever the time, no round takes more


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
                        answered = ()
                    if answered:
                        latencies.append(time.perf_counter() - asked)
                    else:
                        silent += 1

    started = time.monotonic()
    await asyncio.gather(*(person() for _ in range(clients)))
    return Round(time.monotonic() - started, tuple(latencies), silent)


async def agreement(sides: Sequence[Side], scripts: Scripts) -> float:
    """Return the share of turns to which all sides answer with the same messages."""
    answers = [[answer async for answer in _answers(side, scripts)] for side in sides]
    turns = list(zip(*answers, strict=True))
    return sum(len(set(turn)) == 1 for turn in turns) / len(turns)


async def _answers(side: Side, scripts: Scripts) -> AsyncIterator[tuple[str, ...]]:
    async with side.connect() as connection:
        for number, script in enumerate(scripts):
            talk = side.talk(connection, f"{side.name}-agree-{number}")
            for text in script:
                yield await talk.say(text)


def _from(scripts: Scripts, first: int) -> Iterator[Sequence[str]]:
    """Yield the scripts for ever; each person begins with another one."""
    return itertools.islice(itertools.cycle(scripts), first % len(scripts), None)
