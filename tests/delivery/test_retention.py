"""What is kept too long is deleted by the sweep, and shown until it is."""

from __future__ import annotations

import psycopg
import pytest
from simulators.faro import KEYS
from simulators.keys_database import keys_database_of, made_keys_database

from delivery.conversation_keys import ConversationKeys
from delivery.database import open_engine
from delivery.forgetting import forget
from delivery.registry import Kind, declared
from delivery.retention import ages, key_age, late
from delivery.seal import read_key_ring
from delivery.timing import Retention

OLD = "now() - interval '3 years'"
PLANTED = """
INSERT INTO conversation (id, channel, address, seen_at) VALUES ('c', 'sms', 'x', OLD);
INSERT INTO conversation (id, channel, address) VALUES ('d', 'sms', 'x');
INSERT INTO inbox (conversation, provider_key, said, accepted_at) VALUES ('d', 'x', 'x', OLD);
INSERT INTO outbox (turn, ordinal, conversation, status, body, created_at)
    VALUES (1, 0, 'd', 'waiting', 'x', OLD);
INSERT INTO outbox (turn, ordinal, conversation, status, body, settled_at)
    VALUES (2, 0, 'd', 'sent', 'x', now() - interval '1 hour');
INSERT INTO seen (provider_key, at) VALUES ('x', OLD);
INSERT INTO resume_code (key, state, made_at) VALUES ('x', 'x', OLD);
INSERT INTO understood VALUES (OLD, 'es', 'greet', 'answered', 1);
INSERT INTO gaps VALUES (OLD, 'SV', 'shelter', 1);
INSERT INTO feedback VALUES (OLD, 'SV', 'services', 'sv-s01', 'closed', 1, 1);
INSERT INTO procrastinate_jobs (queue_name, task_name, lock) VALUES ('answer', 'answer', 'd');
UPDATE procrastinate_events SET at = OLD;
""".replace("OLD", OLD)
AGED = "UPDATE conversation_key SET made_at = OLD".replace("OLD", OLD)


@pytest.fixture
async def both(database_url):
    made_keys_database(database_url)
    engine = open_engine(database_url)
    keys = ConversationKeys(open_engine(keys_database_of(database_url)), read_key_ring(KEYS))
    yield engine, keys
    await engine.dispose()
    await keys.engine.dispose()


async def listed(engine):
    async with engine.connect() as connection:
        return await ages(connection, Retention())


async def test_every_table_is_listed_and_an_empty_one_is_not_overdue(both):
    engine, keys = both
    found = [*await listed(engine), await key_age(engine, keys.engine)]
    assert {age.table for age in found} == declared(Kind.TABLE)
    assert not late(found)


async def test_what_is_too_old_is_shown_and_then_deleted(both, database_url):
    engine, keys = both
    with psycopg.connect(database_url) as connection:
        connection.execute(PLANTED)
    overdue = {(age.table, age.part) for age in await listed(engine) if age.overdue}
    assert overdue == {
        ("conversation", ""), ("inbox", ""), ("outbox", ""), ("outbox", "body"), ("seen", ""),
        ("resume_code", ""), ("understood", ""), ("gaps", ""), ("feedback", ""),
        ("procrastinate_jobs", ""),
    }  # fmt: skip
    await forget(engine, keys, Retention())
    assert not late(await listed(engine))
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT id FROM conversation").fetchall() == [("d",)]
        assert connection.execute("SELECT turn, body FROM outbox").fetchall() == [(2, None)]


async def test_a_key_without_a_conversation_is_shown_once_it_is_old(both, database_url):
    engine, keys = both
    await keys.made("nobody")
    assert not (await key_age(engine, keys.engine)).overdue
    with psycopg.connect(keys_database_of(database_url)) as connection:
        connection.execute(AGED)
    assert (await key_age(engine, keys.engine)).overdue
    await keys.made("somebody")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO conversation (id, channel, address)"
            " VALUES ('nobody', 'sms', 'x'), ('somebody', 'sms', 'x')"
        )
    assert (await key_age(engine, keys.engine)).oldest is None
