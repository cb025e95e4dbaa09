"""Where listings of a kind are and what they may offer, for an index alone; their time zones."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from directory.search_near import COPY_NEAR, near_lines

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_A_TIME = 5_000
_PLACED = """
SELECT service, position, point[0] AS longitude, point[1] AS latitude,
    tsvector_to_array(tokens) AS tokens
FROM search_place WHERE point IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "search_near",
        sa.Column(
            "kind",
            sa.String(40, collation="C"),
            nullable=False,
            comment="one of its kinds; empty stands for all of them",
        ),
        sa.Column("square", sa.Integer, nullable=False, comment="see search_cells.square_of"),
        sa.Column(
            "service",
            sa.String(64),
            sa.ForeignKey("service.id", ondelete="CASCADE"),
            nullable=False,
            comment="the listing",
        ),
        sa.Column("position", sa.SmallInteger, nullable=False, comment="which of its places"),
        sa.Column("longitude", sa.Float, nullable=False, comment="degrees"),
        sa.Column("latitude", sa.Float, nullable=False, comment="degrees"),
        sa.Column("offers", sa.BigInteger, nullable=False, comment="see directory.search_signs"),
        sa.Column("for_whom", sa.BigInteger, nullable=False, comment="see directory.search_signs"),
    )
    _fill(op.get_bind())
    # All that a first look needs, so that the table itself is not read.
    op.execute(
        "ALTER TABLE search_near ADD PRIMARY KEY (kind, square, service, position)"
        " INCLUDE (longitude, latitude, offers, for_whom)"
    )
    op.execute("CREATE INDEX ix_search_near_service ON search_near (service)")

    op.add_column(
        "search_place",
        sa.Column("zone", sa.String(40), comment="IANA name of the time zone of its city"),
    )
    # Whether a place is open is known better once its zone is: the next load looks it up.
    op.execute("UPDATE pack SET digest = ''")


def _fill(bind: sa.Connection) -> None:
    """Copy what the table of places says."""
    driver: Any = bind.connection.driver_connection
    with driver.cursor("placed") as placed, driver.cursor() as cursor:
        placed.execute(_PLACED)
        while rows := placed.fetchmany(_AT_A_TIME):
            with cursor.copy(COPY_NEAR) as copy:
                for service, position, longitude, latitude, tokens in rows:
                    for line in near_lines(service, position, (longitude, latitude), tokens):
                        copy.write_row(line)


def downgrade() -> None:
    op.drop_column("search_place", "zone")
    op.drop_table("search_near")
