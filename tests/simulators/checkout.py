"""A copy of this checkout, so that a real Faro can run, die and be edited beside any other.

Everything that Faro keeps (`var/`, the embedded database, locks, secrets) hangs on the folder
that its code stands in. The environments are used where they are.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from faro.own_databases import own_servers
from faro.postgres import Postgres
from faro.postgres_place import Place, place_of
from faro.root import ENCLAVE_PYTHON, ROOT

_CODE = (
    "actions", "bot", "channels", "console", "content", "data", "delivery", "directory", "domain",
    "faro", "wire",
)  # fmt: skip
_NOT_CODE = shutil.ignore_patterns(".venv", "__pycache__", ".mypy_cache", ".ruff_cache")
_MADE = ("places.sqlite", "model")  # made anew only where the copied code asks for it
FIRST_START = 240.0  # seconds; it may have to train
READY = re.compile(r"Faro is ready after ([\d.]+) s")


@dataclass
class Checkout:
    """A copy of the code and data in a folder of its own."""

    root: Path
    runs: list[Run] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where its database stands."""
        return place_of(self.root)

    def postmaster(self) -> int | None:
        """Return the process of its database, or None."""
        return Postgres(self.place).pid()

    def databases(self) -> set[int | None]:
        """Return the processes of both its databases."""
        return {server.pid() for server in own_servers(self.root).values()}

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a faro command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "faro", *arguments], cwd=self.root, env=environment(),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=FIRST_START,
        )  # fmt: skip

    def up(self, settings: Mapping[str, str], *, patience: float = FIRST_START) -> Run:
        """Start ``faro up`` and return when it says that it is ready."""
        run = Run(self, settings)
        self.runs.append(run)
        run.wait_until_ready(patience)
        return run


class Run:
    """One ``faro up``, with all that it prints in a file."""

    def __init__(self, checkout: Checkout, settings: Mapping[str, str]) -> None:
        self.checkout = checkout
        self.settings = settings
        self.log = checkout.root / f"up-{len(checkout.runs)}.log"
        self._writing: IO[bytes] = self.log.open("wb")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "faro", "up"], cwd=checkout.root, env=environment(settings),
            stdin=subprocess.DEVNULL, stdout=self._writing, stderr=self._writing, start_new_session=True,
        )  # fmt: skip

    @property
    def url(self) -> str:
        """The address of its web chat, without a slash at its end."""
        return f"http://127.0.0.1:{self.settings['FARO_PORT']}"

    @property
    def said(self) -> str:
        """Everything printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_ready(self, patience: float) -> None:
        """Return when it is ready; fail when it ends or takes too long."""
        until = time.monotonic() + patience
        while not READY.search(self.said):
            assert self.process.poll() is None, f"it ended:\n{self.said}"
            assert time.monotonic() < until, f"not ready after {patience:.0f} s:\n{self.said}"
            time.sleep(0.05)

    def processes(self) -> list[int]:
        """Return the supervisor and everything below it, the supervisor first."""
        found, parents = [self.process.pid], _parents()
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def kill(self) -> None:
        """Kill -9 everything but the databases: the supervisor first, so that it mends nothing."""
        databases = self.checkout.databases()
        for pid in self.processes():
            if pid not in databases and _parents().get(pid) not in databases:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        self._writing.close()

    def stop(self) -> int:
        """Stop it as Ctrl-C does; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self._writing.close()
        return code


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a command is told: nothing of ours but where programs stand."""
    return {
        "PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "FARO_CONSOLE_PORT": free_port(),
        **(settings or {}),
    }  # fmt: skip


def free_port() -> str:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def copied_checkout(folder: Path) -> Iterator[Checkout]:
    """Give a copy below ``folder``; everything that runs in it is stopped at the end."""
    made = Checkout(folder / "checkout")
    for name in _CODE:
        shutil.copytree(ROOT / name, made.root / name, ignore=_NOT_CODE)
    (made.root / "bot" / ".venv").symlink_to(ENCLAVE_PYTHON.parents[1])
    (made.root / "var").mkdir()
    for name in _MADE:
        source, copy = ROOT / "var" / name, made.root / "var" / name
        if source.is_dir():
            shutil.copytree(source, copy)
        elif source.exists():
            shutil.copy2(source, copy)
    try:
        yield made
    finally:
        _clean(made)


def _clean(made: Checkout) -> None:
    for run in made.runs:
        if run.process.poll() is None:
            run.stop()
    for server in own_servers(made.root).values():
        if server.pid() is not None:
            server.start()  # takes over what a killed run left
            server.stop()
        shutil.rmtree(server.place.base, ignore_errors=True)
        if not server.place.sockets.is_relative_to(server.place.base):
            shutil.rmtree(server.place.sockets, ignore_errors=True)


def _parents() -> dict[int, int]:
    """Return every process of this machine with its parent."""
    found: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            found[int(status.parent.name)] = int(fields.split()[1])
    return found
