"""One PostgreSQL for the whole run, one database a test, and no way out to the internet."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from simulators.browsing import browser, chromium
from simulators.databases import TEMPLATE, database

from delivery.migrate import upgrade as upgrade_delivery
from directory.migrate import upgrade as upgrade_directory
from faro.lock import FileLock
from faro.postgres import NotOwnedError, Postgres
from faro.postgres_place import place_in

__all__ = ["browser", "chromium"]

_SLOTS = 20  # runs of the same checkout at the same time


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this run. What a killed run left is stopped first."""
    server = _own_server()
    try:
        upgrade_directory(server.url(TEMPLATE))
        upgrade_delivery(server.url(TEMPLATE))
        yield server
    finally:
        _remove(server)


@pytest.fixture
def empty_database_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database without tables."""
    with database(postgres, "template0") as url:
        yield url


@pytest.fixture
def database_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database with all our tables, and nothing in them."""
    with database(postgres) as url:
        yield url


def _own_server() -> Postgres:
    """Start the server of the first free slot; stop what killed runs left in the others."""
    ours: Postgres | None = None
    # As root the server's user has to reach the folder, which pytest's own does not allow.
    base = Path(tempfile.gettempdir()) / f"faro-tests-{os.geteuid()}"
    for slot in range(_SLOTS):
        folder = base.with_name(f"{base.name}-{slot}")
        if ours is not None and not folder.exists():
            continue
        server = Postgres(place_in(folder), durable=False)
        try:
            server.start()
        except NotOwnedError:
            continue
        if ours is None:
            ours = server
            _fresh_template(server)
        else:
            _remove(server)
    assert ours is not None, "twenty test runs at the same time"
    return ours


def _remove(server: Postgres) -> None:
    """Stop a server and remove it, unless another run takes its place in between."""
    server.stop()
    lock = FileLock(server.place.lock)
    if lock.take():
        shutil.rmtree(server.place.base, ignore_errors=True)
        lock.release()


def _fresh_template(server: Postgres) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname != 'postgres'"
        ).fetchall()
        for (name,) in left:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
        connection.execute(f"CREATE DATABASE {TEMPLATE}".encode())
