"""Ids of rows that stand for something of ours: the same for the same thing, on every machine."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("5f1d7f0e-8f0b-5c2e-9d35-0d3f2b6f1c11")


def made(*parts: object) -> str:
    """Return the UUID (version 5) of a path such as listing, table, position."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def service_id(entry: str) -> str:
    """Return the id that a listing's service has, unless it came in with one of its own."""
    return made("service", entry)


def record_id(entry: str) -> str:
    """Return the id of the attribute that says which listing a service is."""
    return made("record", entry)
