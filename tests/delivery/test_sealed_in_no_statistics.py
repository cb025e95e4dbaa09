"""The server's own statistics keep no copy of what was sealed and is deleted."""

from __future__ import annotations

import psycopg
from simulators.keys_database import made_keys_database

from delivery.database import conninfo
from delivery.keys_table import keys_metadata
from delivery.tables import metadata
from faro.kept import protection

_TARGETS = """
    SELECT c.relname || '.' || a.attname, a.attstattarget FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0
"""


def test_no_sealed_column_is_looked_at_by_analyze(database_url):
    targets = {}
    for url in (database_url, made_keys_database(database_url)):
        with psycopg.connect(conninfo(url)) as connection:
            targets |= dict(connection.execute(_TARGETS).fetchall())
    sealed = [
        f"{table.name}.{column.name}"
        for each in (metadata, keys_metadata)
        for table in each.tables.values()
        for column in table.columns
        if protection(column.comment or "") == "sealed"
    ]
    assert len(sealed) > 8
    assert [column for column in sealed if targets[column] != 0] == []
