"""Every table, channel and pending state says how it is forgotten and what it does in danger."""

from __future__ import annotations

import ast

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from channels.registry import CHANNELS
from delivery.database import database_url
from delivery.keys_table import upgrade_keys
from delivery.migrate import upgrade
from delivery.pushes import may_push
from delivery.registry import PENDING_STATES, REGISTRY, Kind, declared
from delivery.tables import metadata
from faro.root import ROOT


def test_every_table_of_ours_is_declared():
    assert set(metadata.tables) <= declared(Kind.TABLE)


def test_every_table_that_the_migrations_make_is_declared(empty_database_url):
    for _ in range(2):
        upgrade(empty_database_url)
        upgrade_keys(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert {name for (name,) in found} == declared(Kind.TABLE)


def test_every_channel_is_declared():
    assert set(CHANNELS) == declared(Kind.CHANNEL)


def test_every_pending_state_is_declared():
    assert set(PENDING_STATES) == declared(Kind.PENDING)


def test_the_pending_states_are_those_that_an_action_can_set():
    assert set(PENDING_STATES) == set(_set_by_actions())


def test_what_is_not_built_yet_has_said_how_it_will_behave():
    assert declared(Kind.PLANNED) == {"desk", "referral", "reminder"}
    assert declared(Kind.RULE) == {may_push.__name__}


def test_every_declaration_says_something_in_every_field():
    for entry in REGISTRY:
        assert all((entry.name, entry.retention, entry.erasure, entry.danger)), entry.name
    assert len({(entry.kind, entry.name) for entry in REGISTRY}) == len(REGISTRY)


def test_the_migrations_make_what_the_tables_say(empty_database_url):
    upgrade(empty_database_url)
    engine = create_engine(database_url(empty_database_url))
    with engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def _set_by_actions():
    """Yield what actions write into the slot, and what they can ask for."""
    for file in (ROOT / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if _is_text(key) and key.value == "pending" and _is_text(value):
                        yield value.value
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_QUESTIONS":
                yield from (key.value for key in node.value.keys)


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
