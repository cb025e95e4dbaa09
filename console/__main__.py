"""``python -m console``: the console, on loopback."""

from __future__ import annotations

import asyncio
import os
import resource
import sys

import uvicorn

from console.app import build_app
from console.rounds import run_rounds
from console.settings import Settings, read_settings
from console.wiring import open_console
from delivery.beside import beside
from delivery.logs import configure
from delivery.setting_reader import SettingError

_LET_GO = 3  # seconds that running requests get when we stop


def main() -> int:
    """Serve until told to stop; return the exit status."""
    configure()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of memory would hold secrets
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        sys.stderr.write(f"faro: {error}\n")
        return 2
    asyncio.run(serve(settings))
    return 0


async def serve(settings: Settings) -> None:
    """Serve the console until told to stop."""
    async with open_console(settings) as console:
        config = uvicorn.Config(
            build_app(console),
            host="127.0.0.1",
            port=settings.port,
            access_log=False,  # it would hold addresses
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_LET_GO,
        )
        async with beside(run_rounds(console)):
            await uvicorn.Server(config).serve()


if __name__ == "__main__":
    sys.exit(main())
