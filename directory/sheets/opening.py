"""Opening hours in one cell: ``Mo-Fr 08:00-12:00 13:00-17:00; Sa 08:00-12:00``, or ``24/7``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from directory.sheets.catalogue import N_
from directory.sheets.columns import DAYS
from directory.sheets.faults import CellError
from directory.sheets.words import folded

ALWAYS = "24/7"
_SAID: Mapping[str, Sequence[str]] = {
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    "es": ("Lu", "Ma", "Mi", "Ju", "Vi", "Sá", "Do"),
}
_STARTS: Mapping[str, str] = {
    folded(name): day for names in _SAID.values() for name, day in zip(names, DAYS, strict=True)
}
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
_DASH = re.compile(r"\s*[-–]\s*")
_WRONG = N_("these are no opening hours; write Mo-Fr 08:00-17:00; Sa 08:00-12:00, or 24/7")
_LAST_HOUR, _LAST_MINUTE = 24, 59
_MANY = 3  # days in a row that are written with a dash


def written(hours: Mapping[str, Any], language: str) -> str:
    """Return the hours of a body as a cell; empty where none are known."""
    if hours.get("always"):
        return ALWAYS
    names = dict(zip(DAYS, _SAID.get(language, _SAID["en"]), strict=True))
    return "; ".join(
        f"{_days(one['days'], names)} {one['opens']}-{one['closes']}"
        for one in hours.get("periods", ())
    )


def read(text: str) -> dict[str, Any]:
    """Return ``always``, ``known`` and ``periods``. Raises CellError."""
    if "".join(text.split()) in (ALWAYS, "24h", "24/24"):
        return {"always": True, "known": True, "periods": []}
    periods = []
    for piece in re.split(r"[;\n]", text):
        if not piece.strip():
            continue
        spans = list(_SPAN.finditer(piece))
        if not spans or _SPAN.sub(" ", piece[spans[0].start() :]).strip(" ,"):
            raise CellError(_WRONG)
        days = _read_days(piece[: spans[0].start()])
        periods += [_period(days, span) for span in spans]
    return {"always": False, "known": bool(periods), "periods": periods}


def _days(days: Sequence[str], names: Mapping[str, str]) -> str:
    places = [DAYS.index(day) for day in days]
    if len(places) >= _MANY and all(b - a == 1 for a, b in pairwise(places)):
        return f"{names[days[0]]}-{names[days[-1]]}"
    return ",".join(names[day] for day in days)


def _read_days(text: str) -> list[str]:
    days: list[str] = []
    for part in re.split(r"[,\s]+", _DASH.sub("-", text).strip(" :")):
        first, dash, last = part.partition("-")
        begin, end = _day(first), _day(last) if dash else _day(first)
        days += [DAYS[at % 7] for at in range(begin, end + (7 if end < begin else 0) + 1)]
    return list(dict.fromkeys(days))


def _day(name: str) -> int:
    day = _STARTS.get(folded(name)[:2])
    if day is None:
        raise CellError(_WRONG)
    return DAYS.index(day)


def _period(days: Sequence[str], span: re.Match[str]) -> dict[str, Any]:
    hour, minute, until_hour, until_minute = (int(part) for part in span.groups())
    if max(hour, until_hour) > _LAST_HOUR or max(minute, until_minute) > _LAST_MINUTE:
        raise CellError(_WRONG)
    opens, closes = f"{hour:02d}:{minute:02d}", f"{until_hour:02d}:{until_minute:02d}"
    return {"days": list(days), "opens": opens, "closes": closes}
