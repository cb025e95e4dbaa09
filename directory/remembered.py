"""What questions read again and again and what changes slowly: read once in a while."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncSession


class Remembered[T]:
    """Remembers for each database what was read from it.

    Args:
        read: Reads it. What is empty is not remembered: it may be about to come.
        seconds: For how long.
    """

    def __init__(self, read: Callable[[AsyncSession], Awaitable[T]], *, seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._known: WeakKeyDictionary[Engine, tuple[float, T]] = WeakKeyDictionary()

    async def of(self, session: AsyncSession) -> T:
        """Return what the database of a session says, or lately said."""
        bind = session.get_bind()
        engine = bind if isinstance(bind, Engine) else bind.engine
        known = self._known.get(engine)
        if known is not None and time.monotonic() - known[0] < self._seconds:
            return known[1]
        found = await self._read(session)
        if found:
            self._known[engine] = (time.monotonic(), found)
        return found
