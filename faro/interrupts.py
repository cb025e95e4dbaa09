"""Runs a command so that Ctrl-C, a closed terminal and a polite kill all clean up first."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

import typer

_POLITE = (signal.SIGTERM, signal.SIGHUP)
_STOPPED_BY = 128  # added to the number of the signal: the shell's exit code


def run(command: Coroutine[Any, Any, int]) -> None:
    """Run a command to its end and leave with the exit code it returns.

    Raises:
        Exit: Always, with the command's code or that of the signal that ended it.
    """
    stopped_by: list[int] = []

    async def guarded() -> int:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 -- narrows: we are inside one

        def stop(number: int) -> None:
            if not stopped_by:  # a second signal must not break the cleaning up
                task.cancel()
            stopped_by.append(number)

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, *_POLITE):
            loop.add_signal_handler(number, stop, number)
        return await command

    try:
        code = asyncio.run(guarded())
    except asyncio.CancelledError:
        if not stopped_by:
            raise
        code = _STOPPED_BY + stopped_by[0]
    raise typer.Exit(code)
