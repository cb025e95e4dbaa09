"""Alembic's environment for the console's tables."""

from __future__ import annotations

from alembic import context

from console.migrate import VERSION_TABLE
from console.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_name=lambda name, kind, _: kind != "table" or name in Base.metadata.tables,
)
with context.begin_transaction():
    context.run_migrations()
