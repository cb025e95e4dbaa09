"""How a process of the gateway begins, whatever it does afterwards."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path

from channels.settings import Settings, read_settings
from delivery import processes

ROOT = Path(__file__).resolve().parents[1]


def run(work: Callable[[Settings], Coroutine[None, None, None]]) -> int:
    """Do ``work`` with the settings of this process; return the exit status."""
    return processes.run(read_settings, work)
