"""The tables that search reads: where published listings are, and what they can be found by.

They hold nothing that a listing does not say, and can be made anew from it at any time.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, SmallInteger, String
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from directory.models import Base


class Point(UserDefinedType[str]):
    """PostgreSQL's own ``point``: longitude, then latitude, as text such as ``(-89.2,13.7)``."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "point"


class SearchPlaceRow(Base):
    """One place of one listing, or the listing itself where it has no place that may be known."""

    __tablename__ = "search_place"

    service: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), primary_key=True, comment="the listing"
    )
    position: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="which of its places"
    )
    country: Mapped[str] = mapped_column(String(2), comment="ISO 3166-1 alpha-2")
    zone: Mapped[str | None] = mapped_column(
        String(40), comment="IANA name of the time zone of its city"
    )
    scope: Mapped[str] = mapped_column(String(10), comment="city, region, country, remote, unknown")
    place: Mapped[int | None] = mapped_column(Integer, comment="number of the city, GeoNames")
    point: Mapped[str | None] = mapped_column(
        Point, comment="its own point or that of its city; none for a withheld place"
    )
    tokens: Mapped[str] = mapped_column(TSVECTOR, comment="codes, see directory.search_tokens")
    week: Mapped[Any | None] = mapped_column(
        INT4MULTIRANGE, comment="minutes of a local week in which it is open, see open_now"
    )
    open_on_holidays: Mapped[bool] = mapped_column(Boolean, comment="whether holidays change that")
    paused_until: Mapped[date | None] = mapped_column(Date, comment="closed before this day")
    valid_from: Mapped[date | None] = mapped_column(Date, comment="not shown before this day")
    valid_until: Mapped[date | None] = mapped_column(Date, comment="not shown after this day")
    verified: Mapped[date | None] = mapped_column(Date, comment="when somebody last verified it")


class SearchNearRow(Base):
    """A kind at a place of a listing, with what it may offer in bits, for an index alone."""

    __tablename__ = "search_near"

    kind: Mapped[str] = mapped_column(
        String(40, collation="C"),
        primary_key=True,
        comment="one of its kinds; empty stands for all of them",
    )
    square: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="see search_cells.square_of"
    )
    service: Mapped[str] = mapped_column(
        ForeignKey("service.id", ondelete="CASCADE"), primary_key=True, comment="the listing"
    )
    position: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="which of its places"
    )
    longitude: Mapped[float] = mapped_column(comment="degrees")
    latitude: Mapped[float] = mapped_column(comment="degrees")
    offers: Mapped[int] = mapped_column(BigInteger, comment="see directory.search_signs")
    for_whom: Mapped[int] = mapped_column(BigInteger, comment="see directory.search_signs")


class SearchSpotRow(Base):
    """A point at which there is or was a place, with all codes of the listings there."""

    __tablename__ = "search_spot"

    longitude: Mapped[float] = mapped_column(primary_key=True, comment="degrees")
    latitude: Mapped[float] = mapped_column(primary_key=True, comment="degrees")
    tokens: Mapped[str] = mapped_column(TSVECTOR, comment="at least those of the listings there")
