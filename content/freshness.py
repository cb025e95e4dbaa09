"""How old may what we say be. One place for the rule.

Every fact, line and listing has a next check: so many days after somebody last verified it, or
after its source's date while nobody ever did (without a date: at once). What follows from it:

* Never verified: said, with its source's date and "not yet confirmed".
* Verified, next check not over: said with the day.
* Verified, next check over: said with the day and that it may have changed; a line is "not
  confirmed". For danger it is then said only where no better one exists for its purpose, behind
  the emergency number.
* Verified, and then left alone for more than a year: a listing, or a line that is not for
  danger, is hidden. A rule is still said, with its age.
* A country's emergency numbers are never hidden and never aged: only a person retires one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

CHECK_AFTER = {
    "helplines": timedelta(days=30),
    "services": timedelta(days=90),
    "rights": timedelta(days=180),
}
LOST_AFTER = timedelta(days=365)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def next_check(part: str, entry: Mapping[str, Any]) -> date | None:
    """Return the day from which somebody should look at an entry again; None means at once.

    Args:
        part: ``rights``, ``helplines`` or ``services``.
        entry: A fact, line or listing.
    """
    since = last_verified(entry) or source_date(entry)
    return since + CHECK_AFTER[part] if since else None


def is_due(part: str, entry: Mapping[str, Any], today: date) -> bool:
    """Return whether the next check of an entry is over, or there was never a day to count from."""
    check = next_check(part, entry)
    return check is None or check <= today


def is_overdue(part: str, entry: Mapping[str, Any], today: date) -> bool:
    """Return whether an entry was verified once, and its next check is over."""
    return last_verified(entry) is not None and is_due(part, entry, today)


def is_lost(entry: Mapping[str, Any], today: date) -> bool:
    """Return whether an entry was verified once, and then left alone for more than a year."""
    verified = last_verified(entry)
    return verified is not None and verified + LOST_AFTER < today


def last_verified(entry: Mapping[str, Any]) -> date | None:
    """Return the day somebody last verified an entry, or None."""
    return None if entry["verified"] == "never" else date.fromisoformat(str(entry["verified"]))


def source_date(entry: Mapping[str, Any]) -> date | None:
    """Return the day of an entry's source; the first of its month or year; None without a date."""
    match = _DATE.match(str(entry["source"]["published"]))
    if match is None:
        return None
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
