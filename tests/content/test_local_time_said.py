"""Open, closed and paused are said in the time of the place, or not said where it may be another."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from saying import Speech, load, packs, places, speech

from directory.local_time import first_day, zones_of
from directory.pack_files import PackFiles

PACK = next(pack for pack in packs() if pack.country == "MX")
ZONES = PACK.part("pack")["timezones"]
HOURS = {
    "text": None,
    "always": False,
    "known": True,
    "periods": [{"days": ["MO", "TU", "WE", "TH", "FR"], "opens": "09:00", "closes": "17:00"}],
}
TIJUANA = "mx-s05"


def at(clock: str, day: int = 24) -> datetime:
    """A moment in UTC; in winter Tijuana is eight hours behind, Mexico City six."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{clock}:00+00:00").astimezone(UTC)


def listed(city: str | None, **changed: Any) -> dict[str, Any]:
    entry = next(one for one in copy.deepcopy(PACK.part("services")) if one["id"] == TIJUANA)
    where: list[dict[str, str]] = [{"city": city}] if city else [{"region": "Sonora"}]
    return {**entry, "hours": HOURS, "places": where, "confidence": "high", **changed}


async def told(url: str, now: datetime, entry: dict[str, Any]) -> str:
    services = [entry if one["id"] == TIJUANA else one for one in PACK.part("services")]
    documents = {**PACK.documents, "services": replace(PACK.documents["services"], data=services)}
    await load(url, [PackFiles("MX", documents, "changed")])
    async with speech(url) as chat:
        return await chat.text("services.details", now=now, listing=TIJUANA)


@pytest.mark.parametrize(
    ("city", "clock", "state"),
    [
        ("Tijuana", "16:30", "(closed now)"),  # 08:30 there, 10:30 in Mexico City
        ("Tijuana", "17:30", "(open now)"),
        ("Tijuana", "00:30", "(open now)"),
        ("Mexico City", "16:30", "(open now)"),
        ("Cancún", "14:30", "(open now)"),
        (None, "19:00", "(open now)"),  # everywhere
        (None, "10:00", "(closed now)"),
        (None, "16:30", None),
        ("Nowhere at all", "16:30", None),
    ],
)
async def test_a_door_is_open_by_the_clock_of_its_city(database_url, city, clock, state):
    said = await told(database_url, at(clock), listed(city))
    hours = next(line for line in said.splitlines() if line.startswith("Hours:"))
    assert hours.endswith(state or "09:00-17:00")


@pytest.fixture
async def canaries(database_url: str) -> AsyncIterator[Speech]:
    pack = next(one for one in packs() if one.country == "ES")
    lines = [{**one, "hours": HOURS} for one in pack.part("helplines")]
    documents = {**pack.documents, "helplines": replace(pack.documents["helplines"], data=lines)}
    await load(database_url, [PackFiles("ES", documents, "with hours")])
    async with speech(database_url) as speaking:
        yield speaking


@pytest.mark.parametrize(
    ("clock", "open_now", "closed_now"),
    [
        ("08:30", False, False),
        ("10:00", True, False),
        ("16:30", False, False),
        ("20:00", False, True),
    ],
)
async def test_a_line_for_a_whole_country_says_only_what_holds_everywhere(
    canaries, clock, open_now, closed_now
):
    said = await canaries.text("helplines.list", now=at(clock), country="ES", purposes=["gbv"])
    assert "09:00-17:00" in said
    assert ("open now" in said) is open_now
    assert ("closed now" in said) is closed_now


@pytest.mark.parametrize(
    ("now", "paused"),
    [(at("12:00", 24), True), (at("05:59", 25), True), (at("08:01", 25), False)],
)
async def test_a_pause_ends_by_itself_when_its_day_begins_there(database_url, now, paused):
    entry = listed("Tijuana", paused_until="2026-11-25")
    said = await told(database_url, now, entry)
    assert ("Closed for now, until November 25, 2026" in said) is paused


def test_a_place_that_must_not_be_found_may_be_anywhere_in_its_country():
    hidden = {"protection": True, "kinds": [], "places": [{"city": "Tijuana"}]}
    assert zones_of("MX", hidden, ZONES, places()) == ZONES


def test_several_cities_may_be_in_several_zones():
    body = {"protection": False, "kinds": [], "places": [{"city": "Tijuana"}, {"city": "Cancún"}]}
    found = zones_of("MX", body, ZONES, places())
    assert found == ("America/Tijuana", "America/Cancun")
    assert first_day(at("06:00"), found).isoformat() == "2026-11-23"
    assert first_day(at("08:00"), found).isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("changed", "now", "state"),
    [
        ({}, at("20:00", 25), "(open now)"),
        ({"paused_until": "2026-11-26"}, at("20:00", 25), "(closed now)"),
        ({}, datetime(2026, 12, 25, 20, 0, tzinfo=UTC), None),
        ({"holidays": "open"}, datetime(2026, 12, 25, 20, 0, tzinfo=UTC), "(open now)"),
        ({"holidays": "closed"}, datetime(2026, 12, 25, 20, 0, tzinfo=UTC), "(closed now)"),
    ],
)
async def test_a_door_is_not_called_open_on_a_holiday_or_in_a_pause(
    database_url, changed, now, state
):
    said = await told(database_url, now, listed("Tijuana", **changed))
    hours = next(line for line in said.splitlines() if line.startswith("Hours:"))
    assert hours.endswith(state or "09:00-17:00")
