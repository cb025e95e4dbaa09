"""Processes of our own: started, weighed with their children, and stopped again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped, unused-ignore]  # psutil ships no types

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_STOP_WAIT = 10.0  # seconds for a polite stop


class ProgramError(Exception):
    """A process failed. Says where its last lines stand."""


def tell(line: str) -> None:
    """Write a line of progress to standard error."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(added: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process: little of ours, and ``added``."""
    return {**{name: os.environ[name] for name in _PASSED_ON if name in os.environ}, **added}


class Program:
    """One running process, in a group of its own."""

    def __init__(
        self, command: Sequence[str], *, folder: Path, added: Mapping[str, str], log: Path
    ) -> None:
        """Start it. Its output goes to ``log``."""
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment(added),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raise ProgramError if it has ended."""
        if self._process.poll() is not None:
            raise ProgramError(f"a process ended with {self._process.returncode}; see {self._log}")

    def resident_bytes(self) -> int:
        """Return the resident memory of the process and its children."""
        process = psutil.Process(self._process.pid)
        family = [process, *process.children(recursive=True)]
        return sum(int(member.memory_info().rss) for member in family)

    def wait(self, what: str) -> float:
        """Wait for its end, tell how it goes; return the seconds. Raises ProgramError."""
        started = told = time.monotonic()
        try:
            while self._process.poll() is None:
                time.sleep(0.1)
                if time.monotonic() - told > 20:
                    told = time.monotonic()
                    tell(f"{what}: {told - started:.0f} s so far ... {_last_line(self._log)}")
        finally:
            self.stop()  # also when we are interrupted
        if self._process.returncode:
            raise ProgramError(f"{what} failed; see {self._log}")
        return time.monotonic() - started

    def stop(self) -> None:
        """Stop it and its group."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_WAIT)
                return


def _last_line(log: Path) -> str:
    lines = log.read_bytes()[-2000:].decode(errors="replace").replace("\r", "\n").splitlines()
    return next((line.strip()[:70] for line in reversed(lines) if line.strip()), "")
