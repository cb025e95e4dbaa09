"""A cable between a browser and the gateway, to be pulled and plugged in again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_CHUNK = 65_536


class Cable:
    """Carries bytes both ways; while it is pulled, nothing can connect.

    Attributes:
        deaf: Swallow what the gateway answers, so that a request arrives and its answer does not.
    """

    def __init__(self, port: int) -> None:
        self.deaf = False
        self._port = port
        self._plugged = True
        self._carrying: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    def pull(self) -> None:
        """Break every connection and refuse new ones."""
        self._plugged = False
        for writer in self._writers:
            writer.transport.abort()

    def plug_in(self) -> None:
        """Let connections through again."""
        self._plugged, self.deaf = True, False

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it."""
        if not self._plugged:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        both = {writer, far_writer}
        self._writers |= both
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._carry(reader, far_writer, answers=False))
                group.create_task(self._carry(far_reader, writer, answers=True))
        finally:
            self._writers -= both
            for end in both:
                end.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(_CHUNK):
                if not (answers and self.deaf):
                    writer.write(data)
                    await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def cable_to(url: str) -> AsyncIterator[tuple[Cable, str]]:
    """Give a cable to the gateway at ``url``, and the address of its other end."""
    cable = Cable(int(url.rpartition(":")[2]))
    server = await asyncio.start_server(cable.connect, "127.0.0.1", 0)
    try:
        yield cable, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        cable.pull()
        server.close()
        await server.wait_closed()
