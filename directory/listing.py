"""A service as it was published, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Listing:
    """One service, as an answer to a question.

    Attributes:
        body: What its pack says, without the address of a protection shelter.
        cities: Names of the cities it is in; empty for a shelter that must not be found.
        distance: Kilometres from the place asked for, 0 in the same city, None when unknown.
        away: The same for ordering: without a point of its own, that of its region's nearest
            city. Never said.
        fit: Position of its best kind in what was asked for; 0 fits best.
    """

    id: str
    country: str
    scope: str
    kinds: Sequence[str]
    protection: bool
    body: Mapping[str, Any] = field(repr=False)
    cities: tuple[str, ...] = ()
    distance: float | None = None
    away: float | None = None
    fit: int = 0
