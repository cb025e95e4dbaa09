"""The connection to PostgreSQL, and the two ways its address is written."""

from __future__ import annotations

import psycopg
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_POOL = 10  # connections kept; as many again under load
_CONNECT_WAIT = 5  # seconds


def database_url(written: str) -> URL:
    """Return the address with our driver. Raises ArgumentError: not an address."""
    return make_url(written).set(drivername="postgresql+psycopg")


def conninfo(written: str) -> str:
    """Return the address as libpq reads it."""
    url = database_url(written).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def open_engine(written: str) -> AsyncEngine:
    """Return an engine whose errors never show the values of a statement."""
    return create_async_engine(
        database_url(written),
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=_POOL,
        pool_pre_ping=True,  # the server may have started again since
        connect_args={"connect_timeout": _CONNECT_WAIT},
    )


async def driver_connection(connection: AsyncConnection) -> psycopg.AsyncConnection[object]:
    """Return psycopg's own connection, so that a job is queued in our transaction."""
    raw = (await connection.get_raw_connection()).driver_connection
    if not isinstance(raw, psycopg.AsyncConnection):
        raise TypeError("the engine does not use psycopg")
    return raw
