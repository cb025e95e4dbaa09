"""Measures our enclave against stock Rasa Open Source 3.6.21, side by side on this machine.

Two bots: a small one (7 intents, a dozen messages each) and the real one. Both sides have the same
dialogue: our domain, rules and actions. Stock Rasa has its default pipeline and policies, its REST
channel and an action server over HTTP. `bench/README.md` says how to read the result.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import machine
from compare import Plan, compare
from connection import RequestError
from goals import judge
from ours import Ours
from programs import ProgramError, tell
from side import BUILT, ROOT, Side
from stock_rasa import Stock
from table import lines

RESULT = ROOT / "bench" / "results" / "engine.json"
SIZES = ("small", "real")
_EPOCHS = {"small": 100, "real": 10}  # 100 would take two hours on two cores and answer no faster
_QUICK = Plan(rounds=1, seconds=3.0, starts=1, long_turns=500, long_seconds=10.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, keep the result; return 1 when a goal is not met."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    plan = _QUICK if options.quick else Plan(rounds=options.rounds)
    result: dict[str, Any] = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "plan": vars(plan),
        "comparisons": {},
    }
    for size in options.size or SIZES:
        tell(f"{size}: begin")
        try:
            figures = compare(size, _sides(size, options), plan)
        except (ProgramError, RequestError, TimeoutError) as error:
            print(f"bench: {error}", file=sys.stderr)
            return 2
        if {"ours", "stock"} <= figures.keys():
            figures["goals"] = judge(size, figures)
        result["comparisons"][size] = figures
    result["machine"]["load_average_at_the_end"] = machine.describe()["load_average"]
    _keep(_rounded(result), whole=not (options.quick or options.only or options.size))
    print("\n".join(lines(result)))
    judged = [g for f in result["comparisons"].values() for g in f.get("goals", {}).values()]
    return 0 if all(goal["met"] for goal in judged) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/engine.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short rounds, 500 turns; not kept")
    parser.add_argument("--only", choices=("ours", "stock"), help="measure one side; not kept")
    parser.add_argument("--size", choices=SIZES, action="append", help="one bot; not kept")
    parser.add_argument("--rounds", type=int, default=Plan().rounds, help="rounds a side")
    parser.add_argument("--epochs", type=int, help="of stock Rasa's training; default 100 and 10")
    parser.add_argument("--retrain", action="store_true", help="train stock Rasa anew")
    return parser


def _stop(_number: int, _frame: object) -> None:
    """Leave in order, so that no process of a side is left behind."""
    raise SystemExit(2)


def _sides(size: str, options: argparse.Namespace) -> list[Side]:
    epochs = options.epochs or _EPOCHS[size]
    ours = Ours(size)
    stock = Stock(size, epochs=epochs, retrain=options.retrain)
    return [side for side in (ours, stock) if options.only in (None, side.name)]


def _keep(result: dict[str, Any], *, whole: bool) -> None:
    file = RESULT if whole else BUILT / "engine-part.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    tell(f"written to {file.relative_to(ROOT)}")


def _rounded(value: Any) -> Any:
    """Return ``value`` with three digits after the point: more would be noise."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
