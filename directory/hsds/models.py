"""All tables of HSDS 3.0, in an order in which each refers only to those before it."""

from __future__ import annotations

from directory.hsds.base import Base
from directory.hsds.describing import (
    Attribute,
    Metadata,
    MetaTableDescription,
    Taxonomy,
    TaxonomyTerm,
)
from directory.hsds.locations import Accessibility, Address, Location
from directory.hsds.organisations import Organization, OrganizationIdentifier, Program
from directory.hsds.reaching import Contact, Language, Phone
from directory.hsds.services import (
    CostOption,
    Funding,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from directory.hsds.times import Schedule

TABLES: tuple[type[Base], ...] = (
    Organization,
    OrganizationIdentifier,
    Program,
    Service,
    Location,
    ServiceAtLocation,
    ServiceArea,
    Schedule,
    Address,
    Accessibility,
    Contact,
    Phone,
    Language,
    Funding,
    CostOption,
    RequiredDocument,
    Taxonomy,
    TaxonomyTerm,
    Attribute,
    Metadata,
    MetaTableDescription,
)
BY_NAME: dict[str, type[Base]] = {table.__tablename__: table for table in TABLES}

__all__ = [
    "BY_NAME",
    "TABLES",
    "Accessibility",
    "Address",
    "Attribute",
    "Base",
    "Contact",
    "CostOption",
    "Funding",
    "Language",
    "Location",
    "MetaTableDescription",
    "Metadata",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Taxonomy",
    "TaxonomyTerm",
]
