"""What is published: facts, helplines, services, cards and wordings. Answers are read from here.

A row keeps the columns that questions filter by; everything else stands in ``body``, as the
JSON Schemas in ``data/packs/schema`` describe it. A row comes from a pack or from an operator
(``origin``); a retired one stays, so that no later load of packs brings it back, and is read by no
answer. Coordinates are those of a city in the gazetteer, never of a street.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, DateTime, Float, ForeignKey, Integer, String, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

PUBLISHED, RETIRED = "published", "retired"  # states
FROM_PACK = "pack"  # origin; the others are in directory.parts


class Base(DeclarativeBase):
    """Everything the directory stores."""


class Publishing:
    """What every published row says of how it came to be."""

    origin: Mapped[str] = mapped_column(
        String(10), server_default=FROM_PACK, comment="pack, console, import or link"
    )
    state: Mapped[str] = mapped_column(
        String(10), server_default=PUBLISHED, comment="published or retired"
    )
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), comment="when it was published"
    )
    revision: Mapped[int | None] = mapped_column(
        BigInteger, comment="the revision it was published from; none: from a pack"
    )


class PackRow(Base):
    """One country's pack as it was loaded. ``digest`` is the SHA-256 of its files."""

    __tablename__ = "pack"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class RightsFactRow(Publishing, Base):
    """One rights fact, in the order of its pack."""

    __tablename__ = "rights_fact"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("pack.country", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class HelplineRow(Publishing, Base):
    """One line to call, write to or open, in the order of its pack."""

    __tablename__ = "helpline"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("pack.country", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    purposes: Mapped[list[str]] = mapped_column(ARRAY(String))
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ServiceRow(Publishing, Base):
    """One listing. A protection shelter has no address in ``body`` and no place."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("pack.country", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    scope: Mapped[str] = mapped_column(String(10))
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String))
    layers: Mapped[list[str]] = mapped_column(ARRAY(String))
    audience: Mapped[list[str]] = mapped_column(ARRAY(String))
    status: Mapped[list[str]] = mapped_column(ARRAY(String))
    confidence: Mapped[str] = mapped_column(String(10))
    protection: Mapped[bool] = mapped_column(Boolean)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    places: Mapped[list[ServicePlaceRow]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


class ServicePlaceRow(Base):
    """A city where a service is. ``place`` is its number in var/places.sqlite (GeoNames)."""

    __tablename__ = "service_place"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    place: Mapped[int | None] = mapped_column(Integer, index=True)
    name: Mapped[str] = mapped_column(String(120))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)


class CardRow(Publishing, Base):
    """A myth, a practice, a noted gap or an organisation: what is no part of a country's pack."""

    __tablename__ = "card"

    part: Mapped[str] = mapped_column(String(20), primary_key=True, comment="see directory.parts")
    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="its id within the part")
    country: Mapped[str | None] = mapped_column(String(2), comment="ISO 3166-1 alpha-2, if of one")
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="what it says")


class WordingRow(Publishing, Base):
    """A message in a language, where it is not as in ``data/messages``."""

    __tablename__ = "wording"

    language: Mapped[str] = mapped_column(String(35), primary_key=True, comment="BCP 47 tag")
    message: Mapped[str] = mapped_column(String(120), primary_key=True, comment="id of the message")
    body: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="text; state; who reviewed it and when; the English text it was made from"
    )
