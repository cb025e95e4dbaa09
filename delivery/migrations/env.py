"""Runs the migrations of the delivery on the address that ``delivery.migrate`` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from delivery.migrate import VERSION_TABLE
from delivery.tables import metadata

engine = create_engine(context.config.attributes["url"], hide_parameters=True)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
