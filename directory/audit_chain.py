"""How rows of the audit hang together: each is bound to the one before.

The hash of a row is the SHA-256 of its canonical JSON (sorted keys, UTF-8) and of the hash before
it, so a row that was changed, removed or slipped in is found by walking the chain (B. Schneier and
J. Kelsey, "Secure Audit Logs to Support Computer Forensics", 1999). What an entry said is bound by
its own hash, so that it can be taken away and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from directory.editing_tables import AuditRow

BEFORE_THE_FIRST = b"\0" * 32
WITHHELD = {"withheld": True}  # stands where what an entry said was taken away
_FIELDS = ("id", "actor", "action", "part", "entry", "reason")


@dataclass(frozen=True)
class Done:
    """One thing that was done; ``before`` and ``after`` are what the entry said."""

    action: str
    part: str | None = None
    entry: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


def chained(
    done: Done, *, number: int, at: datetime, actor: str, previous: bytes
) -> dict[str, Any]:
    """Return the columns of the row that follows the row with the hash ``previous``."""
    row = {
        "id": number,
        "at": at.astimezone(UTC),
        "actor": actor,
        "action": done.action,
        "part": done.part,
        "entry": done.entry,
        "before": _plain(done.before),
        "after": _plain(done.after),
        "before_hash": _digest(done.before),
        "after_hash": _digest(done.after),
        "reason": done.reason,
    }
    return {**row, "previous": previous, "hash": _hash(row, previous)}


def is_as_written(row: AuditRow) -> bool:
    """Return whether a row says what was written, as far as its hashes tell."""
    return row.hash == _hash(_bound(row), row.previous) and _says_what_it_said(row)


def told(row: AuditRow) -> dict[str, Any]:
    """Return a row as JSON can hold it; hashes in hexadecimal digits."""
    return {
        **_bound(row),
        "before": row.before,
        "after": row.after,
        "before_hash": row.before_hash.hex() if row.before_hash else None,
        "after_hash": row.after_hash.hex() if row.after_hash else None,
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
        "at": _moment(row.at),
    }


def _bound(row: AuditRow) -> dict[str, Any]:
    """Return what the hash of a row binds."""
    hashes = {"before_hash": row.before_hash, "after_hash": row.after_hash}
    return {**{field: getattr(row, field) for field in _FIELDS}, "at": row.at, **hashes}


def _says_what_it_said(row: AuditRow) -> bool:
    said = ((row.before, row.before_hash), (row.after, row.after_hash))
    return all(body == WITHHELD or _digest(body) == known for body, known in said)


def _hash(row: Mapping[str, Any], previous: bytes) -> bytes:
    bound = {**{field: row[field] for field in _FIELDS}, "at": _moment(row["at"])}
    for name in ("before_hash", "after_hash"):
        bound[name] = row[name].hex() if row[name] else None
    return hashlib.sha256(previous + _canonical(bound).encode()).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(body: Mapping[str, Any] | None) -> bytes | None:
    return None if body is None else hashlib.sha256(_canonical(_plain(body)).encode()).digest()


def _plain(body: Mapping[str, Any] | None) -> Any:
    """Return a body as it comes back from the table, so that its hash is the same then."""
    return None if body is None else json.loads(_canonical(dict(body)))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
