"""``python -m channels.worker``: takes jobs on another machine, and serves nothing."""

from __future__ import annotations

import asyncio
import signal
import sys

from channels.process import ROOT, run
from channels.settings import Settings
from channels.wiring import open_parts
from content.render import build_renderer
from delivery.timing import Timing


def main() -> int:
    """Work until told to stop; return the exit status."""
    return run(work)


async def work(settings: Settings) -> None:
    """Do one process's share of the jobs."""
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with (
        build_renderer(
            settings.database_url, ROOT, require_review=settings.require_review
        ) as renderer,
        open_parts(settings, renderer, Timing()) as (gateway, _),
        gateway.working(),
    ):
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
