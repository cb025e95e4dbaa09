"""Whom to reach, by which number, in which language."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, link


class Contact(Base):
    """Whom to ask."""

    __tablename__ = "contact"

    organization_id: Mapped[str | None] = link(
        "organization", comment="Contact of this organization."
    )
    service_id: Mapped[str | None] = link("service", comment="Contact of this service.")
    service_at_location_id: Mapped[str | None] = link(
        "service_at_location", comment="Contact of the service at this place."
    )
    location_id: Mapped[str | None] = link("location", comment="Contact of this place.")
    name: Mapped[str | None] = mapped_column(comment="Name of the person or desk.")
    title: Mapped[str | None] = mapped_column(comment="Position.")
    department: Mapped[str | None] = mapped_column(comment="Department.")
    email: Mapped[str | None] = mapped_column(comment="Electronic mail of the contact.")


class Phone(Base):
    """A number to call or write to."""

    __tablename__ = "phone"

    location_id: Mapped[str | None] = link("location", comment="Number of this place.")
    service_id: Mapped[str | None] = link("service", comment="Number of this service.")
    organization_id: Mapped[str | None] = link(
        "organization", comment="Number of this organization."
    )
    contact_id: Mapped[str | None] = link("contact", comment="Number of this contact.")
    service_at_location_id: Mapped[str | None] = link(
        "service_at_location", comment="Number of the service at this place."
    )
    number: Mapped[str] = mapped_column(comment="The number as it is written.")
    extension: Mapped[Decimal | None] = mapped_column(comment="Extension.")
    type: Mapped[str | None] = mapped_column(comment="voice, text, fax, whatsapp and others.")
    description: Mapped[str | None] = mapped_column(comment="When or for whom it is.")


class Language(Base):
    """A language that is spoken or interpreted."""

    __tablename__ = "language"

    service_id: Mapped[str | None] = link("service", comment="Languages of this service.")
    location_id: Mapped[str | None] = link("location", comment="Languages of this place.")
    phone_id: Mapped[str | None] = link("phone", comment="Languages of this number.")
    name: Mapped[str | None] = mapped_column(comment="Name of the language.")
    code: Mapped[str | None] = mapped_column(comment="Code of the language.")
    note: Mapped[str | None] = mapped_column(comment="How it is offered.")
