"""A million listings in our own tables, and our own search asked for the nearest three."""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from programs import tell
from psycopg.types.json import Jsonb
from search_listings import City, listings, packs
from search_questions import NOW
from side import ROOT
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.migrate import upgrade
from directory.search import search
from directory.search_near import COPY_NEAR
from directory.search_query import Query
from directory.search_rows import indexed
from directory.search_table import COPY, lines, lines_near, spots_of
from directory.search_tokens import vector
from faro.postgres import Postgres
from faro.postgres_place import place_in

_MADE_OF = (  # what decides which rows stand in the database
    "bench/search_listings.py",
    "directory/migrations/versions/*.py",
    "directory/search_cells.py",
    "directory/search_near.py",
    "directory/search_rows.py",
    "directory/search_signs.py",
    "directory/search_table.py",
    "directory/search_tokens.py",
)
_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes"
    " WHERE tablename IN ('search_place', 'search_near', 'search_spot') AND indexname LIKE 'ix_%'"
)
_TABLES = ("search_place", "search_near")
_SERVICE = (
    "COPY service (id, country, ordinal, scope, kinds, layers, audience, status, confidence,"
    " protection, body) FROM STDIN"
)


def server() -> Postgres:
    """Return the embedded server, as Faro runs it, in a folder that is kept for the next run."""
    base = Path(tempfile.gettempdir()) / f"faro-bench-search-{os.geteuid()}"
    return Postgres(place_in(base), durable=False)


def fill(running: Postgres, count: int, cities: Sequence[City]) -> str:
    """Return the address of a database that holds so many listings; made if it is not there.

    One that was made with other tables or other listings is dropped.
    """
    name = f"listings_{count}_{_made_with()}"
    url = running.url(name)
    with psycopg.connect(running.url("postgres"), autocommit=True) as connection:
        like = "SELECT datname FROM pg_database WHERE datname ~ %s"
        there = connection.execute(like, [f"^listings_{count}(_|$)"]).fetchall()
        if (name,) in there:
            return url
        for (old,) in there:
            connection.execute(f"DROP DATABASE {old}".encode())
        connection.execute("DROP DATABASE IF EXISTS filling")
        connection.execute("CREATE DATABASE filling")
    began = time.monotonic()
    upgrade(running.url("filling"))
    with psycopg.connect(running.url("filling"), autocommit=True) as connection:
        found = connection.execute(_INDEXES).fetchall()
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_service_fkey".encode())
        for index, _ in found:
            connection.execute(f"DROP INDEX {index}".encode())
        _copy(running.url("filling"), count, cities)
        tell(f"{count} listings copied, {time.monotonic() - began:.0f} s")
        connection.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in found:
            connection.execute(definition.encode())
        for table in _TABLES:
            connection.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_service_fkey"
                " FOREIGN KEY (service) REFERENCES service ON DELETE CASCADE".encode()
            )
        connection.execute("VACUUM ANALYZE")
    with psycopg.connect(running.url("postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE filling RENAME TO {name}".encode())
    tell(f"indexes made, {time.monotonic() - began:.0f} s")
    return url


def _copy(url: str, count: int, cities: Sequence[City]) -> None:
    places = Gazetteer(ROOT / "var" / "places.sqlite")
    places.named = lru_cache(maxsize=None)(places.named)  # type: ignore[method-assign]  # asked a million times
    known = packs()
    templates = [one for pack in known.values() for one in pack.part("services")]
    spots: dict[tuple[float, float], set[str]] = {}
    connect = functools.partial(psycopg.connect, url)
    with connect() as first, connect() as second, connect() as third:
        for country, pack in known.items():
            first.execute(
                "INSERT INTO pack VALUES (%s, '', now(), %s)", [country, Jsonb(pack.part("pack"))]
            )
        with first.cursor() as one, second.cursor() as two, third.cursor() as three:
            with (
                one.copy(_SERVICE) as services,
                two.copy(COPY) as rows,
                three.copy(COPY_NEAR) as near,
            ):
                made = listings(count, cities, templates)
                for number, (entry, city, body) in enumerate(made):
                    services.write_row(_service(entry, city, number, body))
                    row = indexed(entry, city.country, body, places)
                    for line in lines(row):
                        rows.write_row(line)
                    for line in lines_near(row):
                        near.write_row(line)
                    for at, codes in spots_of([row]).items():
                        spots.setdefault(at, set()).update(codes)
                    if number % 100_000 == 0:
                        tell(f"{number} listings")
            with two.copy("COPY search_spot FROM STDIN") as copy:
                for (x, y), codes in spots.items():
                    copy.write_row((x, y, vector(sorted(codes))))
    places.close()


def _made_with() -> str:
    """Return a digest of the files that decide what stands in the database."""
    files = sorted(file for pattern in _MADE_OF for file in ROOT.glob(pattern))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _service(entry: str, city: City, number: int, body: dict[str, Any]) -> tuple[Any, ...]:
    codes = (body["kinds"], body["layers"], body["audience"], body["status"], body["confidence"])
    return (entry, city.country, number, body["scope"], *codes, body["protection"], Jsonb(body))


@asynccontextmanager
async def asked(url: str) -> AsyncIterator[Any]:
    """Give what answers a question as chat does (session, search, listings), and its process."""
    engine = async_engine(url)

    async def ask(query: Query) -> list[str]:
        async with AsyncSession(engine) as session:
            return [found.id for found in await search(session, query, now=NOW)]

    try:
        async with AsyncSession(engine) as session:
            backend = await session.scalar(text("SELECT pg_backend_pid()"))
        yield ask, backend  # one question after another, so always on this connection
    finally:
        await engine.dispose()
