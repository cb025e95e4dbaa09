"""The gateway as a process of its own, to be killed. Prints its port when it serves."""

from __future__ import annotations

import asyncio
import os
import socket
import sys

import uvicorn
from simulators.enclave import EchoRenderer
from simulators.faro import settings_for
from simulators.keys_database import made_keys_database

from channels.wiring import open_app
from delivery.logs import configure
from delivery.timing import Timing

# A quarter of what is promised, so that seven kills do not take minutes; one test keeps the promise.
QUICK = Timing(beat=0.3, silence=1.5, lease=1.5, settle=0.6, retry=0.25, patience=4.0)
TIMING = Timing() if os.environ.get("TIMES") == "promised" else QUICK


async def serve() -> None:
    made_keys_database(os.environ["DATABASE_URL"])
    settings = settings_for(
        os.environ["DATABASE_URL"],
        door=os.environ["DOOR"],
        telegram=os.environ["TELEGRAM"],
        twilio=os.environ["TWILIO"],
    )
    async with open_app(settings, EchoRenderer(), TIMING) as app:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 -- uvicorn tells nobody
            await asyncio.sleep(0.01)
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        await serving


configure()
asyncio.run(serve())
