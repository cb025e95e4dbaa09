"""The environment of stock Rasa: made on demand, by this bench alone, and never in a test run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from programs import ProgramError, tell
from side import BUILT, ROOT

_LOCKED = Path(__file__).parent / "stock"  # lock and .python-version
_VENV = BUILT / "stock" / ".venv"
_INSTALLED = _VENV / ".installed"
PYTHON = _VENV / "bin" / "python"


def prepare_environment() -> None:
    """Install stock Rasa, TensorFlow included (2.5 GB on disk), unless it is there."""
    lock = _LOCKED / "requirements.lock"
    if _INSTALLED.exists() and _INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
        return
    uv = _uv()
    tell("stock: installing Rasa and TensorFlow (once; about 700 MB to fetch)")
    # uv runs in the folder, where .python-version stands.
    if not PYTHON.exists():
        subprocess.run([uv, "venv", "--quiet", _VENV], cwd=_LOCKED, check=True)
    command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON)]
    one_at_a_time = {**os.environ, "UV_CONCURRENT_DOWNLOADS": "1"}
    subprocess.run([*command, lock.name], cwd=_LOCKED, env=one_at_a_time, check=True)
    _INSTALLED.touch()


def _uv() -> str:
    """Return the uv that ``make setup`` uses. Raises ProgramError."""
    command = [sys.executable, str(ROOT / "deploy" / "find_uv.py")]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode or not found.stdout.strip():
        raise ProgramError("uv could not be found or fetched; make setup says why")
    return found.stdout.strip()
