"""Opening hours in one cell: ``Mo-Fr 08:00-12:00 13:00-17:00; Sa 08:00-12:00``, or ``24/7``.

That is how they are written. They are read as people write them too: ``lunes a viernes de 8:00 a
12:00 y de 1:00 pm a 4:00 pm``.
"""

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
_NAMES: Mapping[str, str] = {
    f"{name}s".replace("ss", "s"): day
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    )
    for name, day in zip(names, DAYS, strict=True)
}
_SHORTEST_DAY = 2  # letters
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|hrs|h)?"
_SPAN = re.compile(rf"\b{_TIME}\s*(?:[-–—]|\b(?:a|to|hasta|until)\b)\s*{_TIME}(?!\w)")
_HALF = re.compile(r"\b([ap])\.?\s?m\b\.?")
_EVERY_DAY = re.compile(r"\b(todos los dias|every day|daily|diario|diariamente)\b")
_WEEK = re.compile(r"\b(?P<from>l|m)\s*(?:-|a|to)\s*(?P<to>[vfsd])\b")  # of one letter each
_ENDS = {"v": "FR", "f": "FR", "s": "SA", "d": "SU"}
_FROM_TO = re.compile(r"(?<=[a-z])\s*(?:-|\b(?:al?|to|hasta|until|through)\b)\s*(?=[a-z])")
_BETWEEN = re.compile(r"\b(?:de|desde|from|los|las|el|la|y|e|and)\b|[,;:.&/\s]+")
_WRONG = N_("these are no opening hours; write Mo-Fr 08:00-17:00; Sa 08:00-12:00, or 24/7")
_ALL_DAY = frozenset({ALWAYS, "24h", "24hs", "24/24", "24horas", "24hours", "las24horas"})
_LAST_MINUTE, _NOON = 59, 12
_END_OF_DAY = (24, 0)
_MANY = 3  # days in a row that are written with a dash
Clock = tuple[int, int]


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
    plain = _plain(text)
    if "".join(plain.split()).removesuffix(".") in _ALL_DAY:
        return {"always": True, "known": True, "periods": []}
    periods: list[dict[str, Any]] = []
    days: list[str] = []
    end = 0
    for span in _SPAN.finditer(plain):
        if before := _BETWEEN.sub(" ", plain[end : span.start()]).strip():
            days = _read_days(before)
        if not days:
            raise CellError(_WRONG)
        periods.append(_period(days, span))
        end = span.end()
    if not periods or _BETWEEN.sub(" ", plain[end:]).strip():
        raise CellError(_WRONG)
    return {"always": False, "known": True, "periods": periods}


def _plain(text: str) -> str:
    """Return a text without accents and capitals, and what is said in several ways in one."""
    low = "\n".join(_without_accents(line) for line in text.split("\n"))
    low = _HALF.sub(r"\1m", low.replace("–", "-").replace("—", "-"))
    low = _EVERY_DAY.sub("mo-su", low)
    return _WEEK.sub(lambda one: f"mo-{_ENDS[one['to']].lower()}", low)


def _without_accents(line: str) -> str:
    return line.casefold().translate(str.maketrans("áéíóúü", "aeiouu"))


def _days(days: Sequence[str], names: Mapping[str, str]) -> str:
    places = [DAYS.index(day) for day in days]
    if len(places) >= _MANY and all(b - a == 1 for a, b in pairwise(places)):
        return f"{names[days[0]]}-{names[days[-1]]}"
    return ",".join(names[day] for day in days)


def _read_days(text: str) -> list[str]:
    days: list[str] = []
    for part in _FROM_TO.sub("-", text).split():
        first, dash, last = part.partition("-")
        begin, end = _day(first), _day(last) if dash else _day(first)
        days += [DAYS[at % 7] for at in range(begin, end + (7 if end < begin else 0) + 1)]
    return list(dict.fromkeys(days))


def _day(name: str) -> int:
    start = folded(name)
    found = {day for full, day in _NAMES.items() if full.startswith(start)}
    if len(start) < _SHORTEST_DAY or len(found) != 1:
        raise CellError(_WRONG)
    return DAYS.index(found.pop())


def _period(days: Sequence[str], span: re.Match[str]) -> dict[str, Any]:
    opens, closes = _clock(*span.groups()[:3]), _clock(*span.groups()[3:])
    if opens in (closes, _END_OF_DAY):
        raise CellError(_WRONG)
    said = [f"{hour:02d}:{minute:02d}" for hour, minute in (opens, closes)]
    return {"days": list(days), "opens": said[0], "closes": said[1]}


def _clock(hour: str, minute: str | None, half: str | None) -> Clock:
    """Return a time of day; of an hour alone nobody can tell which half of the day it is."""
    clock = int(hour), int(minute or 0)
    if minute is None and half is None:
        raise CellError(_WRONG)
    if half in ("am", "pm"):
        if not 1 <= clock[0] <= _NOON:
            raise CellError(_WRONG)
        clock = clock[0] % _NOON + (_NOON if half == "pm" else 0), clock[1]
    if clock > _END_OF_DAY or clock[1] > _LAST_MINUTE:
        raise CellError(_WRONG)
    return clock
