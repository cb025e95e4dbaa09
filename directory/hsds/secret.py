"""What may be kept of services of others whose place must not be found: what we keep of our own."""

from __future__ import annotations

from collections.abc import Mapping

from directory.hsds.records import Records, Row
from directory.hsds.terms import said_of
from directory.withheld import SHELTER

# Columns that cannot hold a street. A table that is not here keeps no row of such a service.
_KEPT: Mapping[str, tuple[str, ...]] = {
    "service": ("id", "organization_id", "name", "status", "assured_date", "ordinal"),
    "phone": ("id", "service_id", "number", "extension", "type", "ordinal"),
    "language": ("id", "service_id", "phone_id", "name", "code", "note", "ordinal"),
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


def without_secrets(records: Records) -> Records:
    """Return rows without the places of services that nobody may find."""
    secret = {row["id"] for row in records.get("service", ()) if _is_secret(records, row["id"])}
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
    return bool(said.terms("confidentiality")) or SHELTER in said.terms("kind")


def _gone(records: Records, secret: set[str]) -> set[str]:
    """Return the ids of places of secret services, and of all rows on those places."""
    at = [row for row in records.get("service_at_location", ()) if row.get("service_id") in secret]
    gone = {row["id"] for row in at} | {row["location_id"] for row in at if row.get("location_id")}
    before = -1
    while before != len(gone):  # a number of a contact of a place
        before = len(gone)
        for table, rows in records.items():
            for row in rows:
                on_place = (
                    row.get("location_id") in gone or row.get("service_at_location_id") in gone
                )
                on_contact = row.get("contact_id") in gone
                other = row.get("service_id") in secret and table not in _KEPT
                if (on_place and row.get("service_id") not in secret) or on_contact or other:
                    gone.add(row["id"])
    return gone


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
