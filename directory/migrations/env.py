"""Alembic's environment for the directory's tables: our own, and those of HSDS beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alembic import context

from directory.hsds import loose, models  # noqa: F401 -- their tables
from directory.hsds.base import SCHEMA
from directory.hsds.base import Base as Hsds
from directory.migrate import VERSION_TABLE
from directory.models import Base

TABLES = {*Base.metadata.tables, *Hsds.metadata.tables}


def _is_ours(name: str | None, kind: str, parents: Mapping[Any, str | None]) -> bool:
    if kind == "schema":
        return name in (None, SCHEMA)
    return kind != "table" or parents["schema_qualified_table_name"] in TABLES


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[Base.metadata, Hsds.metadata],
    version_table=VERSION_TABLE,
    include_schemas=True,
    include_name=_is_ours,
)
with context.begin_transaction():
    context.run_migrations()
