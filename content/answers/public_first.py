"""Whose door comes first among places that fit equally near: the state's or that of others.

Somebody who is entitled to care goes to the public service first; it is there for them, and
what others give stays for those who have nothing else. Somebody without papers who is not
entitled finds those first who treat them anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import groupby

from content.rights_choice import Fact, Fallback, Question, choose
from content.scene import Scene
from directory.listing import Listing
from directory.nearness import CITY_KM, REACH_KM, SURVIVORS, is_far, only_for, takes_nobody
from directory.queries import rights_of

# Kind of service to the care of the rights facts that it gives.
CARES: Mapping[str, str] = {
    "emergency_care": "emergency",
    "primary_care": "primary",
    "hospital": "hospital",
    "maternity_care": "maternity",
    "child_health": "child_health",
    "vaccination": "infectious_disease",
    "hiv_tb": "infectious_disease",
    "pharmacy": "medicines",
    "sexual_violence_care": "sexual_violence_care",
    **dict.fromkeys(("counselling", "psychotherapy", "psychiatry"), "mental_health"),
}
# No care, and a task of the state for everybody. What protects people from others or from the
# state itself (shelters, lawyers, help for survivors) is left in the order of nearness.
STATE_TASKS = frozenset(
    {
        *("school", "non_formal_education", "childcare", "language_class", "skills_training"),
        *("jobs", "diploma_recognition", "documents", "health_insurance_office", "housing_advice"),
        *("social_work", "orientation", "cash", "transport", "digital_skills", "internet_access"),
    }
)
_ENTITLED = ("full", "partial")
_SHUT_OUT = ("none", "emergency_only")
_NEAR_KM = (CITY_KM, 50.0, REACH_KM)
_Band = tuple[int | str, int, bool, bool, bool]


class First(Enum):
    """Which places come first among equals."""

    PUBLIC = "public"
    OTHERS = "others"


def who_is_first(
    kind: str | None,
    status: str | None,
    facts: Sequence[Fact],
    today: date,
    fallbacks: Mapping[str, Sequence[Fallback]],
) -> First | None:
    """Return who comes first for a kind and a status, or None: the order stays as it is.

    Args:
        kind: What was asked for in the first place.
        status: Of the vocabulary; None when nobody said it.
        facts: The rights facts of the country.
        today: The day of the question.
        fallbacks: Status to the statuses that may answer for it.
    """
    if kind in STATE_TASKS:
        return None if status == "undocumented" else First.PUBLIC
    care = CARES.get(kind or "")
    if care is None or status in (None, "prefer_not_to_say"):
        return None
    main = choose(facts, Question(str(status), care, today, fallbacks)).main
    if main is not None and main["entitlement"] in _ENTITLED:
        return First.PUBLIC
    shut_out = main is not None and main["entitlement"] in _SHUT_OUT
    return First.OTHERS if shut_out and status == "undocumented" else None


def arranged(
    found: Sequence[Listing], first: First | None, today: date | None = None
) -> list[Listing]:
    """Return listings, nearest first, with those who come first ahead of others as near."""
    if first is None:
        return list(found)
    return [
        one
        for _, equals in groupby(found, key=lambda one: _band(one, today))
        for one in sorted(equals, key=lambda one: is_public(one) != (first is First.PUBLIC))
    ]


def is_public(found: Listing) -> bool:
    """Return whether the state runs a place, and it is no police station."""
    return found.body.get("run_by") == "public" and "police" not in found.kinds


async def public_first(
    scene: Scene, country: str, kinds: Sequence[str], status: str | None, found: Sequence[Listing]
) -> list[Listing]:
    """Return what was found, in the order that the rules of the country give."""
    kind = kinds[0] if kinds else None
    facts = await rights_of(scene.session, country) if kind in CARES and status else []
    first = who_is_first(kind, status, facts, scene.now.date(), scene.tables.fallbacks)
    return arranged(found, first, scene.now.date())


def _band(found: Listing, today: date | None) -> _Band:
    """Return what two places have in common that are equally near and fit equally well."""
    km = found.away
    near = found.scope if km is None else sum(km > limit for limit in _NEAR_KM)
    some = bool(only_for(found.body)) or found.kinds[0] in SURVIVORS
    return near, found.fit, takes_nobody(found, today), some, is_far(found)
