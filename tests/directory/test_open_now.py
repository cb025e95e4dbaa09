"""A place is open when its hours say so, in the time of its country, and not on a holiday."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from directory.open_now import Moment, is_holiday, is_open, moment_in, open_minutes

TUESDAY = date(2026, 11, 24)


def place(*periods: tuple[str, str, str], **values: Any) -> dict[str, Any]:
    told = [
        {"days": days.split(), "opens": opens, "closes": closes} for days, opens, closes in periods
    ]
    hours = {"always": values.pop("always", False), "periods": told, **values.pop("hours", {})}
    return {"hours": hours, **values}


def at(clock: str, day: int = 24, country: str = "SV", zone: str = "America/El_Salvador") -> Moment:
    now = datetime.fromisoformat(f"2026-11-{day:02d}T{clock}:00+00:00")
    return moment_in(country, zone, now)


def test_the_time_is_that_of_the_country() -> None:
    office = place(("MO TU WE TH FR", "08:00", "16:00"))
    assert is_open(office, at("14:00"), TUESDAY)
    assert not is_open(office, at("13:59"), TUESDAY)
    assert not is_open(office, at("22:00"), TUESDAY)
    assert not is_open(office, at("14:00", country="GR", zone="Europe/Athens"), TUESDAY)


def test_summer_time_moves_the_hour_and_not_the_place() -> None:
    office = place(("MO TU WE TH FR", "09:00", "17:00"))
    summer = moment_in("GR", "Europe/Athens", datetime(2026, 7, 7, 6, 0, tzinfo=UTC))
    winter = moment_in("GR", "Europe/Athens", datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert is_open(office, summer, date(2026, 7, 7))
    assert not is_open(office, winter, TUESDAY)


def test_hours_past_midnight_belong_to_the_day_they_began_on() -> None:
    night = place(("TU", "20:00", "06:00"))
    assert is_open(night, Moment(24 * 60 + 21 * 60, holiday=False, after_holiday=False), TUESDAY)
    assert is_open(night, Moment(2 * 24 * 60 + 60, holiday=False, after_holiday=False), TUESDAY)
    assert not is_open(night, Moment(24 * 60 + 60, holiday=False, after_holiday=False), TUESDAY)
    # Wednesday is a holiday, Tuesday was none: the night of Tuesday goes on.
    assert is_open(night, Moment(2 * 24 * 60 + 60, holiday=True, after_holiday=False), TUESDAY)
    assert not is_open(night, Moment(2 * 24 * 60 + 60, holiday=False, after_holiday=True), TUESDAY)


def test_the_night_of_sunday_ends_on_monday() -> None:
    night = place(("SU", "22:00", "04:00"))
    assert is_open(night, Moment(3 * 60, holiday=False, after_holiday=False), TUESDAY)
    assert not is_open(night, Moment(4 * 60, holiday=False, after_holiday=False), TUESDAY)


@pytest.mark.parametrize(("told", "is_it"), [("open", True), ("closed", False), (None, False)])
def test_on_a_holiday_only_what_says_so_is_open(told: str | None, is_it: bool) -> None:
    office = place(("MO TU WE TH FR SA SU", "08:00", "16:00"), holidays=told or "unknown")
    christmas = moment_in("SV", "America/El_Salvador", datetime(2026, 12, 25, 15, 0, tzinfo=UTC))
    assert christmas.holiday
    assert is_open(office, christmas, date(2026, 12, 25)) is is_it


def test_what_is_always_open_is_open_on_holidays_unless_it_says_otherwise() -> None:
    holiday = Moment(600, holiday=True, after_holiday=True)
    assert is_open(place(always=True), holiday, TUESDAY)
    assert not is_open(place(always=True, holidays="closed"), holiday, TUESDAY)


def test_unknown_hours_and_a_pause_are_not_open() -> None:
    ten = Moment(24 * 60 + 600, holiday=False, after_holiday=False)
    assert not is_open(place(("TU", "08:00", "16:00"), hours={"known": False}), ten, TUESDAY)
    assert not is_open(place(), ten, TUESDAY)
    paused = place(("TU", "08:00", "16:00"), paused_until="2026-11-25")
    assert not is_open(paused, ten, TUESDAY)
    assert is_open(paused, ten, date(2026, 11, 25))


def test_a_day_until_24_hours_ends_at_midnight() -> None:
    assert open_minutes(place(("MO", "12:00", "24:00"))["hours"]) == [(720, 1440)]
    assert open_minutes(place(("MO", "12:00", "00:00"))["hours"]) == [(720, 1440)]


@pytest.mark.parametrize(
    "country",
    "AT BG BZ CA CR CY DE ES FR GR GT HN IT MT MX PA SE SV US".split(),  # noqa: SIM905
)
def test_every_country_of_a_pack_has_its_holidays(country: str) -> None:
    assert is_holiday(country, date(2026, 12, 25))
    assert not is_holiday(country, TUESDAY)


def test_a_country_without_known_holidays_has_none() -> None:
    assert not is_holiday("XX", date(2026, 12, 25))
