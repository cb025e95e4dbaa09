"""Takes what was deleted out of the files of a database, too.

PostgreSQL marks a deleted row and leaves its bytes where they are, in the table and in its log.
After a sweep tables are written anew and finished log files go. None of it ever holds up a
message: a table that somebody uses is left for the next time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

CONVERSATIONS = ("conversation", "inbox", "outbox", "provider_copy", "resume_code")
KEYS = ("conversation_key",)
_LOCK_WAIT = "1000ms"  # for which a message may have to wait behind us
_LONGEST = "5s"  # for which a table may be locked
_DELETED = text(
    "SELECT coalesce(sum(n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables"
    " WHERE relname = ANY(:tables)"
)

log = structlog.get_logger()


class Compacting:
    """Writes the tables of one database anew where something was deleted from them.

    Args:
        engine: Of the database.
        tables: Their names.
        every: Seconds between two times at least.
    """

    def __init__(self, engine: AsyncEngine, tables: Sequence[str], *, every: float) -> None:
        self._engine = engine
        self._tables = tables
        self._every = every
        # When, and how many were deleted until then. A start itself is no reason to write anew.
        self._done = (time.monotonic(), -1)

    async def run_if_due(self) -> bool:
        """Write the tables anew if something was deleted and it is time; return whether it did."""
        now = time.monotonic()
        if now - self._done[0] < self._every:
            return False
        async with self._engine.connect() as connection:
            found = await connection.execute(_DELETED, {"tables": list(self._tables)})
            deleted = int(found.scalar_one())
        if self._done[1] == deleted:
            return False
        if await compact(self._engine, self._tables):
            self._done = (now, deleted)
            return True
        return False


async def compact(engine: AsyncEngine, tables: Sequence[str]) -> bool:
    """Write tables anew and let finished log files go.

    Returns:
        False when a table was in use; the others were written all the same.
    """
    async with engine.connect() as raw:
        connection = await raw.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(f"SET lock_timeout = '{_LOCK_WAIT}'"))
        await connection.execute(text(f"SET statement_timeout = '{_LONGEST}'"))
        try:
            done = [await _tried(connection, f'VACUUM FULL "{table}"') for table in tables]
            await connection.execute(text("SET statement_timeout = 0"))
            # Who runs the database may not let us; then its own checkpoints do it later.
            await _tried(connection, "SELECT pg_switch_wal()")
            await _tried(connection, "CHECKPOINT")
        finally:
            await raw.invalidate()  # its settings are for nobody else
    return all(done)


async def _tried(connection: AsyncConnection, statement: str) -> bool:
    try:
        await connection.execute(text(statement))
    except DBAPIError as error:
        log.info("not compacted", error=type(error).__name__)
        return False
    return True
