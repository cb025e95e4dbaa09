"""What the console's tables hold is what docs/what-we-keep.md says, field by field."""

from __future__ import annotations

import psycopg

from console.migrate import upgrade
from console.models import Base
from delivery.database import conninfo
from faro.kept import operator_fields


def test_every_field_of_the_consoles_tables_stands_in_the_list(database_url: str) -> None:
    upgrade(database_url)
    found: dict[str, set[str]] = {}
    with psycopg.connect(conninfo(database_url)) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
        for table, column in rows:
            found.setdefault(table, set()).add(column)
    for table in Base.metadata.tables:
        assert found[table] == set(operator_fields()[table])


def test_no_password_code_or_token_stands_in_them_plain() -> None:
    fields = {
        f"{table}.{name}": said
        for table, columns in operator_fields().items()
        for name, said in columns.items()
    }
    for field in ("operator.password", "operator.totp", "operator_session.id"):
        assert fields[field].startswith(("sealed", "keyed hash", "Argon2id hash")), field
