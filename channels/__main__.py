"""``python -m channels``: the gateway, with its watchdog and one worker, on loopback."""

from __future__ import annotations

import os
import sys

from channels.process import ROOT, run
from channels.settings import Settings
from channels.wiring import open_app
from content.render import build_renderer
from delivery.processes import serve_on_loopback


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
        await serve_on_loopback(app, settings.port)


if __name__ == "__main__":
    sys.exit(main())
