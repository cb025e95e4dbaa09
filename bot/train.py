"""Trains the model of this checkout, when our code or data changed since the last time."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import tempfile
import time
from pathlib import Path

from bot import process
from bot.progress import tell

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
        tell("model: nothing changed")
        return
    started = time.monotonic()
    tell("model: training")
    try:
        train(process.ROOT, MODEL)
    except TrainingError as error:
        tell(f"model: {error}")
        raise SystemExit(1) from None
    STAMP.write_text(made_of + "\n", "utf-8")
    tell(f"model: ready after {time.monotonic() - started:.0f} s")


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
    from rasa.core.policies.rule_policy import InvalidRule  # noqa: PLC0415
    from rasa.engine.exceptions import GraphComponentException  # noqa: PLC0415

    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent) as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = folder  # nothing of it outlives this training
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # Rasa prints for its own users
                result = rasa.model_training.train(
                    domain=str(root / "domain"),
                    config=str(root / "bot" / "config.yml"),
                    training_files=[str(root / "data" / "rules")],  # bot.importer reads data/nlu
                    output=folder,
                    force_training=True,
                    fixed_model_name="faro",
                )
        except GraphComponentException as error:
            cause = error.__cause__
            ours = isinstance(cause, (InvalidRule, ValueError))  # names rules or lists of ours
            raise TrainingError(str(cause) if ours else type(cause).__name__) from None
        if not result or not result.model:
            raise TrainingError("Rasa made no model; look at domain/, data/rules and data/nlu")
        Path(result.model).replace(model)


if __name__ == "__main__":
    process.fix_hash_seed("bot.train")
    main()
