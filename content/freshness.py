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
* A country's emergency numbers are never hidden and never aged: only a person retires one. Nor
  is a line for danger ever hidden by its age.

How soon depends on the harm that an old entry does: 30 days for lines and for listings that
somebody in danger or without a place to sleep goes to, 90 for other listings, 180 for rules and
for cards (rumours, practices, noted gaps, organisations), whose day stands in ``checked``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from directory.parts import CARDS

CHECK_AFTER = {
    "helplines": timedelta(days=30),
    "services": timedelta(days=90),
    "rights": timedelta(days=180),
}
URGENT_AFTER = timedelta(days=30)
CARDS_AFTER = timedelta(days=180)
# Somebody in danger or without a place to sleep goes there now.
URGENT_KINDS = frozenset(
    {
        *("protection_shelter", "womens_safe_space", "gbv_support", "child_protection"),
        *("trafficking_support", "victim_support", "lgbtiq_support", "shelter"),
        *("sexual_violence_care", "emergency_care"),
    }
)
LOST_AFTER = timedelta(days=365)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def next_check(part: str, entry: Mapping[str, Any]) -> date | None:
    """Return the day from which somebody should look at an entry again; None means at once.

    Args:
        part: See ``directory.parts``; all but messages.
        entry: A fact, line, listing or card.
    """
    seen = _checked(entry) if part in CARDS else last_verified(entry)
    since = seen or source_date(entry)
    return since + check_after(part, entry) if since else None


def check_after(part: str, entry: Mapping[str, Any]) -> timedelta:
    """Return how long after it was verified somebody should look at an entry again."""
    if part in CARDS:
        return CARDS_AFTER
    return URGENT_AFTER if part == "services" and is_urgent(entry) else CHECK_AFTER[part]


def is_urgent(listing: Mapping[str, Any]) -> bool:
    """Return whether people in danger or without a place to sleep go to a listing."""
    return bool(listing.get("protection")) or not URGENT_KINDS.isdisjoint(
        listing.get("kinds") or ()
    )


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
    told = entry.get("verified") or "never"  # a card has ``checked`` instead
    return None if told == "never" else date.fromisoformat(str(told))


def source_date(entry: Mapping[str, Any]) -> date | None:
    """Return the day of an entry's source; the first of its month or year; None without a date."""
    return _day(str((entry.get("source") or {}).get("published")))


def _checked(card: Mapping[str, Any]) -> date | None:
    return _day(str(card.get("checked")))


def _day(told: str) -> date | None:
    match = _DATE.match(told)
    if match is None:
        return None
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
