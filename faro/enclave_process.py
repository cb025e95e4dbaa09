"""The enclave as a process of our own: trained, started, and stopped again."""

from __future__ import annotations

import asyncio
import ctypes
import os
import secrets
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from delivery.enclave import Enclave
from faro.door import Door
from faro.errors import FaroError
from faro.lock import FileLock
from faro.progress import tell
from faro.root import ENCLAVE_PYTHON, ROOT, RUN

_START_WAIT = 120.0  # seconds; five are usual
_STOP_WAIT = 5.0  # seconds for a polite stop, then the hard way
_LOOK = 0.05  # seconds
_LOCK_LOOK = 0.2  # seconds
# What a process needs to run at all. No secret and no address of a database is among it.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")
_PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


async def train() -> None:
    """Train the model unless it is up to date. Progress goes to standard error.

    Raises:
        FaroError: There is no environment to train in, or training failed.
    """
    _require_environment()
    async with _alone():
        process = await asyncio.create_subprocess_exec(
            *(str(ENCLAVE_PYTHON), "-m", "bot.train"),
            cwd=ROOT,
            env=_environment({}),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            start_new_session=True,
            preexec_fn=_die_with_us,  # one system call, nothing shared
        )
        try:
            code = await process.wait()
        finally:
            await _stop(process)
    if code:
        raise FaroError(
            f"Training the model failed (exit code {code})",
            "Its last lines above say why; mend that, then run make train",
        )


class EnclaveProcess:
    """The enclave on a free port of loopback, with a secret that only we know."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self.door = Door(f"http://127.0.0.1:{_free_port()}", secrets.token_urlsafe(32))
        self._process: asyncio.subprocess.Process | None = None
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by stop()

    async def start(self) -> None:
        """Start it; it is not ready yet. Raises FaroError."""
        _require_environment()
        added = {"FARO_DOOR_TOKEN": self.door.token, "FARO_DOOR_PORT": _port(self.door.url)}
        self._process = await asyncio.create_subprocess_exec(
            *(str(ENCLAVE_PYTHON), "-m", "bot.serve"),
            cwd=ROOT,
            env=_environment(added),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us; we stop it in order
            preexec_fn=_die_with_us,  # one system call, nothing shared
        )

    async def wait_until_ready(self) -> None:
        """Return when a model is loaded. Raises FaroError."""
        until = time.monotonic() + _START_WAIT
        enclave = Enclave(self.door.url, token=self.door.token, timeout=2.0)
        try:
            while not await enclave.is_ready():
                if self._process is None or self._process.returncode is not None:
                    raise FaroError(
                        f"The enclave did not start ({self._last_line()})",
                        "Run make train, then try again",
                    )
                if time.monotonic() > until:
                    raise FaroError(
                        f"The enclave was not ready after {_START_WAIT:.0f} seconds",
                        "Wait until the machine is less busy, then try again",
                    )
                await asyncio.sleep(_LOOK)
        finally:
            await enclave.aclose()

    async def stop(self) -> None:
        """Stop it; does nothing when it does not run."""
        if self._process is not None:
            await _stop(self._process)
        self._log.close()

    def _last_line(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else "it said nothing"


async def _stop(process: asyncio.subprocess.Process) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _STOP_WAIT)


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """One training at a time in this checkout."""
    RUN.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(RUN / "train.lock")
    if not lock.take():
        tell("Another command is training the model; waiting for it ...")
    while not lock.take():  # noqa: ASYNC110 -- no event crosses processes
        await asyncio.sleep(_LOCK_LOOK)
    try:
        yield
    finally:
        lock.release()


def _die_with_us() -> None:
    """Ask Linux to end the child when we are killed without a chance to clean up."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # Sorting by hash must not differ between two trainings.
    return {**passed, "PYTHONHASHSEED": "0", **added}


def _require_environment() -> None:
    if not Path(ENCLAVE_PYTHON).exists():
        raise FaroError("The enclave's environment bot/.venv is missing", "Run make setup")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _port(url: str) -> str:
    return url.rpartition(":")[2]
