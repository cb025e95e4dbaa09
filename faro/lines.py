"""Standard input, line by line, without ever blocking the loop or the end of the program."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field

_CHUNK = 65_536  # bytes a read


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
    queue: asyncio.Queue[list[bytes] | None] = asyncio.Queue(maxsize=4)
    loop = asyncio.get_running_loop()
    threading.Thread(target=_pump, args=(descriptor, loop, queue), daemon=True).start()
    number = 0
    while (raws := await queue.get()) is not None:
        lines = [Line(number + n, _clean(raw, number + n)) for n, raw in enumerate(raws, 1)]
        number += len(raws)
        yield lines


def _clean(raw: bytes, number: int) -> bytes:
    raw = raw.removesuffix(b"\r")
    return raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw


def _pump(
    descriptor: int, loop: asyncio.AbstractEventLoop, queue: asyncio.Queue[list[bytes] | None]
) -> None:
    def put(item: list[bytes] | None) -> None:
        asyncio.run_coroutine_threadsafe(queue.put(item), loop).result()

    rest = b""
    try:
        while chunk := os.read(descriptor, _CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            if whole:
                put(whole)
        put([rest] if rest else [])
        put(None)
    except (RuntimeError, CancelledError, OSError):
        return  # the program ended first, or nobody writes to us any more
