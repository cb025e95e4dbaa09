"""One comparison: both sides built, started, and put under the same load by turns."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bots import count_messages, spoken_intents
from conversations import SCRIPTS
from load import CLIENTS, Round, agreement, converse, wait_until_ready
from long_talk import converse_long
from programs import tell
from side import Side, Training

Figures = dict[str, Any]
_WARM_UP = 2.0  # seconds; the first turns of a process are slower on both sides
_MB = 1_000_000


@dataclass(frozen=True)
class Plan:
    """How long to measure.

    Attributes:
        rounds: Stretches of load a side; the sides take turns, the median counts.
        seconds: Length of each stretch, once with eight clients and once with one.
        starts: Times that each side is started; the fastest counts.
        long_turns: Number of the last turn of the long conversation.
        long_seconds: Longest time for its turns, a side.
    """

    rounds: int = 3
    seconds: float = 10.0
    starts: int = 2
    long_turns: int = 5_000
    long_seconds: float = 60.0


def compare(size: str, sides: Sequence[Side], plan: Plan) -> Figures:
    """Return the figures of one bot, by the name of the side. Raises ProgramError."""
    trainings = {side.name: side.build() for side in sides}
    ready: dict[str, list[float]] = {side.name: [] for side in sides}
    try:
        for start in range(plan.starts):
            for side in sides:
                if start:
                    side.stop()
                ready[side.name].append(_start(side))
        same = asyncio.run(agreement(sides, SCRIPTS[size]))
        measured = asyncio.run(_load(size, sides, plan))
    finally:
        for side in sides:
            side.stop()
    return {
        "intents": len(spoken_intents(size)),
        "training_messages": count_messages(size),
        "same_answers_share": same,
        **{
            side.name: {
                **side.versions(),
                **_trained(trainings[side.name]),
                "ready_seconds": min(ready[side.name]),
                "ready_seconds_each_start": ready[side.name],
                **measured[side.name],
            }
            for side in sides
        },
    }


def _start(side: Side) -> float:
    started = time.monotonic()
    side.start()
    seconds = asyncio.run(wait_until_ready(side, started))
    tell(f"{side.name}: ready after {seconds:.1f} s")
    return seconds


async def _load(size: str, sides: Sequence[Side], plan: Plan) -> dict[str, Figures]:
    scripts = SCRIPTS[size]
    many: dict[str, list[Round]] = {side.name: [] for side in sides}
    single: dict[str, list[Round]] = {side.name: [] for side in sides}
    for side in sides:
        await converse(side, scripts, clients=CLIENTS, seconds=_WARM_UP)
    for number in range(plan.rounds):
        for side in sides:
            many[side.name].append(
                await converse(side, scripts, clients=CLIENTS, seconds=plan.seconds)
            )
            single[side.name].append(await converse(side, scripts, clients=1, seconds=plan.seconds))
            tell(
                f"{side.name}, round {number + 1} of {plan.rounds}: "
                f"{many[side.name][-1].turns_per_second:.1f} turns/s, "
                f"{single[side.name][-1].median_ms:.1f} ms alone (load {os.getloadavg()[0]:.1f})"
            )
    # Weighed before the long conversation, whose history fills stock Rasa's memory.
    weights = {side.name: side.resident_bytes() for side in sides}
    figures: dict[str, Figures] = {}
    for side in sides:
        tell(f"{side.name}: one conversation of {plan.long_turns} turns")
        talk = await converse_long(side, plan.long_turns, seconds=plan.long_seconds)
        figures[side.name] = {
            **_summed(many[side.name], single[side.name]),
            "resident_mb": weights[side.name] / _MB,
            "long_conversation": asdict(talk),
        }
    return figures


def _summed(many: Sequence[Round], single: Sequence[Round]) -> Figures:
    return {
        "turns_per_second": statistics.median(r.turns_per_second for r in many),
        "turns_per_second_each_round": [r.turns_per_second for r in many],
        "median_ms_one_client": statistics.median(r.median_ms for r in single),
        "median_ms_one_client_each_round": [r.median_ms for r in single],
        "median_ms_eight_clients": statistics.median(r.median_ms for r in many),
        "turns_counted": sum(len(r.latencies) for r in (*many, *single)),
        "turns_without_answer": sum(r.silent for r in (*many, *single)),
    }


def _trained(training: Training) -> Figures:
    return {f"training_{name}": value for name, value in asdict(training).items() if value}
