"""Writes ``docs/what-we-keep.md`` from the tables and from what is declared of them.

The comment of a column says what stands in it. It begins with "sealed" where it is encrypted,
with "keyed hash" or "pseudonym" where it is one, and is plain text otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from console.models import Base as ConsoleBase
from delivery.keys_table import keys_metadata
from delivery.markdown import table
from delivery.registry import REGISTRY, Declared, Kind
from delivery.tables import metadata
from directory import (  # noqa: F401 -- tables
    different,
    editing_tables,
    recording_table,
    search_models,
    verification_tables,
)
from directory.hsds import loose  # noqa: F401 -- its table
from directory.hsds.models import Base as HsdsBase
from directory.models import Base
from faro.root import ROOT

PAGE = ROOT / "docs" / "what-we-keep.md"
Fields = Mapping[str, str]  # what stands in each column of a table

# The queue is a library's, and its tables hold numbers and pseudonyms only.
_QUEUE: Mapping[str, Fields] = {
    "procrastinate_jobs": {
        "id": "number of the job",
        "queue_name": "answer, send or erase",
        "task_name": "the same",
        "priority": "always the same number",
        "lock": "pseudonym of the conversation",
        "queueing_lock": "pseudonym of the conversation, with a word",
        "args": "pseudonym of the conversation, or number of the turn",
        "status": "whether it waits or is being done",
        "scheduled_at": "when it may be done",
        "attempts": "how often it was tried",
        "abort_requested": "whether it is to stop",
        "worker_id": "number of the process that does it",
    },
    "procrastinate_events": {
        "id": "a number",
        "job_id": "number of the job",
        "type": "deferred, started or similar",
        "at": "when",
    },
    "procrastinate_workers": {
        "id": "number of the process",
        "last_heartbeat": "when it was last alive",
    },
    "procrastinate_periodic_defers": {
        "id": "a number",
        "task_name": "nothing: no job is periodic",
        "defer_timestamp": "nothing",
        "job_id": "nothing",
        "periodic_id": "nothing",
    },
    "alembic_version_delivery": {"version_num": "version of the tables"},
}
_NAMES_OPERATORS = frozenset(
    {
        *("revision", "audit", "stewardship", "verification_request", "recording", "comment"),
        "different",
    }
)
_DIRECTORY_VERSION = "alembic_version_directory"

_HEAD = """\
# What we keep

Made by `faro what-we-keep --write` from the tables and from `delivery/registry.py`; change those,
not this. Every field that somebody who seizes the server would find. A test compares it with both
databases.

*Sealed* means AES-256-GCM. What a person said, where replies go and what is remembered is sealed
with the key of its conversation. Those keys stand in a second database, sealed with the key ring
(`FARO_SEAL_KEYS`), which stands in no database. *Keyed hash* and *pseudonym* mean HMAC-SHA256
with another key (`FARO_PSEUDONYM_KEY`). Who can see what: [data map](data-map.md).
"""
_DIRECTORY = """\
## Tables of the directory

{tables}: public facts, nobody's data. A protection shelter's address stands in none of them.
"""
_OPERATORS = """\
## Tables of operators

Who keeps the directory true, and what they did. Nothing of a person who looks for help stands
here. An operator is never deleted, since the audit names them: they are disabled; versions and
audit are kept for good, the rest until it is done with.
"""
_ELSEWHERE = """\
Besides: the enclave has nothing on disk, and in memory single words of recent messages, without
order and without whose they are, until others take their place. `var/model/` holds what was
learnt from messages that were written for learning; nobody's. `var/run/faro.json` holds the
addresses of both databases, their passwords if they have any, while Faro runs. The servers' own
logs hold neither statements nor values.
"""
_FILES = """\
## In the files of the databases

A deleted row leaves its bytes in a database's files for a while. What was sealed there opens only
with the key of its conversation, and that is destroyed first. The table of keys is written anew
within a minute after a key was destroyed, the tables of conversations within an hour after
something was deleted, and log files that are finished go with that; never while a message would
have to wait for it. On the embedded databases this is always so; on your own server it takes a
user who may do it (the owner of the tables, with `pg_checkpoint` and the right to
`pg_switch_wal`).

What a disk, a snapshot or a backup of the first database keeps beyond that, nobody opens: the key
is in none of them. That holds as long as nothing copies the second database: see
[operations](operations.md#backups).
"""


def kept_page() -> str:
    """Return the page."""
    declared = {entry.name: entry for entry in REGISTRY if entry.kind is Kind.TABLE}
    fields = kept_fields()
    second = set(keys_metadata.tables)
    directory = ", ".join(f"`{name}`" for name in directory_tables())
    parts = [
        _HEAD,
        "## Tables of conversations (in no backup)\n",
        *(_table(declared[name], fields[name]) for name in fields if name not in second),
        "## The second database: keys (copied nowhere, ever)\n",
        *(_table(declared[name], fields[name]) for name in fields if name in second),
        _DIRECTORY.format(tables=directory),
        _OPERATORS,
        *(_fields(name, fields) for name, fields in operator_fields().items()),
        "## Elsewhere\n",
        _list(entry for entry in REGISTRY if entry.kind is Kind.STORE),
        _ELSEWHERE,
        "## By channel\n",
        _list(entry for entry in REGISTRY if entry.kind is Kind.CHANNEL),
        _FILES,
    ]
    return "\n".join(parts)


def kept_fields() -> dict[str, Fields]:
    """Return every column of the delivery's tables and of the table of keys, by table."""
    tables = [*metadata.tables.values(), *keys_metadata.tables.values()]
    ours: dict[str, Fields] = {
        each.name: {column.name: column.comment or "" for column in each.columns} for each in tables
    }
    return {**ours, **_QUEUE}


def directory_tables() -> list[str]:
    """Return the names of the tables with public facts."""
    # In SQLAlchemy's order, which does not depend on what was imported first.
    ours = [each.name for each in Base.metadata.sorted_tables if each.name not in operator_fields()]
    return [*ours, *HsdsBase.metadata.tables, _DIRECTORY_VERSION]


def operator_fields() -> dict[str, Fields]:
    """Return every column of the tables that name operators, by table."""
    theirs = [table for table in Base.metadata.sorted_tables if table.name in _NAMES_OPERATORS]
    tables = [*theirs, *ConsoleBase.metadata.sorted_tables]
    return {
        each.name: {column.name: column.comment or "" for column in each.columns} for each in tables
    }


def protection(comment: str) -> str:
    """Return how a column with this comment is protected."""
    if comment.startswith("sealed"):
        return "sealed"
    if comment.startswith(("keyed hash", "pseudonym")):
        return "keyed hash"
    return "plain"


def _table(entry: Declared, fields: Fields) -> str:
    said = f"Kept: {entry.retention}. When a person is forgotten: {entry.erasure}."
    return _fields(entry.name, fields, f"{said}\n\n")


def _fields(name: str, fields: Fields, said: str = "") -> str:
    rows = [
        (f"`{column}`", comment.removeprefix("sealed: "), protection(comment))
        for column, comment in fields.items()
    ]
    return f"### `{name}`\n\n{said}{table(('field', 'what', 'how'), rows)}"


def _list(entries: Iterator[Declared]) -> str:
    rows = ((entry.name, entry.retention, entry.erasure) for entry in entries)
    return table(("where", "kept", "when a person is forgotten"), rows)


def unexplained() -> list[str]:
    """Return the columns of which nothing is said."""
    found: Iterator[tuple[str, Any]] = chain(kept_fields().items(), operator_fields().items())
    return [
        f"{each}.{name}" for each, columns in found for name, said in columns.items() if not said
    ]
