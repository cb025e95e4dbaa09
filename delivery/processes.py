"""How each of our processes begins, and how it serves: on loopback, with nothing in its logs."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from collections.abc import Callable, Coroutine, Mapping

import uvicorn
from starlette.types import ASGIApp

from delivery.logs import configure
from delivery.setting_reader import SettingError

_LET_GO = 3  # seconds that open streams and running requests get when we stop


def run[S](
    read: Callable[[Mapping[str, str]], S], work: Callable[[S], Coroutine[None, None, None]]
) -> int:
    """Do ``work`` with the settings that ``read`` finds in the environment; return the status."""
    configure()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of memory would hold words and keys
    try:
        settings = read(os.environ)
    except SettingError as error:
        sys.stderr.write(f"faro: {error}\n")
        return 2
    asyncio.run(work(settings))
    return 0


async def serve_on_loopback(app: ASGIApp, port: int) -> None:
    """Serve an application until told to stop."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        access_log=False,  # it would hold addresses
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_LET_GO,
    )
    await uvicorn.Server(config).serve()
