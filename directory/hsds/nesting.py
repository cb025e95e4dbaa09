"""Which objects of HSDS stand within which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from directory.hsds.models import BY_NAME
from directory.hsds.records import LINKED

type Parts = Mapping[str, tuple[str, str]]  # name to table and link column

_ABOUT = {"attributes": ("attribute", "link_id"), "metadata": ("metadata", "resource_id")}
_ONLY_CHANGES = {"metadata": ("metadata", "resource_id")}


def _of(table: str, **names: str) -> dict[str, tuple[str, str]]:
    return {name: (other, f"{table}_id") for name, other in names.items()}


# Lists within an object; their rows refer to it.
MANY: Mapping[str, Parts] = {
    "organization": {
        **_of("organization", funding="funding", contacts="contact", phones="phone"),
        **_of("organization", locations="location", programs="program"),
        **_of("organization", organization_identifiers="organization_identifier"),
        **_ABOUT,
    },
    "service": {
        **_of("service", phones="phone", schedules="schedule", service_areas="service_area"),
        **_of("service", service_at_locations="service_at_location", languages="language"),
        **_of("service", funding="funding", cost_options="cost_option"),
        **_of("service", required_documents="required_document", contacts="contact"),
        **_ABOUT,
    },
    "service_at_location": {
        **_of("service_at_location", contacts="contact", phones="phone", schedules="schedule"),
        **_ABOUT,
    },
    "location": {
        **_of("location", languages="language", addresses="address", contacts="contact"),
        **_of("location", accessibility="accessibility", phones="phone", schedules="schedule"),
        **_ABOUT,
    },
    "contact": {**_of("contact", phones="phone"), **_ABOUT},
    "phone": {**_of("phone", languages="language"), **_ABOUT},
    **dict.fromkeys(
        (
            *("accessibility", "address", "cost_option", "funding", "language", "program"),
            *("meta_table_description", "organization_identifier", "required_document"),
            *("schedule", "service_area"),
        ),
        _ABOUT,
    ),
    **dict.fromkeys(("attribute", "taxonomy", "taxonomy_term"), _ONLY_CHANGES),
}
# One object within another, which refers to it.
ONE: Mapping[str, Parts] = {
    "service": {
        "organization": ("organization", "organization_id"),
        "program": ("program", "program_id"),
    },
    "service_at_location": {"location": ("location", "location_id")},
    "attribute": {"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", "taxonomy_id")},
}


@cache
def links_of(table: str) -> tuple[str, ...]:
    """Return the columns that nesting says: those that refer to another row."""
    columns = BY_NAME[table].__table__.columns
    links = [column.name for column in columns if column.foreign_keys]
    return (*links, LINKED[table]) if table in LINKED else tuple(links)
