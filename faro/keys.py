"""Secrets of a Faro that was told none: made once, readable by their owner only.

They stand in ``var/secrets`` and reach the processes by file, so that none of them appears
in a list of processes or in another process's environment.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from delivery.seal import new_key

_MAKERS: Mapping[str, Callable[[], str]] = {
    "FARO_DOOR_TOKEN": lambda: secrets.token_urlsafe(32),
    "FARO_SEAL_KEYS": lambda: new_key("k1"),
    "FARO_PSEUDONYM_KEY": lambda: base64.b64encode(os.urandom(32)).decode(),
    "FARO_CONSOLE_KEY": lambda: base64.b64encode(os.urandom(32)).decode(),
}


def keys_in(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the settings ``<NAME>_FILE`` of the secrets, made where they are missing.

    A secret that the environment names already is left to it. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    found: dict[str, str] = {}
    for name, make in _MAKERS.items():
        if not environ.get(name) and not environ.get(f"{name}_FILE"):
            found[f"{name}_FILE"] = str(_kept(folder / name.lower(), make))
    return found


def _kept(file: Path, make: Callable[[], str]) -> Path:
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as writing:
            writing.write(make())
        unfinished.rename(file)
    return file
