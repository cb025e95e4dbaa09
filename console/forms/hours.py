"""Opening hours as a week: for each day from when to when, twice where there is a break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from babel import Locale

from console.forms.field import Body, Field, FieldFaultsError, Situation, Values, get, one
from console.translation import _, language
from content.dates import DAYS

TIMES, ALWAYS, UNKNOWN = "times", "always", "unknown"
_SLOTS = 2
_CLOCK = re.compile(r"(\d{1,2})\s*[:.h]?\s*(\d{2})?\s*h?", re.IGNORECASE)
_DAY_ENDS = 24
_HOUR = 60  # minutes


@dataclass(frozen=True)
class Hours(Field):
    """The week, and what the source says of it in its own words."""

    kind: ClassVar[str] = "hours"

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return whether the hours are known, the times of each day, and the source's words."""
        hours = get(body, self.path) or {}
        state = ALWAYS if hours.get("always") else TIMES if hours.get("periods") else UNKNOWN
        shown = {f"{self.name}.state": [state]}
        for name in ("text", "as_of"):
            shown[f"{self.name}.{name}"] = [hours[name]] if hours.get(name) else []
        for day, slots in _by_day(hours).items():
            for slot, (opens, closes) in enumerate(slots):
                shown[self._input(day, slot, "opens")] = [opens]
                shown[self._input(day, slot, "closes")] = [closes]
        return shown

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the hours. Raises FieldFaultsError: a time is none, or there is no time."""
        before = get(body, self.path) or {}
        state = one(values, f"{self.name}.state")
        made = {
            **before,
            "text": one(values, f"{self.name}.text") or None,
            "always": state == ALWAYS,
            "known": state != UNKNOWN,
            "periods": self._periods(values, before) if state == TIMES else [],
        }
        as_of = one(values, f"{self.name}.as_of") or None
        return {**made, "as_of": as_of} if as_of or "as_of" in before else made

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the times of each day, or that it is always open or not known when."""
        hours = get(body, self.path) or {}
        if hours.get("always"):
            told = [_("always open")]
        else:
            told = [
                f"{_day_name(day)}: {', '.join(f'{opens}–{closes}' for opens, closes in slots)}"
                for day, slots in _by_day(hours).items()
            ] or [_("not known")]
        said = [f"“{hours['text']}”"] if hours.get("text") else []
        return [*told, *said, *([hours["as_of"]] if hours.get("as_of") else [])]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the state, the grid and the source's words."""
        slots = range(max(_SLOTS, self._most_slots(values)))
        return {
            "state": one(values, f"{self.name}.state") or UNKNOWN,
            "text": one(values, f"{self.name}.text"),
            "as_of": one(values, f"{self.name}.as_of"),
            "days": [
                (_day_name(day), [self._pair(day, slot, values) for slot in slots]) for day in DAYS
            ],
        }

    def _pair(self, day: str, slot: int, values: Values) -> list[tuple[str, str]]:
        names = [self._input(day, slot, end) for end in ("opens", "closes")]
        return [(name, one(values, name)) for name in names]

    def _periods(self, values: Values, before: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the times, those days together that have the same."""
        grid: dict[tuple[int, str, str], list[str]] = {}
        faults: dict[str, str] = {}
        for slot in range(max(_SLOTS, self._most_slots(values))):
            for day in DAYS:
                names = [self._input(day, slot, end) for end in ("opens", "closes")]
                times = [clock(one(values, name)) for name in names]
                written = [bool(one(values, name)) for name in names]
                wrong = [n for n, t, w in zip(names, times, written, strict=True) if w and not t]
                if not wrong and any(written) and not all(written):
                    wrong = [name for name, was in zip(names, written, strict=True) if not was]
                faults |= dict.fromkeys(wrong, _("Write a time such as 8:30, from and to."))
                if all(times):
                    grid.setdefault((slot, str(times[0]), str(times[1])), []).append(day)
        if not grid and not faults:
            faults = {f"{self.name}.state": _("Write when it is open, or that it is not known.")}
        if faults:
            raise FieldFaultsError(faults)
        made = [
            {"days": days, "opens": opens, "closes": closes}
            for (_slot, opens, closes), days in grid.items()
        ]
        same = _by_day({"periods": made}) == _by_day(before)
        return [*before["periods"]] if same else made

    def _most_slots(self, values: Values) -> int:
        found = (re.fullmatch(rf"{self.name}\.[A-Z]{{2}}\.(\d)\.\w+", name) for name in values)
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def _input(self, day: str, slot: int, end: str) -> str:
        return f"{self.name}.{day}.{slot}.{end}"


def clock(written: str) -> str | None:
    """Return a time as 08:30; None for what is no time. "8", "8.30" and "830" are."""
    match = _CLOCK.fullmatch(written)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    fits = (hour < _DAY_ENDS and minute < _HOUR) or (hour, minute) == (_DAY_ENDS, 0)
    return f"{hour:02d}:{minute:02d}" if fits else None


def _by_day(hours: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the times of each day that has any, in the order of the week."""
    return {day: times for day in DAYS if (times := sorted(_of_day(hours, day)))}


def _of_day(hours: Mapping[str, Any], day: str) -> Iterator[tuple[str, str]]:
    for period in hours.get("periods") or []:
        if day in period["days"]:
            yield period["opens"], period["closes"]


def _day_name(day: str) -> str:
    names = Locale.parse(language(), sep="-").days["stand-alone"]["wide"]
    return str(names[DAYS.index(day)]).capitalize()
