"""Tables of the country packs: facts, helplines, services.

A row keeps the columns that questions filter by; everything else that its pack says stands
in ``body``, as the pack's JSON Schema describes it. Coordinates are those of a city in the
gazetteer, never of a street.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, DateTime, Float, ForeignKey, Integer, String, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Everything the directory stores."""


class PackRow(Base):
    """One country's pack as it was loaded. ``digest`` is the SHA-256 of its files."""

    __tablename__ = "pack"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class RightsFactRow(Base):
    """One rights fact, in the order of its pack."""

    __tablename__ = "rights_fact"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("pack.country", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class HelplineRow(Base):
    """One line to call, write to or open, in the order of its pack."""

    __tablename__ = "helpline"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("pack.country", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    purposes: Mapped[list[str]] = mapped_column(ARRAY(String))
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ServiceRow(Base):
    """One listing. A protection shelter has no address in ``body`` and no place."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
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
