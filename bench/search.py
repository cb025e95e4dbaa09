"""Measures how long the nearest three of a million listings take, ours against plain PostGIS.

Both are asked the same questions in the same run: ours through `directory.search`, listings read;
PostGIS for ids, by `ORDER BY geography <-> point` with the same filters on arrays.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import machine
from programs import tell
from search_listings import cities, packs
from search_ours import asked, fill, server
from search_postgis import PostGis, find_postgis
from search_questions import SORTS, questions
from side import BUILT, ROOT

from directory.search_query import Order, Query

RESULT = ROOT / "bench" / "results" / "search.json"
_WARM = 20
_SECONDS = 10.0  # for one sort of question on one side; where that is too few, fewer are asked
_Ask = Callable[[Query], Awaitable[list[str]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, keep the result; return 1 when a goal is not met."""
    parser = argparse.ArgumentParser(prog="bench/search.py", description=__doc__)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=500, help="of each sort")
    parser.add_argument("--quick", action="store_true", help="50,000 listings; not kept")
    parser.add_argument("--without-postgis", action="store_true", help="ours alone; not kept")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    count = 50_000 if options.quick else options.listings
    known = packs()
    towns = cities(sorted(known))
    result: dict[str, Any] = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "listings": count,
    }
    running = server()
    running.start()
    other = None if options.without_postgis else find_postgis()
    try:
        url = fill(running, count, towns)
        result["postgis"] = "not installed" if other is None else other.start(url, count)
        templates = [one for pack in known.values() for one in pack.part("services")]
        result["sorts"] = asyncio.run(_measure(url, other, towns, templates, options.questions))
    finally:
        if other is not None:
            other.stop()
        running.stop()
    result["machine"]["load_average_at_the_end"] = machine.describe()["load_average"]
    whole = not (options.quick or options.without_postgis) and count == 1_000_000
    file = RESULT if whole else BUILT / "search-part.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    _print(result)
    return 0 if all(sort["met"] for sort in result["sorts"] if "met" in sort) else 1


def _stop(_number: int, _frame: object) -> None:
    """Leave in order, so that no server is left behind."""
    raise SystemExit(2)


async def _measure(
    url: str, other: PostGis | None, towns: Sequence[Any], templates: Sequence[Any], count: int
) -> list[dict[str, Any]]:
    found = []
    async with asked(url) as (ask, backend):
        for name, filters, goal in SORTS:
            for in_city in (False, True):
                asking = questions(filters, towns, templates, count, in_city=in_city)
                tell(f"{name}, from a {'city' if in_city else 'point'}")
                best = questions(
                    filters, towns, templates, count, in_city=in_city, order=Order.BEST
                )
                ours = await _times(ask, asking, backend)
                sort = {
                    "name": name,
                    "from": "city" if in_city else "point",
                    "ours": ours,
                    "ours_best_first": await _times(ask, best, backend),
                    "goal_p99_ms": goal,
                    "met": goal is None or ours["p99_ms"] <= goal,
                }
                if other is not None:
                    sort["postgis"] = await _times(other.ask, asking, await other.backend())
                found.append(sort)
    return found


async def _times(ask: _Ask, asking: Sequence[Query], backend: int) -> dict[str, Any]:
    """Return how long answers took, and how many listings they held.

    Others work on this machine, too. The system counts how long a process was ready and had no
    processor; without that time a figure is what an idle machine would show.
    """
    until = time.monotonic() + _SECONDS
    for query in asking[:_WARM]:
        await ask(query)
        if time.monotonic() > until:
            break
    wall, own, held = [], [], 0
    until = time.monotonic() + _SECONDS
    for query in asking:
        waited, began = _waited(backend), time.perf_counter()
        held += len(await ask(query))
        wall.append((time.perf_counter() - began) * 1000)
        own.append(wall[-1] - (_waited(backend) - waited))
        if time.monotonic() > until:
            break
    return {"asked": len(wall), "found": held, **_cuts(own), "wall": _cuts(wall)}


def _waited(backend: int) -> float:
    """Return the milliseconds that we and a server's process have waited for a processor."""
    files = (f"/proc/{process}/schedstat" for process in ("self", backend))
    return sum(int(Path(file).read_text("ascii").split()[1]) / 1e6 for file in files)


def _cuts(took: Sequence[float]) -> dict[str, float]:
    cut = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else [*took] * 99
    named = {"p50_ms": cut[49], "p95_ms": cut[94], "p99_ms": cut[98], "max_ms": max(took)}
    return {name: round(value, 2) for name, value in named.items()}


def _print(result: dict[str, Any]) -> None:
    print(
        f"{result['listings']} listings, load {result['machine']['load_average']}, p50/p95/p99 ms"
    )
    for sort in result["sorts"]:
        sides = [
            f"{side} {one['p50_ms']:.1f}/{one['p95_ms']:.1f}/{one['p99_ms']:.1f}"
            f" (wall p99 {one['wall']['p99_ms']:.1f}, {one['asked']} asked, {one['found']} found)"
            for side in ("ours", "ours_best_first", "postgis")
            if (one := sort.get(side))
        ]
        print(f"{sort['name']}, {sort['from']}: {'; '.join(sides)}")


if __name__ == "__main__":
    sys.exit(main())
