"""What must hold in a process before Rasa is imported: in serving, in training and in tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot import quiet, stand_ins

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",  # Rasa's cache sees neither our algorithms nor our lists
    "LOG_LEVEL": "ERROR",  # also keeps Rasa from drawing progress bars
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "OMP_NUM_THREADS": "1",  # sums in a fixed order: two trainings give equal numbers
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
}


def prepare() -> None:
    """Set this process up: no telemetry, no words in logs, stand-ins in place."""
    os.environ.update(_ENVIRONMENT)
    quiet.configure()
    stand_ins.register()
    import rasa.telemetry  # noqa: PLC0415  # only now may Rasa be imported

    rasa.telemetry.is_telemetry_enabled = lambda: False


def fix_hash_seed(module: str) -> None:
    """Start ``module`` again with a fixed hash seed, unless this process has one.

    Sets are walked in an order that depends on it, so that two trainings would differ.
    """
    if os.environ.get("PYTHONHASHSEED") != "0":
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, command, environment)  # noqa: S606  # our own module, no shell
