"""Ids of rows that stand for something of ours: the same for the same thing, on every machine."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID

NAMESPACE = UUID("5f1d7f0e-8f0b-5c2e-9d35-0d3f2b6f1c11")
_PREFIX = NAMESPACE.bytes


def made(*parts: object) -> str:
    """Return the UUID (version 5) of a path such as listing, table, position."""
    # As uuid5 does it, in a third of its time: a listing has some fifty of them.
    text = "/".join(map(str, parts)).encode()
    digest = sha1(_PREFIX + text, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    head, low = f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}", digest[17:20]
    return f"{head}-{variant}{low}-{digest[20:32]}"


def service_id(entry: str) -> str:
    """Return the id that a listing's service has, unless it came in with one of its own."""
    return made("service", entry)


def record_id(entry: str) -> str:
    """Return the id of the attribute that says which listing a service is."""
    return made("record", entry)
