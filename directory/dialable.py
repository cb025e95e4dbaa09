"""Only numbers that can be dialled are told; an emergency number is always told.

A number with a digit too many leads nowhere, and whoever has one call left should not spend it
there. What is left out stands in what operators have to do (``directory.checks``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from directory.number_checks import number_fault

_EMERGENCY = frozenset({"emergency_any", "emergency_medical", "police"})
_OF_A_LISTING = ("phones", "whatsapp")
_REMEMBERED = 20_000
_fault = lru_cache(_REMEMBERED)(number_fault)


def listing_to_tell(body: Mapping[str, Any], country: str) -> Mapping[str, Any]:
    """Return what a listing says, without numbers that nobody can dial."""
    left = {
        field: kept
        for field in _OF_A_LISTING
        if (kept := _dialable(body[field], country)) != body[field]
    }
    return {**body, **left} if left else body


def lines_to_tell(
    lines: Sequence[Mapping[str, Any]], country: str, emergency: Collection[str]
) -> list[Mapping[str, Any]]:
    """Return lines without numbers that nobody can dial, and those that can be reached at all.

    Args:
        lines: Of one country.
        country: ISO 3166-1 alpha-2.
        emergency: Ids of those for emergencies, which stay as they are.
    """
    told: list[Mapping[str, Any]] = []
    for line in lines:
        numbers = _dialable(line["numbers"], country)
        if line["id"] in emergency or _EMERGENCY & {*line["purpose"]} or numbers == line["numbers"]:
            told.append(line)
        elif numbers or line["web"] or line["email"]:
            told.append({**line, "numbers": numbers})
    return told


def _dialable(numbers: Sequence[Mapping[str, Any]], country: str) -> Sequence[Mapping[str, Any]]:
    return [one for one in numbers if _fault(one["number"], country) is None]
