"""The console's migrations make the tables that the models describe, and take them away."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url

from console.migrate import VERSION_TABLE, config, upgrade
from console.models import Base


def _engine(url: str):
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))


def test_the_tables_are_those_of_the_models(empty_database_url):
    upgrade(empty_database_url)
    upgrade(empty_database_url)  # twice is as good as once
    engine = _engine(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "include_name": lambda name, kind, _: kind != "table" or name != VERSION_TABLE,
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_they_can_be_taken_away_again(empty_database_url):
    upgrade(empty_database_url)
    engine = _engine(empty_database_url)
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]
    engine.dispose()


def test_every_column_says_what_it_is_for():
    silent = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not column.comment
    ]
    assert silent == []
