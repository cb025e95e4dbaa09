"""Trains the model of this checkout, when our code or data changed since the last time."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from bot import process

MODEL = process.VAR / "model" / "faro.tar.gz"
STAMP = MODEL.with_suffix(".hash")


class TrainingError(Exception):
    """Rasa made no model. Says what to look at; never quotes a training message."""


def main(arguments: list[str] | None = None) -> None:
    """Train if anything changed; tell on standard error how it goes."""
    parser = argparse.ArgumentParser(prog="python -m bot.train")
    parser.add_argument("--force", action="store_true", help="train although nothing changed")
    force = parser.parse_args(arguments).force
    process.prepare()
    from bot.content_hash import content_hash  # noqa: PLC0415  # reads Rasa's version

    made_of = content_hash()
    if not force and trained_from() == made_of:
        _tell("model: nothing changed")
        return
    started = time.monotonic()
    _tell("model: training")
    train(process.ROOT, MODEL)
    STAMP.write_text(made_of + "\n", "utf-8")
    _tell(f"model: ready after {time.monotonic() - started:.0f} s")


def trained_from() -> str | None:
    """Return the content hash that the present model was trained from; None without a model."""
    if not (MODEL.exists() and STAMP.exists()):
        return None
    return STAMP.read_text("utf-8").strip()


def train(root: Path, model: Path) -> None:
    """Train on the data under ``root`` and put the model in the place of ``model`` in one step.

    Raises:
        TrainingError: Rasa made no model.
    """
    import rasa.model_training  # noqa: PLC0415  # only a prepared process may import Rasa

    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent) as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = folder  # nothing of it outlives this training
        with contextlib.redirect_stdout(sys.stderr):
            result = rasa.model_training.train(
                domain=str(root / "domain"),
                config=str(root / "bot" / "config.yml"),
                training_files=[str(root / "data" / "nlu"), str(root / "data" / "rules")],
                output=folder,
                force_training=True,
                fixed_model_name="faro",
            )
        if not result or not result.model:
            raise TrainingError("Rasa made no model; look at domain/, data/rules and data/nlu")
        Path(result.model).replace(model)


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    process.fix_hash_seed("bot.train")
    main()
