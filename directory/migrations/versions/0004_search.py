"""What search reads: one row for each place of each listing, and the points they stand at."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, TSVECTOR

from directory.search_models import Point

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_place",
        sa.Column(
            "service",
            sa.String(64),
            sa.ForeignKey("service.id", ondelete="CASCADE"),
            primary_key=True,
            comment="the listing",
        ),
        sa.Column("position", sa.SmallInteger, primary_key=True, comment="which of its places"),
        sa.Column("country", sa.String(2), nullable=False, comment="ISO 3166-1 alpha-2"),
        sa.Column(
            "scope",
            sa.String(10),
            nullable=False,
            comment="city, region, country, remote, unknown",
        ),
        sa.Column("place", sa.Integer, comment="number of the city, GeoNames"),
        sa.Column(
            "point", Point, comment="its own point or that of its city; none for a withheld place"
        ),
        sa.Column("tokens", TSVECTOR, nullable=False, comment="codes, see directory.search_tokens"),
        sa.Column(
            "week",
            INT4MULTIRANGE,
            comment="minutes of a local week in which it is open, see open_now",
        ),
        sa.Column(
            "open_on_holidays",
            sa.Boolean,
            nullable=False,
            comment="whether holidays change that",
        ),
        sa.Column("paused_until", sa.Date, comment="closed before this day"),
        sa.Column("valid_from", sa.Date, comment="not shown before this day"),
        sa.Column("valid_until", sa.Date, comment="not shown after this day"),
        sa.Column("verified", sa.Date, comment="when somebody last verified it"),
    )
    op.create_table(
        "search_spot",
        sa.Column("longitude", sa.Float, primary_key=True, comment="degrees"),
        sa.Column("latitude", sa.Float, primary_key=True, comment="degrees"),
        sa.Column(
            "tokens", TSVECTOR, nullable=False, comment="at least those of the listings there"
        ),
    )
    # Nearest first within what fits: every page of the tree knows which codes are below it. With
    # signatures as short as usual, a code that is nowhere would be looked for everywhere.
    op.execute(
        "CREATE INDEX ix_search_place_near ON search_place"
        " USING gist (point, tokens tsvector_ops(siglen=252))"
        " WHERE point IS NOT NULL"
    )
    op.execute(
        "CREATE INDEX ix_search_spot_near ON search_spot"
        " USING gist (point(longitude, latitude), tokens tsvector_ops(siglen=252))"
    )
    # Rare codes, wherever they are.
    for half, nulls in (("placed", 0), ("unplaced", 1)):
        op.execute(
            f"CREATE INDEX ix_search_place_{half} ON search_place"
            f" USING gin (tokens) WHERE num_nulls(point) = {nulls}"
        )
    op.execute("CREATE INDEX ix_search_place_city ON search_place (place)")
    op.execute(
        "CREATE INDEX ix_search_place_scope"
        " ON search_place (country, scope, (point IS NULL), service) WHERE position = 0"
    )
    # Which way is the shortest is judged by how common codes are, pairs and squares among them.
    op.execute("ALTER TABLE search_place ALTER tokens SET STATISTICS 1000")

    # Listings that were loaded before stand in no index: the next load makes it anew.
    op.execute("UPDATE pack SET digest = ''")


def downgrade() -> None:
    op.drop_table("search_spot")
    op.drop_table("search_place")
