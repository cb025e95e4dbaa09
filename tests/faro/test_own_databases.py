"""Both database servers of ours start together, are kept running, and end together."""

from __future__ import annotations

import os
import shutil
import signal
import time

import psycopg
import pytest
from simulators.faro import until

from faro.own_databases import EMBEDDED, addresses, own_servers, running_databases

BOTH = ("DATABASE_URL", "KEYS_DATABASE_URL")


@pytest.fixture
def root(tmp_path):
    yield tmp_path
    for server in own_servers(tmp_path).values():
        shutil.rmtree(server.place.base, ignore_errors=True)


def shown(server, setting):
    with psycopg.connect(server.url()) as connection:
        return connection.execute(f"SHOW {setting}".encode()).fetchone()[0]


async def test_they_start_together_and_one_that_dies_is_started_again(root):
    servers = own_servers(root)
    async with running_databases(root, BOTH):
        first, keys = (servers[name] for name in BOTH)
        assert len({first.pid(), keys.pid()} - {None}) == 2
        assert shown(keys, "wal_level") == "minimal"
        assert shown(keys, "archive_mode") == "off"
        assert shown(keys, "max_wal_senders") == "0"
        assert shown(keys, "wal_recycle") == shown(first, "wal_recycle") == "off"
        os.kill(keys.pid(), signal.SIGKILL)
        await until(lambda: keys.pid() is None)
        await until(keys.is_running, 20)
    assert [server.pid() for server in servers.values()] == [None, None]


async def test_the_second_start_takes_no_longer_for_two(root):
    async with running_databases(root, BOTH):
        pass
    began = time.monotonic()
    async with running_databases(root, BOTH):
        assert time.monotonic() - began < 10


async def test_the_server_of_keys_runs_alone_where_the_first_is_another(root):
    ours = addresses(root, {"DATABASE_URL": "postgresql://u@h/d"})
    assert ours[EMBEDDED] == "KEYS_DATABASE_URL"
    assert "DATABASE_URL" not in ours
    async with running_databases(root, ours[EMBEDDED].split()):
        servers = own_servers(root)
        assert servers["DATABASE_URL"].pid() is None
        assert servers["KEYS_DATABASE_URL"].is_running()


def test_with_both_settings_nothing_is_ours(root):
    assert addresses(root, {"DATABASE_URL": "x", "KEYS_DATABASE_URL_FILE": "f"}) == {}
