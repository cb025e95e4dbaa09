"""Standard input, line by line, without ever blocking the loop or the end of the program."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

_CHUNK = 65_536  # bytes a read
_MOST_WAITING = 4  # chunks read and not yet taken


@dataclass(frozen=True)
class Line:
    """One line without its end. ``number`` counts from 1."""

    number: int
    raw: bytes = field(repr=False)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.raw.strip()


async def read_lines(descriptor: int = 0) -> AsyncIterator[list[Line]]:
    """Yield the lines as they come, as many at a time as are there.

    A thread of its own reads with ``os.read``: a regular file cannot be polled, and a
    buffered reader that is blocked in a thread cannot be left when the program ends.
    """
    queue: asyncio.Queue[list[bytes] | None] = asyncio.Queue()
    room = threading.Semaphore(_MOST_WAITING)
    loop = asyncio.get_running_loop()

    def put(item: list[bytes] | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, item)

    threading.Thread(target=_pump, args=(descriptor, put, room), daemon=True).start()
    number = 0
    while (raws := await queue.get()) is not None:
        room.release()
        lines = [Line(number + n, _clean(raw, number + n)) for n, raw in enumerate(raws, 1)]
        number += len(raws)
        yield lines


def _clean(raw: bytes, number: int) -> bytes:
    raw = raw.removesuffix(b"\r")
    return raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw


def _pump(
    descriptor: int, put: Callable[[list[bytes] | None], object], room: threading.Semaphore
) -> None:
    rest = b""
    try:
        while chunk := os.read(descriptor, _CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            if whole:
                room.acquire()  # whoever reads faster than is answered waits here
                put(whole)
        put([rest] if rest else [])
        put(None)
    except (RuntimeError, OSError):
        return  # the program ended first, or nobody writes to us any more
