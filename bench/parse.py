"""Measures how many messages a second ``faro parse`` understands, counted after its start.

The messages are our own training messages, shuffled, one at a time on its standard input. Its first
answer ends the start; the clock runs from there to the last. Answers must come in order.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import IO

import machine
from bots import messages
from programs import tell
from side import BUILT, ROOT

RESULT = ROOT / "bench" / "results" / "parse.json"
GOAL = 200.0  # messages a second
_MOST = 50_000
_PATIENCE = 600.0  # seconds for a whole run


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the figure, keep it; return 1 when the goal is not met."""
    parser = argparse.ArgumentParser(prog="bench/parse.py", description=__doc__)
    parser.add_argument("--messages", type=int, default=3_000, help="how many to parse")
    parser.add_argument("--quick", action="store_true", help="500 messages; not kept")
    options = parser.parse_args(arguments)
    count = 500 if options.quick else min(options.messages, _MOST)
    start, seconds, in_order = _measure(_texts(count))
    rate = (count - 1) / seconds
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "messages": count,
        "start_seconds": round(start, 3),
        "messages_per_second": round(rate, 1),
        "at_least": GOAL,
        "in_order": in_order,
        "met": rate >= GOAL and in_order,
    }
    file = BUILT / "parse-part.json" if options.quick else RESULT
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(f"start {start:.1f} s, then {rate:.0f} messages a second, in order: {in_order}")
    return 0 if result["met"] else 1


def _texts(count: int) -> list[str]:
    every = [
        line.removeprefix("- ")
        for _, data in messages("real")
        for entry in data["nlu"]
        for line in entry["examples"].splitlines()
    ]
    random.Random(0).shuffle(every)  # noqa: S311  # the same order each time, not a secret
    return [every[number % len(every)] for number in range(count)]


def _measure(texts: Sequence[str]) -> tuple[float, float, bool]:
    """Return the seconds of the start, those of the rest, and whether all came in order."""
    tell(f"faro parse: {len(texts)} messages")
    started = time.monotonic()
    process = subprocess.Popen(
        [ROOT / ".venv" / "bin" / "faro", "parse"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert process.stdin is not None  # noqa: S101  # piped above
    assert process.stdout is not None  # noqa: S101
    # The first message alone, so that the start ends with its answer and not with a full batch.
    _put(process.stdin, texts, 0, 1)
    killer = threading.Timer(_PATIENCE, process.kill)
    killer.start()
    ids = _ids(process.stdout)
    try:
        first = [next(ids)]
        ready = time.monotonic()
        feeder = threading.Thread(
            target=_put, args=(process.stdin, texts, 1, len(texts)), daemon=True
        )
        feeder.start()
        rest = [next(ids) for _ in range(len(texts) - 1)]
        ended = time.monotonic()
        process.stdin.close()
        process.wait()
    finally:
        killer.cancel()
        process.kill()
    in_order = first + rest == list(range(len(texts)))
    return ready - started, ended - ready, in_order


def _put(pipe: IO[str], texts: Sequence[str], first: int, last: int) -> None:
    for number in range(first, last):
        pipe.write(json.dumps({"id": number, "text": texts[number]}, ensure_ascii=False) + "\n")
    pipe.flush()


def _ids(pipe: IO[str]) -> Iterator[int]:
    """Yield the id of each answer as it comes. Tells how it goes."""
    for count, line in enumerate(pipe, start=1):
        if count % 1_000 == 0:
            tell(f"{count} answers")
        yield int(json.loads(line)["id"])


if __name__ == "__main__":
    sys.exit(main())
