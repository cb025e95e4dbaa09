"""The connection to PostgreSQL that the directory's questions use."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


def async_engine(database_url: str) -> AsyncEngine:
    """Return an engine on psycopg for a ``postgresql://`` address. Connects on first use."""
    url = make_url(database_url).set(drivername="postgresql+psycopg")
    return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
