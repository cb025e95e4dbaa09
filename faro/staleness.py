"""Which facts, lines and listings somebody should look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.freshness import CHECK_AFTER, is_due, last_verified, next_check, source_date
from directory.pack_files import PackFiles


@dataclass(frozen=True)
class Due:
    """One entry whose next check is over.

    Attributes:
        path: The file it stands in.
        line: Where in it.
        entry: Its id.
        part: ``rights``, ``helplines`` or ``services``.
        since: The day from which it was due; None where there is no day to count from.
        seen: When it was verified, or that it never was, with its source's date.
    """

    path: Path
    line: int
    entry: str
    part: str
    since: date | None
    seen: str

    def __str__(self) -> str:
        since = f"due since {self.since}" if self.since else "due at once"
        return f"{self.entry} ({self.part}): {since}; {self.seen}"


def due(packs: Iterable[PackFiles], today: date) -> list[Due]:
    """Return every entry whose next check is over on a day, the longest overdue first."""
    found = [one for pack in packs for part in CHECK_AFTER for one in _of(pack, part, today)]
    return sorted(found, key=lambda one: (one.since or date.min, str(one.path), one.line))


def _of(pack: PackFiles, part: str, today: date) -> Iterator[Due]:
    document = pack.documents[part]
    for position, entry in enumerate(document.data or []):
        retired = entry.get("superseded_by") is not None
        if retired or not is_due(part, entry, today):
            continue
        verified, source = last_verified(entry), source_date(entry)
        never = f"never verified, source of {source}" if source else "never verified, no date"
        yield Due(
            document.path,
            document.line([position]),
            str(entry["id"]),
            part,
            next_check(part, entry),
            f"verified on {verified}" if verified else never,
        )
