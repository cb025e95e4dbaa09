"""What was asked where nothing fitted: codes that can be counted, never words, never who."""

from __future__ import annotations

from dataclasses import dataclass

from directory.gazetteer import Place
from directory.nearness import SURVIVORS

NOTHING, OTHER_KIND, NOT_FOR, FAR, NO_RULE, NO_PACK = (
    "nothing", "other_kind", "not_for", "far", "no_rule", "no_pack",
)  # fmt: skip
# In a smaller place a number could be one person whom everybody knows.
_LARGE = 100_000


@dataclass(frozen=True, order=True)
class Unmet:
    """One need that no entry met.

    Attributes:
        country: ISO 3166-1 alpha-2 of where the person is.
        city: Number of the city (GeoNames), only of a large one; else empty.
        part: ``services`` or ``rights``.
        what: Kind of service, or care.
        why: ``nothing`` is known, only an ``other_kind``, ``not_for`` them, too ``far``,
            ``no_rule`` for their status, or ``no_pack`` of the country.
    """

    country: str
    city: str
    part: str
    what: str
    why: str


def unmet_service(country: str, here: Place | None, kind: str, why: str) -> Unmet:
    """Return a need for a kind of service; of what survivors look for, never in which city."""
    named = here is not None and here.population >= _LARGE and kind not in SURVIVORS
    return Unmet(country, str(here.id) if here and named else "", "services", kind or "any", why)


def unmet_right(country: str, care: str | None, why: str) -> Unmet:
    """Return a question about a right that no fact answers."""
    return Unmet(country, "", "rights", care or "any", why)
