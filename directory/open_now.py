"""When a place is open: its hours as minutes of a local week, and what a moment is there.

A week has 10,080 minutes from Monday 00:00. Hours that run past midnight go on in a second week,
from minute 10,080: they belong to the day on which they began, which may have been a holiday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = 24 * 60
WEEK = 7 * _DAY


@dataclass(frozen=True)
class Moment:
    """A moment in a country.

    Attributes:
        minute: Of the local week.
        holiday: Whether it is a public holiday there.
        after_holiday: Whether the day before was one.
    """

    minute: int
    holiday: bool
    after_holiday: bool


def moment_in(country: str, zone: str, now: datetime) -> Moment:
    """Return what ``now`` is in a country.

    Args:
        country: ISO 3166-1 alpha-2; of one that ``holidays`` does not know, no day is a holiday.
        zone: IANA name of its time zone.
        now: With its time zone.
    """
    local = now.astimezone(_zone(zone))
    minute = local.weekday() * _DAY + local.hour * 60 + local.minute
    yesterday = local.date() - timedelta(days=1)
    return Moment(minute, is_holiday(country, local.date()), is_holiday(country, yesterday))


_zone = lru_cache(maxsize=512)(ZoneInfo)  # which itself keeps eight, and reads the others anew


def is_holiday(country: str, day: date) -> bool:
    """Return whether a day is a public holiday in a whole country."""
    return day in _holidays(country, day.year)


def open_minutes(hours: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return from when until when a place is open; empty where its hours are not known."""
    if hours.get("known") is False:
        return []
    if hours.get("always"):
        return [(0, WEEK)]
    found = [
        span
        for period in hours.get("periods") or ()
        for day in period["days"]
        for span in _spans(DAYS.index(day), period["opens"], period["closes"])
    ]
    return sorted(set(found))


def open_on_holidays(body: Mapping[str, Any]) -> bool:
    """Return whether a place is as open on a public holiday as on any day; in doubt it is not."""
    told = body.get("holidays", "unknown")
    return told == "open" or (bool(body["hours"].get("always")) and told != "closed")


def is_paused(body: Mapping[str, Any], today: date) -> bool:
    """Return whether a listing is closed on a day, and opens again on a later one."""
    return str(body.get("paused_until") or "") > today.isoformat()


def is_open(body: Mapping[str, Any], moment: Moment, today: date) -> bool:
    """Return whether a listing is known to be open at a moment of a local day."""
    if is_paused(body, today):
        return False
    spans, all_days = open_minutes(body["hours"]), open_on_holidays(body)
    now, later = moment.minute, moment.minute + WEEK
    by_day = any(begin <= now < end for begin, end in spans)
    by_night = any(begin <= later < end for begin, end in spans)
    return (by_day and (all_days or not moment.holiday)) or (
        by_night and (all_days or not moment.after_holiday)
    )


def _spans(day: int, opens: str, closes: str) -> list[tuple[int, int]]:
    begin, end = day * _DAY + _minutes(opens), day * _DAY + _minutes(closes)
    if begin < end:
        return [(begin, end)]
    midnight = (day + 1) * _DAY
    spans = [(begin, midnight)]
    if closing := _minutes(closes):
        after = WEEK + midnight % WEEK
        spans.append((after, after + closing))
    return spans


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return min(int(hour) * 60 + int(minute), _DAY)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> holidays.HolidayBase | frozenset[date]:
    try:
        return holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset()
