"""Organizations, their numbers and programs."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, link


class Organization(Base):
    """Somebody who offers services."""

    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(comment="Official name.")
    alternate_name: Mapped[str | None] = mapped_column(comment="Another name it goes by.")
    description: Mapped[str] = mapped_column(comment="What it does; empty where nobody said.")
    email: Mapped[str | None] = mapped_column(comment="Electronic mail of the organization.")
    website: Mapped[str | None] = mapped_column(comment="Its home page.")
    tax_status: Mapped[str | None] = mapped_column(comment="Tax status, as given.")
    tax_id: Mapped[str | None] = mapped_column(comment="Tax number, as given.")
    year_incorporated: Mapped[Decimal | None] = mapped_column(comment="Year of foundation.")
    legal_status: Mapped[str | None] = mapped_column(comment="Legal form, as given.")
    logo: Mapped[str | None] = mapped_column(comment="Address of its logo.")
    uri: Mapped[str | None] = mapped_column(comment="A lasting address that identifies it.")
    parent_organization_id: Mapped[str | None] = mapped_column(
        comment="The organization it is part of; not checked, it may be unknown here."
    )


class OrganizationIdentifier(Base):
    """A number by which others know an organization."""

    __tablename__ = "organization_identifier"

    organization_id: Mapped[str] = link("organization", comment="Whose number it is.")
    identifier_scheme: Mapped[str | None] = mapped_column(
        comment="Code of the scheme, as org-id.guide has it."
    )
    identifier_type: Mapped[str] = mapped_column(comment="What kind of number it is.")
    identifier: Mapped[str] = mapped_column(comment="The number itself.")


class Program(Base):
    """Services of one organization under one heading."""

    __tablename__ = "program"

    organization_id: Mapped[str] = link("organization", comment="Whose program it is.")
    name: Mapped[str] = mapped_column(comment="Name of the program.")
    alternate_name: Mapped[str | None] = mapped_column(comment="Another name of the program.")
    description: Mapped[str] = mapped_column(comment="What the program does.")
