"""A new sealing key without a restart, and old keys that go once nothing needs them."""

from __future__ import annotations

import asyncio
import stat

import psycopg
import pytest
from simulators.keys_database import made_keys_database

from delivery.conversation_keys import ConversationKeys
from delivery.database import open_engine
from delivery.ring_file import RingFile
from delivery.seal import SealError, new_key, read_key_ring
from faro import rotating
from faro.rotating import rotate, wrap_with_first

ROW = ("a", "row")


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(rotating, "_FOLLOW", 0.05)
    made = tmp_path / "faro_seal_keys"
    made.write_text(new_key("k1"), encoding="ascii")
    return made


@pytest.fixture
async def engines(database_url):
    made = open_engine(database_url), open_engine(made_keys_database(database_url))
    yield made
    for engine in made:
        await engine.dispose()


async def test_a_running_process_goes_on_with_the_new_ring(engines, file):
    running = ConversationKeys(engines[1], RingFile(file))
    sealed = (await running.made("one")).seal(b"x", row=ROW)
    done = await rotate(*engines, file)
    assert (done.current, done.wrapped, done.dropped, done.still) == ("k2", 1, ("k1",), ())
    assert file.read_text(encoding="ascii").startswith("k2:")
    assert "k1:" not in file.read_text(encoding="ascii")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (await running.ring("one")).open(sealed, row=ROW) == b"x"
    await running.made("two")
    assert (await rotate(*engines, file)).wrapped == 2


async def test_keys_that_are_made_meanwhile_open_afterwards(engines, file):
    running = ConversationKeys(engines[1], RingFile(file))

    async def make(number):
        await asyncio.sleep(number / 500)
        await running.made(f"c{number}")

    await asyncio.gather(rotate(*engines, file), *map(make, range(100)))
    alone = ConversationKeys(engines[1], read_key_ring(file.read_text(encoding="ascii")))
    for number in range(100):
        await alone.ring(f"c{number}")


async def test_a_key_stays_while_something_that_it_sealed_does_not_open(
    engines, file, database_url
):
    await ConversationKeys(engines[1], RingFile(file)).made("one")
    with psycopg.connect(engines[1].url.set(drivername="postgresql").render_as_string(False)) as c:
        c.execute("UPDATE conversation_key SET conversation = 'two'")
    assert (await rotate(*engines, file)).still == ("k1",)
    assert "k1:" in file.read_text(encoding="ascii")


async def test_with_a_ring_of_the_operator_it_only_says_what_can_go(engines):
    old, new = new_key("old"), new_key("new")
    await ConversationKeys(engines[1], read_key_ring(old)).made("one")
    done = await wrap_with_first(*engines, f"{new},{old}\n")
    assert (done.current, done.wrapped, done.dropped) == ("new", 1, ("old",))
    await ConversationKeys(engines[1], read_key_ring(new)).ring("one")


def test_a_damaged_file_leaves_the_ring_as_it_was(file):
    ring = RingFile(file)
    sealed = ring.seal(b"x", row=ROW)
    file.write_text("nonsense", encoding="ascii")
    assert ring.open(sealed, row=ROW) == b"x"
    file.write_text(new_key("other"), encoding="ascii")
    with pytest.raises(SealError):
        ring.open(sealed, row=ROW)
    assert ring.current == "other"
    assert repr(ring) == "RingFile()"
