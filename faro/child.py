"""A process that the supervisor keeps alive, and that a killed supervisor leaves findable.

The child inherits a locked file. As long as it lives the lock is held, whoever died in the
meantime, so the next start knows for certain whom to stop.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from faro.errors import FaroError
from faro.lock import FileLock
from faro.progress import tell

_STOP_WAIT = 10.0  # seconds for a polite stop, then the hard way
_LOOK = 0.05  # seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.3, 30.0  # seconds before a dead child starts again
_SETTLED = 60.0  # seconds of life after which the pauses begin anew


@dataclass(frozen=True)
class Command:
    """What to run.

    Attributes:
        name: What people are told, e.g. ``"gateway"``.
        arguments: Never a secret: everybody on the machine can read them.
        environment: All of it.
        folder: Where it runs.
    """

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    folder: Path


class Child:
    """Keeps one command running."""

    def __init__(
        self, command: Command, *, run: Path, is_ready: Callable[[], Awaitable[bool]]
    ) -> None:
        self._command = command
        self._file = run / f"{command.name}.lock"
        self._is_ready = is_ready
        self._process: asyncio.subprocess.Process | None = None
        self._started = 0.0

    async def stop_left_over(self) -> None:
        """Stop what a killed supervisor left of this child. Raises FaroError."""
        lock = FileLock(self._file)
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if lock.take():
                break
            tell(f"Stopping the {self._command.name} that an earlier run left ...")
            with suppress(OSError, ValueError):
                os.kill(int(self._file.read_text()), sign)
            until = time.monotonic() + _STOP_WAIT
            while not lock.take() and time.monotonic() < until:  # noqa: ASYNC110 -- the system tells nobody
                await asyncio.sleep(_LOOK)
        if not lock.held:
            raise FaroError(
                f"An earlier {self._command.name} does not stop",
                "End it by hand, then try again",
            )
        lock.release()

    async def start(self) -> None:
        """Start the process; it is not ready yet."""
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._process = await asyncio.create_subprocess_exec(
                *self._command.arguments,
                cwd=self._command.folder,
                env=dict(self._command.environment),
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; we stop it in order
                pass_fds=(descriptor,),
            )
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(self._process.pid).encode(), 0)
        finally:
            os.close(descriptor)  # the child's copy keeps the lock
        self._started = time.monotonic()

    async def wait_until_ready(self, seconds: float) -> None:
        """Return when it answers. Raises FaroError: it died or did not answer in time."""
        until = time.monotonic() + seconds
        while not await self._is_ready():
            if self._process is None or self._process.returncode is not None:
                raise FaroError(
                    f"The {self._command.name} did not start",
                    "Its last lines above say why; mend that, then try again",
                )
            if time.monotonic() > until:
                raise FaroError(
                    f"The {self._command.name} was not ready after {seconds:.0f} seconds",
                    "Wait until the machine is less busy, then try again",
                )
            await asyncio.sleep(_LOOK)

    async def keep(self) -> None:
        """Start it again whenever it dies, until cancelled."""
        pause = _FIRST_PAUSE
        while True:
            if self._process is not None:
                code = await self._process.wait()
                tell(f"The {self._command.name} ended (exit code {code}); starting it again ...")
                lived = time.monotonic() - self._started
                pause = _FIRST_PAUSE if lived > _SETTLED else min(2 * pause, _LONGEST_PAUSE)
            await asyncio.sleep(pause)
            with suppress(OSError):  # out of memory or of processes: the next round tries again
                await self.start()

    async def stop(self) -> None:
        """Stop it; does nothing when it does not run."""
        if self._process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.returncode is not None:
                return
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _STOP_WAIT)
