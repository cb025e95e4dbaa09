"""``python -m console``: the console, on loopback."""

from __future__ import annotations

import sys

from console.app import build_app
from console.rounds import run_rounds
from console.settings import Settings, read_settings
from console.wiring import open_console
from delivery.beside import beside
from delivery.processes import run, serve_on_loopback


def main() -> int:
    """Serve until told to stop; return the exit status."""
    return run(read_settings, serve)


async def serve(settings: Settings) -> None:
    """Serve the console until told to stop."""
    async with open_console(settings) as console, beside(run_rounds(console)):
        await serve_on_loopback(build_app(console), settings.port)


if __name__ == "__main__":
    sys.exit(main())
