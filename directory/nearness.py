"""In which order services are told: what is near and for everybody first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from directory.listing import Listing
from directory.open_now import is_paused

CITY_KM = 15.0  # cities this near are one place to somebody who takes a bus
REACH_KM = 150.0  # what is further is not "the nearest"; a day's journey there and back
# How far a service without a point is taken to be; of unknown place after all within reach.
_ASSUMED_KM = {"country": 80.0, "remote": 90.0, "region": 100.0, "city": 300.0, "unknown": 400.0}
# A service for some people only stands behind one for everybody that is this much further.
_BEHIND_KM = 50.0
_LAST = 1000.0  # where nobody said where they are: behind all that are for everybody
SURVIVORS = frozenset(
    {"gbv_support", "sexual_violence_care", "protection_shelter", "trafficking_support"}
)
# Kinds that are for some people by what they are: nobody is put behind there.
_FOR_SOME = SURVIVORS | {
    *("womens_safe_space", "lgbtiq_support", "child_protection", "child_health", "childcare"),
    *("school", "non_formal_education", "maternity_care", "sexual_reproductive_health"),
    "family_support",
}


def only_for(body: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the audiences of a service that is not for everybody; empty for one that is."""
    audience = body["audience"]
    return () if "any" in audience or {"women", "men"} <= set(audience) else audience


def for_survivors(found: Listing) -> bool:
    """Return whether a service is there for survivors of violence and for nobody else."""
    closed = found.protection or bool(only_for(found.body))
    return closed and found.kinds[0] in SURVIVORS


def can_be_asked(found: Listing) -> bool:
    """Return whether there is any way to ask a service from afar."""
    return any(found.body.get(way) for way in ("phones", "whatsapp", "email", "url"))


def is_far(found: Listing) -> bool:
    """Return whether a service is known to be out of reach of the place asked for."""
    return found.away is not None and found.away > REACH_KM


def takes_nobody(found: Listing, today: date | None) -> bool:
    """Return whether a service takes nobody new, or is closed for now."""
    paused = today is not None and is_paused(found.body, today)
    return bool(found.body["not_taking"]) or paused


def nearness(
    kinds: Sequence[str], audience: str | None, *, placed: bool, today: date | None = None
) -> Callable[[Listing], tuple[int, float, int, bool, float]]:
    """Return the sort key of listings for a question.

    Args:
        kinds: What was asked for, best fit first.
        audience: Whom it was asked for, where that was said.
        placed: Whether it is known where the person is.
        today: The day of the question, for what is closed until another.
    """
    equal = audience not in (None, "any") or bool(_FOR_SOME & set(kinds[:1]))
    behind = 0.0 if equal else _BEHIND_KM if placed else _LAST

    def key(found: Listing) -> tuple[int, float, int, bool, float]:
        km = found.away if found.away is not None else _ASSUMED_KM[found.scope]
        unplaced = found.away is None and found.scope in ("city", "unknown")
        tier = 2 if is_far(found) else 1 if placed and unplaced else 0
        some = bool(only_for(found.body)) or found.kinds[0] in SURVIVORS
        from_here = (0.0 if km <= CITY_KM else km) + (behind if some else 0.0)
        return (tier, from_here, found.fit, takes_nobody(found, today), km)

    return key
