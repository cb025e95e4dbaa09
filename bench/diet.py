"""Measures our classifier against stock DIET: both learn es and en, both see what was held back.

Stock Rasa trains its default pipeline (Rasa's own suggestion, ``bench/stock/config.yml``) for 100
epochs on our training messages; that takes more than half an hour on two cores, so this is run by
hand and never in a test. Its answer "nlu_fallback" is left out of its ranking. Writes
``bench/results/diet.json``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import machine
import yaml
from bots import LANGUAGES, messages, write
from programs import Program, ProgramError, tell
from side import BUILT, ROOT
from stock_environment import PYTHON, prepare_environment
from stock_project import STOCK

from bot.held_back import Labelled, read_labelled

RESULT = ROOT / "bench" / "results" / "diet.json"
OURS = ROOT / "bot" / ".venv" / "bin" / "python"
_FOLDER = BUILT / "diet"
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
AHEAD, FASTER_MESSAGE, FASTER_TRAINING = 10.0, 10.0, 20.0  # points, times, times
Said = list[dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train both, let both classify, keep the figures; return 1 when a goal is not met."""
    parser = argparse.ArgumentParser(prog="bench/diet.py", description=__doc__)
    parser.add_argument("--epochs", type=int, default=100, help="of DIET; fewer are not kept")
    parser.add_argument("--keep-model", action="store_true", help="use the last stock model")
    options = parser.parse_args(arguments)
    labelled = read_labelled(ROOT / "data" / "held-back", LANGUAGES)
    texts = _FOLDER / "texts.json"
    texts.parent.mkdir(parents=True, exist_ok=True)
    texts.write_text(json.dumps([one.text for one in labelled]), "utf-8")
    try:
        stock = _stock(texts, labelled, options.epochs, keep=options.keep_model)
        ours = _ours(texts, labelled)
    except ProgramError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "languages": list(LANGUAGES),
        "trained_on": _learnt(),
        "held_back": len(labelled),
        "ours": ours,
        "stock": stock,
        "goals": _goals(ours, stock),
    }
    kept = RESULT if options.epochs >= 100 else BUILT / "diet-part.json"
    kept.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps({name: result[name] for name in ("ours", "stock", "goals")}, indent=2))
    return 0 if all(goal["met"] for goal in result["goals"].values()) else 1


def _stock(texts: Path, labelled: Sequence[Labelled], epochs: int, *, keep: bool) -> dict[str, Any]:
    prepare_environment()
    timing = _FOLDER / "models" / "training.json"
    if not (keep and timing.exists()):
        _write_project(epochs)
        tell(f"stock: training DIET, {epochs} epochs")
        options = ["--nlu", "nlu", "--fixed-model-name", "diet"]
        train = [str(PYTHON), "-m", "rasa", "train", "nlu", *options]
        seconds = _run(train, "stock: training DIET")
        timing.write_text(json.dumps({"seconds": seconds, "epochs": epochs}), "utf-8")
    told = json.loads(timing.read_text("utf-8"))
    said = _classified([str(PYTHON), str(STOCK / "classify.py"), "models/diet.tar.gz"], texts)
    return {**told, **_figures(said, labelled)}


def _ours(texts: Path, labelled: Sequence[Labelled]) -> dict[str, Any]:
    tell("ours: training and classifying")
    said = _classified([str(OURS), str(STOCK.parent / "classify_ours.py"), "nlu"], texts)
    return {"seconds": said.pop(0)["training"], **_figures(said, labelled)}


def _classified(command: list[str], texts: Path) -> Said:
    result = _FOLDER / "said.json"
    result.unlink(missing_ok=True)
    _run([*command, str(texts), str(result)], "classifying")
    said: Said = json.loads(result.read_text("utf-8"))
    return said


def _run(command: list[str], what: str) -> float:
    added = {**_QUIET, "PYTHONPATH": str(ROOT)}
    return Program(command, folder=_FOLDER, added=added, log=_FOLDER / "log").wait(what)


def _write_project(epochs: int) -> None:
    config = yaml.safe_load((STOCK / "config.yml").read_text("utf-8"))
    for part in config["pipeline"]:
        if "epochs" in part:
            part["epochs"] = epochs
    write(_FOLDER / "config.yml", config)
    for name, data in messages("real"):
        plain = [{"intent": e["intent"], "examples": e["examples"]} for e in data["nlu"]]
        write(_FOLDER / "nlu" / name, {"version": "3.1", "nlu": plain})


def _figures(said: Said, labelled: Sequence[Labelled]) -> dict[str, Any]:
    """Return how often the first intent, or one of the first three, is right; and the speed."""
    ranked = [[n for n, _ in one["ranking"] if n != "nlu_fallback"] for one in said]
    pairs = list(zip(ranked, labelled, strict=True))
    seconds = [one["seconds"] for one in said]
    return {
        "first": _percent([bool(set(r[:1]) & {*one.intents}) for r, one in pairs]),
        "within_three": _percent([bool(set(r[:3]) & {*one.intents}) for r, one in pairs]),
        "first_by_language": {
            tag: _percent([bool(set(r[:1]) & {*o.intents}) for r, o in pairs if o.language == tag])
            for tag in LANGUAGES
        },
        "median_ms": round(1000 * statistics.median(seconds), 3),
    }


def _learnt() -> int:
    """Return how many messages stand in the folder that both were trained on."""
    files = (yaml.safe_load(file.read_text("utf-8")) for file in (_FOLDER / "nlu").glob("*.yml"))
    return sum(len(e["examples"].splitlines()) for data in files for e in data["nlu"])


def _percent(right: Sequence[bool]) -> float:
    return round(100 * sum(right) / len(right), 1)


def _goals(ours: dict[str, Any], stock: dict[str, Any]) -> dict[str, Any]:
    ratios = {
        "points_ahead": (ours["first"] - stock["first"], AHEAD),
        "times_faster_a_message": (stock["median_ms"] / ours["median_ms"], FASTER_MESSAGE),
        "times_faster_to_train": (stock["seconds"] / ours["seconds"], FASTER_TRAINING),
    }
    return {
        name: {"figure": round(figure, 1), "at_least": goal, "met": figure >= goal}
        for name, (figure, goal) in ratios.items()
    }


if __name__ == "__main__":
    sys.exit(main())
