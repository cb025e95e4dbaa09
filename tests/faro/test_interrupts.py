"""A command that is stopped cleans up first and leaves with the shell's code."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap

import pytest

from faro.root import ROOT

_PROGRAM = textwrap.dedent(
    """
    import asyncio, sys, typer
    from faro.interrupts import run

    async def command():
        try:
            print("begun", flush=True)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.3)
            print("cleaned", flush=True)
        return 0

    try:
        run(command())
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
    """
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("times", [1, 2])
def test_a_signal_lets_a_command_clean_up_even_when_it_comes_twice(number, times):
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        for _ in range(times):
            process.send_signal(number)
        assert process.stdout.read() == "cleaned\n"
        assert process.wait(10) == 128 + number
