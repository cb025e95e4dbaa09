"""Puts a new first key on the ring that Faro made itself, and takes off those without use.

What runs meanwhile goes on: every process reads the ring again when its file has changed.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from delivery.rewrapping import COPIES, KEYS, hold_still, wrap_anew
from delivery.seal import new_key, read_key_ring

_FOLLOW = 2.0  # seconds in which everybody has finished what was begun with the old ring
_OURS = re.compile(r"k(\d+)")


@dataclass(frozen=True)
class Rotated:
    """What became of the ring.

    Attributes:
        current: Id of the key that seals now.
        wrapped: How many values were sealed with it anew.
        still: Ids of the other keys that are still needed.
        dropped: Ids of the keys that were taken off the ring, or can be.
    """

    current: str
    wrapped: int
    still: tuple[str, ...]
    dropped: tuple[str, ...]


async def rotate(engine: AsyncEngine, keys_engine: AsyncEngine, file: Path) -> Rotated:
    """Put a new key first on the ring in a file, and drop those that wrap nothing any more.

    Raises:
        OSError: The file cannot be written.
        SealError: It holds no ring.
    """
    _write(file, ",".join([new_key(_next_id(file)), *_parts(file)]))
    await asyncio.sleep(_FOLLOW)

    async def drop(useless: set[str]) -> None:
        _write(file, ",".join(part for part in _parts(file) if _id(part) not in useless))

    return await wrap_with_first(engine, keys_engine, ",".join(_parts(file)), drop)


async def wrap_with_first(
    engine: AsyncEngine,
    keys_engine: AsyncEngine,
    written: str,
    drop: Callable[[set[str]], Awaitable[None]] | None = None,
) -> Rotated:
    """Seal everything with the first key of a written ring, and drop the keys without use."""
    ring = read_key_ring(written.strip())
    changed = await wrap_anew(keys_engine, ring, KEYS) + await wrap_anew(engine, ring, COPIES)
    ids = [_id(part) for part in written.strip().split(",")]
    # Nobody seals anything while we look which keys are needed: it could be with one of them.
    async with engine.begin() as connection, keys_engine.begin() as keys_connection:
        used = await hold_still(connection, COPIES) | await hold_still(keys_connection, KEYS)
        useless = {key for key in ids[1:] if key not in used}
        if drop is not None and useless:
            await drop(useless)
    still = tuple(key for key in ids[1:] if key in used)
    return Rotated(ring.current, changed, still, tuple(sorted(useless)))


def _next_id(file: Path) -> str:
    numbers = [int(found[1]) for part in _parts(file) if (found := _OURS.fullmatch(_id(part)))]
    return f"k{max(numbers, default=0) + 1}"


def _parts(file: Path) -> list[str]:
    return [part.strip() for part in file.read_text(encoding="ascii").strip().split(",")]


def _id(part: str) -> str:
    return part.strip().partition(":")[0]


def _write(file: Path, written: str) -> None:
    read_key_ring(written)  # rather nothing than a ring that opens nothing
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as writing:
        writing.write(written)
        writing.flush()
        os.fsync(writing.fileno())  # what is sealed next opens with nothing else
    unfinished.replace(file)
