"""What may be kept of services of others whose place must not be found: what we keep of our own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from directory.hsds.records import Indexed, Records, Row
from directory.hsds.terms import said_of
from directory.withheld import SHELTER

# Columns that cannot hold a street. A table that is not here keeps no row of such a service.
_KEPT: Mapping[str, tuple[str, ...]] = {
    "service": ("id", "organization_id", "name", "status", "assured_date", "ordinal"),
    "phone": ("id", "service_id", "number", "extension", "type", "ordinal"),
    "language": ("id", "service_id", "name", "code", "note", "ordinal"),
    "schedule": (
        *("id", "service_id", "valid_from", "valid_to", "dtstart", "timezone", "until", "count"),
        *("wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday"),
        *("opens_at", "closes_at", "ordinal"),
    ),
    "service_area": ("id", "service_id", "name", "ordinal"),
}
# Terms whose values are words, which may tell a place.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "record": ("note", "owner"),
    "source": ("url",),
    "place": ("city", "as_written", "point"),
}


# A row under one that goes, goes.
_PARENTS = ("location", "service_at_location", "contact", "phone")
SECRET_TERMS = (
    ("confidentiality", "withheld"),
    ("confidentiality", "address_withheld"),
    ("kind", SHELTER),
)


def without_secrets(records: Records, known: Collection[str] = ()) -> Records:
    """Return rows without the places of services that nobody may find.

    Args:
        records: The rows.
        known: Ids of services that are known to be secret, whatever the rows say of them.
    """
    records = Indexed(records)
    services = {row["id"] for row in records.get("service", ())}
    secret = {row for row in services if _is_secret(records, row)} | {*known}
    if not secret:
        return records
    gone = _gone(records, secret)
    kept: Records = {}
    for table, rows in records.items():
        found = [_kept(table, row, secret) for row in rows if row["id"] not in gone]
        kept[table] = [row for row in found if not _tells(records, row, gone, secret)]
    return kept


def _is_secret(records: Records, service: str) -> bool:
    said = said_of(records, service)
    return any(term in said.terms(taxonomy) for taxonomy, term in SECRET_TERMS)


def _gone(records: Records, secret: set[str]) -> set[str]:
    """Return the ids of places of secret services, and of all rows on those places."""
    at = [row for row in records.get("service_at_location", ()) if row.get("service_id") in secret]
    gone = {row["id"] for row in at} | {row["location_id"] for row in at if row.get("location_id")}
    before = -1
    while before != len(gone):  # a number of a contact of a place is two steps away
        before = len(gone)
        for table, rows in records.items():
            gone |= {row["id"] for row in rows if _goes(records, table, row, gone, secret)}
    return gone


def _goes(records: Records, table: str, row: Row, gone: set[str], secret: set[str]) -> bool:
    links = (row.get(f"{parent}_id") for parent in _PARENTS)
    if row.get("service_id") not in secret:
        return any(link in gone for link in links)
    if table == "service_area":
        return "region" not in said_of(records, row["id"]).terms("place")
    return table not in _KEPT


def _kept(table: str, row: Row, secret: set[str]) -> Row:
    of = row["id"] if table == "service" else row.get("service_id")
    if of not in secret:
        return row
    return {column: row[column] for column in _KEPT[table] if column in row}


def _tells(records: Records, row: Row, gone: set[str], secret: set[str]) -> bool:
    """Whether a row tells something of a row that is gone, or words of a secret service."""
    if row.get("resource_id") in gone | secret or row.get("link_id") in gone:
        return True
    if row.get("link_id") not in secret:
        return False
    said = said_of({**records, "attribute": [row]}, str(row["link_id"])).words
    return not said or any(term in _TOLD.get(taxonomy, ()) for taxonomy, term, _ in said)
