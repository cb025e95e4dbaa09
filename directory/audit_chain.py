"""How rows of the audit hang together: each is bound to the one before.

The hash of a row is the SHA-256 of its canonical JSON (sorted keys, UTF-8) and of the hash before
it, so a row that was changed, removed or slipped in is found by walking the chain (B. Schneier and
J. Kelsey, "Secure Audit Logs to Support Computer Forensics", 1999). What an entry said, and why it
was changed, is bound by its own hash, so that it can be taken away and the chain still holds.
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
WITHHELD_WORDS = "(withheld)"  # and where a reason was
_FIELDS = ("id", "actor", "action", "part", "entry")
_HASHES = ("before_hash", "after_hash", "reason_hash")


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
        "reason_hash": _digest_of_words(done.reason),
    }
    return {**row, "previous": previous, "hash": _hash(row, previous)}


def is_as_written(row: AuditRow) -> bool:
    """Return whether a row says what was written, as far as its hashes tell."""
    return row.hash == _hash(_columns(row), row.previous) and _says_what_it_said(row)


def told(row: AuditRow) -> dict[str, Any]:
    """Return a row as JSON can hold it; hashes in hexadecimal digits."""
    columns = _columns(row)
    return {
        **columns,
        "before": row.before,
        "after": row.after,
        **{name: _hex(columns[name]) for name in _HASHES},
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
        "at": _moment(row.at),
    }


def _columns(row: AuditRow) -> dict[str, Any]:
    """Return of a row what its hash is made of."""
    return {name: getattr(row, name) for name in (*_FIELDS, *_HASHES, "at", "reason")}


def _says_what_it_said(row: AuditRow) -> bool:
    said = ((row.before, row.before_hash), (row.after, row.after_hash))
    words = row.reason_hash in (None, _digest_of_words(row.reason))
    return all(body == WITHHELD or _digest(body) == known for body, known in said) and (
        words or row.reason == WITHHELD_WORDS
    )


def _hash(row: Mapping[str, Any], previous: bytes) -> bytes:
    bound = {**{field: row[field] for field in _FIELDS}, "at": _moment(row["at"])}
    bound |= {name: _hex(row[name]) for name in _HASHES}
    if row["reason_hash"] is None:  # written before a reason had a hash of its own
        del bound["reason_hash"]
        bound["reason"] = row["reason"]
    return hashlib.sha256(previous + _canonical(bound).encode()).digest()


def _hex(value: bytes | None) -> str | None:
    return value.hex() if value else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest_of_words(words: str) -> bytes:
    return hashlib.sha256(words.encode()).digest()


def _digest(body: Mapping[str, Any] | None) -> bytes | None:
    return None if body is None else hashlib.sha256(_canonical(_plain(body)).encode()).digest()


def _plain(body: Mapping[str, Any] | None) -> Any:
    """Return a body as it comes back from the table, so that its hash is the same then."""
    return None if body is None else json.loads(_canonical(dict(body)))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
