"""``python -m channels``: the gateway, with its watchdog and one worker, on loopback."""

from __future__ import annotations

import os
import sys

import uvicorn

from channels.process import ROOT, run
from channels.settings import Settings
from channels.wiring import open_app
from content.render import build_renderer

_LET_GO = 3  # seconds that open streams get when we stop


def main() -> int:
    """Serve until told to stop; return the exit status."""
    return run(serve)


async def serve(settings: Settings) -> None:
    """Serve one process's share."""
    async with (
        build_renderer(
            settings.database_url, ROOT, require_review=settings.require_review
        ) as renderer,
        open_app(settings, renderer, works=os.environ.get("FARO_WORKER", "here") == "here") as app,
    ):
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=settings.port,
            access_log=False,  # it would hold addresses
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_LET_GO,
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    sys.exit(main())
