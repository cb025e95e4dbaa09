"""A backup and its archived log bring rows back, and nothing opens them once the key is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from simulators.faro import KEYS, running_faro
from simulators.keys_database import keys_database_of
from simulators.rows import change
from simulators.twilio import SMS
from sqlalchemy import select

from delivery.conversation_keys import ConversationKeys
from delivery.database import open_engine
from delivery.memory import Memory
from delivery.migrate import upgrade
from delivery.seal import SealError, read_key_ring
from delivery.tables import inbox
from delivery.turns import opened
from faro.postgres import MAIN, Postgres
from faro.postgres_place import place_in

FIRST, SECOND = "+50371234567", "+50377654321"
_PATIENCE = 20.0  # seconds
pytestmark = pytest.mark.slow


@pytest.fixture
def folder():
    made = Path(tempfile.gettempdir()) / f"faro-backup-{os.getpid()}-{time.monotonic_ns()}"
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def archived(folder):
    """A server as an operator should not run it: every log file is copied away."""
    settings = {
        "archive_mode": "on",
        "archive_command": f"cp %p {folder}/archive/%f",
        "restore_command": f"cp {folder}/archive/%f %p",
        "recovery_target_name": "before",
        "recovery_target_action": "promote",
    }
    kind = replace(MAIN, settings={**MAIN.settings, **settings})
    server = Postgres(place_in(folder), durable=False, kind=kind)
    server.start()
    own_folder(server.place, "archive")
    upgrade(server.url())
    yield server
    server.stop()


def own_folder(place, name):
    made = place.base / name
    made.mkdir(mode=0o700)
    os.chown(made, place.sockets.stat().st_uid, -1)
    return made


def back_up(server):
    """Copy the running server's files."""
    target = own_folder(server.place, "restored")
    subprocess.run(
        [server.place.binaries / "pg_basebackup", "-h", server.place.sockets, "-U", "postgres",
         "-D", target, "-X", "none", "-c", "fast"],
        cwd="/", check=True, capture_output=True, **server.place.identity(),
    )  # fmt: skip
    return target


def archive_everything(server):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("SELECT pg_create_restore_point('before')")
        (wanted,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    until = time.monotonic() + _PATIENCE
    while not (server.place.base / "archive" / wanted).exists():
        assert time.monotonic() < until, "the log was not archived"
        time.sleep(0.1)


def restored(server, files):
    """Stop the server, and start one from the backup that replays the archived log."""
    server.stop()
    (files / "recovery.signal").touch()
    os.chown(files / "recovery.signal", server.place.sockets.stat().st_uid, -1)
    again = Postgres(replace(server.place, data=files), durable=False, kind=server.kind)
    again.start()
    return again


async def open_all(database_url, keys):
    """Return what opens of every row: texts and addresses; None for each that does not."""
    engine = open_engine(database_url)
    memory = Memory(keys)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(inbox).order_by(inbox.c.id))).all()
        found = []
        for row in rows:
            try:
                found.append(opened(row, await keys.ring(row.conversation)).text)
            except SealError:
                found.append(None)
            found.append(await memory.address(connection, row.conversation))
    await engine.dispose()
    return found


@pytest.mark.parametrize("destroyed", [True, False])
async def test_a_restored_backup_with_its_log_opens_only_what_still_has_its_key(
    archived, database_url, destroyed
):
    keys = ConversationKeys(open_engine(keys_database_of(database_url)), read_key_ring(KEYS))
    async with running_faro(archived.url(), works=False, keys_beside=database_url) as faro:
        await write(faro, FIRST, "in the backup")
        files = back_up(archived)
        await write(faro, SECOND, "in the log only")
        archive_everything(archived)
        for name in await keys.names(older_than=0, at_most=9):
            if destroyed:
                await keys.destroy(name)
        await change(archived.url(), "DELETE FROM conversation")
        with psycopg.connect(archived.url()) as connection:
            assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
    again = restored(archived, files)
    try:
        found = await open_all(again.url(), keys)
    finally:
        again.stop()
        await keys.engine.dispose()
    everything = ["in the backup", FIRST, "in the log only", SECOND]
    assert found == ([None] * 4 if destroyed else everything)


async def write(faro, phone, text):
    form = {"MessageSid": f"SM{text}", "From": phone, "To": SMS, "Body": text}
    assert (await faro.twilio_post(form)).status_code == 200
