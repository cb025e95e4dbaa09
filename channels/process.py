"""How a process of the gateway begins, whatever it does afterwards."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from channels.settings import Settings, read_settings
from delivery.logs import configure
from delivery.setting_reader import SettingError

ROOT = Path(__file__).resolve().parents[1]


def run(work: Callable[[Settings], Coroutine[None, None, None]]) -> int:
    """Do ``work`` with the settings of this process; return the exit status."""
    configure()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of memory would hold words
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        sys.stderr.write(f"faro: {error}\n")
        return 2
    asyncio.run(work(settings))
    return 0
