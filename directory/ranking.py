"""Which of the listings that search found comes first.

What is within a bus ride is equally near. Among equals the better fit comes first, then what takes
people, then the state's own services where the person is entitled to them, then what somebody
verified lately; then what is nearer, to the metre.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from directory.listing import Listing
from directory.nearness import CITY_KM, REACH_KM, nearness, takes_nobody
from directory.search_query import Order, Query

FRESH = timedelta(days=180)
_LATELY = timedelta(days=90)  # until the next check of a listing is due
_BANDS_KM = (CITY_KM, 50.0, REACH_KM)
_FAR = float("inf")
_Key = Callable[[Listing], tuple[Any, ...]]


def ranked(query: Query, today: date) -> _Key:
    """Return the sort key of listings for a question on a day."""
    if query.order is Order.NEAREST:
        return lambda one: (_km(one), _age(one, today), one.id)
    near = nearness(query.kinds, query.audience, placed=query.here is not None)

    def key(found: Listing) -> tuple[Any, ...]:
        tier, from_here, fit, _, km = near(found)
        band = sum(from_here > limit for limit in _BANDS_KM)
        private = query.public_first and not is_public(found)
        age = _age(found, today)
        return tier, band, fit, not takes_people(found, today), private, age, km, found.id

    return key


def is_public(found: Listing) -> bool:
    """Return whether the state runs a place, and it is no police station."""
    return found.body.get("run_by") == "public" and "police" not in found.kinds


def takes_people(found: Listing, today: date) -> bool:
    """Return whether a service takes new people on a day, as far as is known."""
    full = (found.body.get("capacity") or {}).get("code") == "full"
    return not (full or takes_nobody(found, today))


def _age(found: Listing, today: date) -> int:
    """Return how long ago somebody verified a listing, in steps; never is the last."""
    if found.body["verified"] == "never":
        return 3
    since = today - date.fromisoformat(str(found.body["verified"]))
    return 0 if since <= _LATELY else 1 if since <= FRESH else 2


def _km(found: Listing) -> float:
    return _FAR if found.distance is None else found.distance
