"""``var/run/faro.json``: how the other commands find a Faro that runs.

``faro up`` writes it when it is ready and removes it when it stops. It may be stale: whoever
reads it asks the door and the database before believing it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from faro.root import RUN

PATH = RUN / "faro.json"


@dataclass(frozen=True)
class Announcement:
    """Where a running Faro can be reached.

    Attributes:
        pid: Process of the supervisor.
        door_port: Where the enclave listens on 127.0.0.1.
        token_file: File that holds the door's secret.
        database_url: Address of the database; may hold a password.
        keys_database_url: Address of the database of keys; may hold a password.
        console_url: Address that browsers call the console by.
    """

    pid: int
    door_port: int
    token_file: str
    database_url: str = field(repr=False)
    keys_database_url: str = field(default="", repr=False)
    console_url: str = ""

    def read_token(self) -> str | None:
        """Return the door's secret, or None when its file cannot be read."""
        try:
            return Path(self.token_file).read_text(encoding="utf-8").strip()
        except OSError:
            return None


def announce(announcement: Announcement, path: Path = PATH) -> None:
    """Write the file in one step, readable by its owner only. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(announcement), file)
    unfinished.replace(path)


def withdraw(path: Path = PATH) -> None:
    """Remove the file; does nothing when there is none."""
    path.unlink(missing_ok=True)


def read_announcement(path: Path = PATH) -> Announcement | None:
    """Return what was announced, or None: nothing, or nothing that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads(path.read_text(encoding="utf-8"))
        return Announcement(
            pid=int(data["pid"]),
            door_port=int(data["door_port"]),
            token_file=str(data["token_file"]),
            database_url=str(data["database_url"]),
            keys_database_url=str(data["keys_database_url"]),
            console_url=str(data.get("console_url", "")),
        )
    return None
