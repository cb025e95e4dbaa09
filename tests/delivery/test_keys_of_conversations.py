"""Each conversation has its own key; what loses it is noise, and the person is answered on."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from simulators.faro import KEYS, running_faro, until
from simulators.keys_database import keys_database_of, made_keys_database
from simulators.twilio import SMS

from delivery.conversation_keys import ConversationKeys
from delivery.database import open_engine
from delivery.forgetting import forget_orphans
from delivery.rewrapping import wrap_anew
from delivery.seal import SealError, new_key, read_key_ring

ROW = ("a", "row")


@pytest.fixture
async def keys(database_url):
    made_keys_database(database_url)
    made = ConversationKeys(open_engine(keys_database_of(database_url)), read_key_ring(KEYS))
    yield made
    await made.engine.dispose()


async def write(faro, text, number="1"):
    form = {"MessageSid": text, "From": f"+5037000000{number}", "To": SMS, "Body": text}
    assert (await faro.twilio_post(form)).status_code == 200


async def test_a_key_is_made_once_and_opens_what_it_sealed(keys):
    first, again = await asyncio.gather(keys.made("one"), keys.made("one"))
    sealed = first.seal(b"x", row=ROW)
    assert again.open(sealed, row=ROW) == b"x"
    assert (await keys.ring("one")).open(sealed, row=ROW) == b"x"


async def test_another_conversation_has_another_key(keys):
    sealed = (await keys.made("one")).seal(b"x", row=ROW)
    with pytest.raises(SealError):
        (await keys.made("two")).open(sealed, row=ROW)


async def test_what_was_destroyed_opens_nothing_any_more(keys):
    sealed = (await keys.made("one")).seal(b"x", row=ROW)
    await keys.destroy("one")
    await keys.destroy("one")
    with pytest.raises(SealError):
        await keys.ring("one")
    with pytest.raises(SealError):
        (await keys.made("one")).open(sealed, row=ROW)


async def test_a_key_copied_to_another_conversation_does_not_open(keys, database_url):
    await keys.made("one")
    with psycopg.connect(keys_database_of(database_url)) as connection:
        connection.execute("UPDATE conversation_key SET conversation = 'two'")
    with pytest.raises(SealError):
        await keys.ring("two")


async def test_no_key_stands_in_its_database_as_it_is(keys, database_url):
    ring = await keys.made("one")
    with psycopg.connect(keys_database_of(database_url)) as connection:
        (wrapped,) = connection.execute("SELECT key FROM conversation_key").fetchone()
    with pytest.raises(SealError):
        read_key_ring(new_key("test")).open(wrapped, row=ROW)
    assert len(wrapped) > 32
    assert "KeyRing(1 keys)" in repr(ring)


async def test_after_a_lost_ring_the_next_message_makes_a_new_key(keys):
    await keys.made("one")
    other = ConversationKeys(keys.engine, read_key_ring(new_key("other")))
    with pytest.raises(SealError):
        await other.ring("one")
    sealed = (await other.made("one")).seal(b"x", row=ROW)
    assert (await other.ring("one")).open(sealed, row=ROW) == b"x"


async def test_keys_are_wrapped_anew_with_the_first_of_the_ring(keys):
    sealed = {name: (await keys.made(name)).seal(b"x", row=ROW) for name in ("one", "two")}
    newer = new_key("newer")
    assert await wrap_anew(keys.engine, read_key_ring(f"{newer},{KEYS}")) == 2
    alone = ConversationKeys(keys.engine, read_key_ring(newer))
    for name, value in sealed.items():
        assert (await alone.ring(name)).open(value, row=ROW) == b"x"


async def test_who_lost_the_key_is_answered_all_the_same(database_url):
    async with running_faro(database_url) as faro:
        await write(faro, "hola")
        await until(lambda: any(text.startswith("1: hola") for text in faro.twilio.texts))
        with psycopg.connect(keys_database_of(database_url)) as connection:
            connection.execute("DELETE FROM conversation_key")
        await write(faro, "otra")
        await until(lambda: any(text.startswith("1: otra") for text in faro.twilio.texts))


async def test_one_lost_key_holds_up_nobody_else(database_url):
    async with running_faro(database_url) as faro:
        faro.enclave.up = False
        await write(faro, "hola")
        with psycopg.connect(keys_database_of(database_url)) as connection:
            connection.execute("DELETE FROM conversation_key")
        await write(faro, "buenas", "2")
        faro.enclave.up = True
        await until(lambda: any("buenas" in text for text in faro.twilio.texts), 10)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)


async def test_only_old_keys_without_a_conversation_are_orphans(keys, database_url):
    async with running_faro(database_url, works=False) as faro:
        await write(faro, "hola")
    await keys.made("old")
    with psycopg.connect(keys_database_of(database_url)) as connection:
        connection.execute("UPDATE conversation_key SET made_at = now() - interval '2 hours'")
    await keys.made("new")
    engine = open_engine(database_url)
    assert await forget_orphans(engine, keys) == 1
    assert await forget_orphans(engine, keys) == 0
    await engine.dispose()
    with pytest.raises(SealError):
        await keys.ring("old")
    assert len(await keys.names(older_than=0, at_most=9)) == 2
