"""What helpers say exists nowhere: a count a day, country and kind. Never words, never who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wire.decision import Decision

_SAY = "gap.noted"
_COUNTRY = re.compile(r"[A-Z]{2}")
_KIND = re.compile(r"[a-z][a-z_]{0,39}")
Gap = tuple[date, str, str]


def gaps_of(decision: Decision, day: date) -> Iterator[Gap]:
    """Yield what a decision notes as missing: the day, the country and the kind of service."""
    for say in decision.says:
        country, kinds = say.values.get("country"), say.values.get("kinds")
        if say.message != _SAY or not isinstance(country, str) or not isinstance(kinds, list):
            continue
        for kind in map(str, kinds):
            if _COUNTRY.fullmatch(country) and _KIND.fullmatch(kind):
                yield day, country, kind
