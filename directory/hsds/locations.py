"""Places, their addresses and access."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, PlaceType, link


class Location(Base):
    """A place, on the ground, for post or in a network."""

    __tablename__ = "location"

    location_type: Mapped[str] = mapped_column(PlaceType, comment="physical, postal or virtual.")
    url: Mapped[str | None] = mapped_column(comment="A page about the place.")
    organization_id: Mapped[str | None] = link(
        "organization", on_delete="SET NULL", comment="Whose place it is."
    )
    name: Mapped[str | None] = mapped_column(comment="Name of the place.")
    alternate_name: Mapped[str | None] = mapped_column(comment="Another name of the place.")
    description: Mapped[str | None] = mapped_column(comment="The place in words.")
    transportation: Mapped[str | None] = mapped_column(comment="How to get there.")
    latitude: Mapped[Decimal | None] = mapped_column(comment="Degrees north, WGS 84.")
    longitude: Mapped[Decimal | None] = mapped_column(comment="Degrees east, WGS 84.")
    external_identifier: Mapped[str | None] = mapped_column(
        comment="What another register calls it."
    )
    external_identifier_type: Mapped[str | None] = mapped_column(comment="Which register that is.")


class Address(Base):
    """A street or postal address of a place."""

    __tablename__ = "address"

    location_id: Mapped[str | None] = link("location", comment="The place.")
    attention: Mapped[str | None] = mapped_column(comment="Whose attention to ask for.")
    address_1: Mapped[str] = mapped_column(comment="Street and number, or all of it in one line.")
    address_2: Mapped[str | None] = mapped_column(comment="A second line.")
    city: Mapped[str] = mapped_column(comment="Town.")
    region: Mapped[str | None] = mapped_column(comment="Region.")
    state_province: Mapped[str] = mapped_column(comment="State or province.")
    postal_code: Mapped[str] = mapped_column(comment="Postal code; empty where it is not known.")
    country: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-2.")
    address_type: Mapped[str] = mapped_column(PlaceType, comment="physical, postal or virtual.")


class Accessibility(Base):
    """What makes a place accessible."""

    __tablename__ = "accessibility"

    location_id: Mapped[str | None] = link("location", comment="The place.")
    description: Mapped[str | None] = mapped_column(comment="What there is.")
    details: Mapped[str | None] = mapped_column(comment="More about it.")
    url: Mapped[str | None] = mapped_column(comment="A page about it.")
