"""Services, and what belongs to one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, ServiceStatus, link


class Service(Base):
    """Something people may come for."""

    __tablename__ = "service"

    organization_id: Mapped[str] = link(
        "organization", on_delete="RESTRICT", comment="Who offers it."
    )
    program_id: Mapped[str | None] = link(
        "program", on_delete="SET NULL", comment="The program it is part of."
    )
    name: Mapped[str] = mapped_column(comment="Name of the service.")
    alternate_name: Mapped[str | None] = mapped_column(comment="Another name of the service.")
    description: Mapped[str | None] = mapped_column(comment="What it offers.")
    url: Mapped[str | None] = mapped_column(comment="Its page.")
    email: Mapped[str | None] = mapped_column(comment="Electronic mail of the service.")
    status: Mapped[str] = mapped_column(
        ServiceStatus, comment="active, inactive, defunct or temporarily closed."
    )
    interpretation_services: Mapped[str | None] = mapped_column(
        comment="Whether there are interpreters, in words."
    )
    application_process: Mapped[str | None] = mapped_column(comment="How to get in, in words.")
    fees_description: Mapped[str | None] = mapped_column(comment="What it costs, in words.")
    wait_time: Mapped[str | None] = mapped_column(comment="How long one waits, in words.")
    fees: Mapped[str | None] = mapped_column(comment="What it costs, as older files had it.")
    accreditations: Mapped[str | None] = mapped_column(comment="Accreditations, as given.")
    eligibility_description: Mapped[str | None] = mapped_column(comment="Who may come, in words.")
    minimum_age: Mapped[Decimal | None] = mapped_column(comment="Youngest age, in years.")
    maximum_age: Mapped[Decimal | None] = mapped_column(comment="Oldest age, in years.")
    assured_date: Mapped[date | None] = mapped_column(comment="Day it was last verified.")
    assurer_email: Mapped[str | None] = mapped_column(comment="Who verified it.")
    licenses: Mapped[str | None] = mapped_column(comment="Licences, as given.")
    alert: Mapped[str | None] = mapped_column(comment="A short notice about now.")
    last_modified: Mapped[datetime | None] = mapped_column(comment="Moment of the last change.")


class ServiceAtLocation(Base):
    """A service where it is offered."""

    __tablename__ = "service_at_location"

    service_id: Mapped[str] = link("service", comment="What is offered.")
    location_id: Mapped[str] = link("location", comment="Where it is offered.")
    description: Mapped[str | None] = mapped_column(comment="What is different here.")


class ServiceArea(Base):
    """The area whose people a service is for."""

    __tablename__ = "service_area"

    service_id: Mapped[str | None] = link("service", comment="The service.")
    name: Mapped[str | None] = mapped_column(comment="Name of the area.")
    description: Mapped[str | None] = mapped_column(comment="The area in words.")
    extent: Mapped[str | None] = mapped_column(comment="Its outline.")
    extent_type: Mapped[str | None] = mapped_column(comment="How the outline is written.")
    uri: Mapped[str | None] = mapped_column(comment="An address that identifies the area.")


class Funding(Base):
    """Where the money comes from."""

    __tablename__ = "funding"

    organization_id: Mapped[str | None] = link("organization", comment="Who gets it.")
    service_id: Mapped[str | None] = link("service", comment="For which service.")
    source: Mapped[str | None] = mapped_column(comment="Who pays, in words.")


class CostOption(Base):
    """A price and for whom it is."""

    __tablename__ = "cost_option"

    service_id: Mapped[str] = link("service", comment="Price of this service.")
    valid_from: Mapped[date | None] = mapped_column(comment="First day of the price.")
    valid_to: Mapped[date | None] = mapped_column(comment="Last day of the price.")
    option: Mapped[str | None] = mapped_column(comment="For whom or when.")
    currency: Mapped[str | None] = mapped_column(comment="ISO 4217.")
    amount: Mapped[Decimal | None] = mapped_column(comment="How much.")
    amount_description: Mapped[str | None] = mapped_column(comment="What it is for.")


class RequiredDocument(Base):
    """A paper that is asked for."""

    __tablename__ = "required_document"

    service_id: Mapped[str | None] = link("service", comment="The service that asks.")
    document: Mapped[str | None] = mapped_column(comment="Which paper.")
    uri: Mapped[str | None] = mapped_column(comment="A page about it.")
