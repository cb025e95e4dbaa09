"""The tables of HSDS are those of its own description, and go up and down."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url

from directory.hsds.base import SCHEMA
from directory.hsds.loose import LooseLink
from directory.hsds.models import BY_NAME, TABLES, Base
from directory.migrate import config, upgrade

SPECS = os.environ.get("FARO_SPECS")
SCHEMAS = Path(SPECS or "") / "hsds-3.0" / "schema"
needs_specs = pytest.mark.skipif(
    SPECS is None, reason="FARO_SPECS names no folder with HSDS: tables not compared"
)


@contextmanager
def connected(url):
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def described():
    found = {}
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if "name" in schema:
            found[schema["name"]] = schema
    return found


def columns(schema):
    return {
        name
        for name, field in schema["properties"].items()
        if field.get("type") not in (None, "array", "object")
    }


@pytest.mark.specs
@needs_specs
def test_every_table_of_the_description_is_there_with_its_columns_and_one_of_ours():
    schemas = described()
    assert set(BY_NAME) == set(schemas)
    for name, schema in schemas.items():
        ours = {column.name for column in BY_NAME[name].__table__.columns}
        assert ours == columns(schema) | {"ordinal"}, name


@pytest.mark.specs
@needs_specs
def test_what_the_description_requires_cannot_be_empty():
    for name, schema in described().items():
        required = {*schema["required"], *schema.get("tabular_required", ())}
        filled = {c.name for c in BY_NAME[name].__table__.columns if not c.nullable}
        assert filled - {"ordinal"} == required, name


def test_every_link_has_an_index_and_every_column_a_comment():
    for table in TABLES:
        for column in table.__table__.columns:
            assert column.comment, column
            if column.foreign_keys:
                assert column.index, column


def test_a_table_refers_only_to_those_before_it():
    seen = set()
    for table in TABLES:
        targets = {key.column.table.name for c in table.__table__.columns for key in c.foreign_keys}
        assert targets <= seen
        seen.add(table.__tablename__)


def test_the_migration_makes_what_the_models_say(database_url):
    with connected(database_url) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == SCHEMA,
                "compare_type": True,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_tables_go_up_and_down_and_up_again(empty_database_url):
    upgrade(empty_database_url)
    with connected(empty_database_url) as connection:
        command.downgrade(config(connection), "0002")
    with connected(empty_database_url) as connection:
        assert SCHEMA not in inspect(connection).get_schema_names()
    upgrade(empty_database_url)
    with connected(empty_database_url) as connection:
        tables = set(inspect(connection).get_table_names(SCHEMA))
        assert tables == {*BY_NAME, LooseLink.__tablename__}
