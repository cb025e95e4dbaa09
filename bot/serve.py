"""Serves the model of this checkout on loopback. Settings: FARO_DOOR_TOKEN, FARO_DOOR_PORT.

Either may be given as a file instead, in FARO_DOOR_TOKEN_FILE or FARO_DOOR_PORT_FILE.
"""

from __future__ import annotations

import gc
import os
import resource
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from bot import process
from bot.progress import tell

HOST = "127.0.0.1"  # never another: the door's secret is all that stands before it
_LAST_PORT = 65_535


class SettingError(Exception):
    """A setting is missing or wrong. The message names it and never shows its value."""


@dataclass(frozen=True)
class Settings:
    """How to serve.

    Attributes:
        token: Shared secret of gateway and enclave. Kept out of ``repr``.
        port: On loopback.
    """

    token: str = field(repr=False)
    port: int


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings. Raises SettingError."""
    token, port = (_required(environ, name) for name in ("FARO_DOOR_TOKEN", "FARO_DOOR_PORT"))
    if not (port.isdigit() and 0 < int(port) <= _LAST_PORT):
        raise SettingError("FARO_DOOR_PORT is not a port")
    return Settings(token, int(port))


def _required(environ: Mapping[str, str], name: str) -> str:
    if file := environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text("utf-8").strip()
        except OSError:
            raise SettingError(f"{name}_FILE names a file that cannot be read") from None
    if value := environ.get(name, "").strip():
        return value
    raise SettingError(f"{name} is not set")


def main() -> None:
    """Load the model and serve until stopped; leave with one sentence if that cannot be."""
    try:
        settings = read_settings(os.environ)
        # A dump of memory would hold what people write.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        listening = _listen(settings.port)
    except SettingError as error:
        _leave(str(error))
    except OSError:
        _leave(f"the port of FARO_DOOR_PORT is taken on {HOST}; choose another")
    process.prepare()
    _serve(settings, listening)


def _serve(settings: Settings, listening: socket.socket) -> None:
    from bot import door, train  # noqa: PLC0415  # only a prepared process may import Rasa
    from bot.enclave import Enclave  # noqa: PLC0415

    if not train.MODEL.exists():
        _leave("there is no model; make train makes one")
    try:
        enclave = Enclave(train.MODEL, "actions")
        enclave.parse(["hola", "hello"])  # loads what is loaded when it is first needed
    except Exception as error:  # noqa: BLE001  # whatever it is: serving half a model is worse
        _leave(f"the model cannot be loaded ({_kind(error)}); make train makes a new one")
    app = door.build(enclave, settings.token, train.trained_from() or "")

    @app.after_server_start
    async def ready(_app: object, _loop: object) -> None:
        tell(f"enclave: ready on {HOST}:{settings.port}")

    gc.collect()
    gc.freeze()  # the model stays: the collector need not walk it on every turn
    app.run(sock=listening, access_log=False, debug=False, motd=False)


def _kind(error: BaseException) -> str:
    """Return the innermost error's kind, which is ours when an algorithm raised it."""
    while error.__cause__ is not None:
        error = error.__cause__
    return type(error).__name__


def _listen(port: int) -> socket.socket:
    """Return a socket that listens on loopback. Raises OSError: the port is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    return listening


def _leave(sentence: str) -> NoReturn:
    tell(f"enclave: {sentence}")
    raise SystemExit(1)


if __name__ == "__main__":
    process.fix_hash_seed("bot.serve")
    main()
