"""Age is told, or hides; an emergency number has none. The clock is passed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from saying import NOW, Speech, all_messages, packs, places

from content.danger_words import Asked, DangerWords
from content.freshness import CHECK_AFTER, is_due, is_lost, is_overdue, next_check
from content.lines import Country, LineWords, is_sure
from content.rights_words import RightsWords
from content.service_words import ServiceWords
from content.tables import CityNames
from content.validity import listed
from content.vocabulary_labels import Labels

VERIFIED = date(2026, 11, 1)


def _entry(verified: str = "never", published: str = "unknown") -> dict[str, Any]:
    return {"verified": verified, "source": {"published": published, "title": "A page"}}


def _labels() -> Labels:
    return Labels(all_messages(), "en", places(), CityNames({}))


def _country(code: str, **changed: Any) -> Country:
    """A country as in the packs, its lines verified on a day."""
    pack = next(pack for pack in packs() if pack.country == code)
    lines = [{**line, **changed} for line in pack.part("helplines")]
    return Country(code, pack.part("pack"), lines)


@pytest.mark.parametrize(("part", "days"), [("helplines", 30), ("services", 90), ("rights", 180)])
def test_each_part_has_its_own_next_check(part: str, days: int) -> None:
    assert CHECK_AFTER[part] == timedelta(days=days)
    entry = _entry(VERIFIED.isoformat())
    last_good = VERIFIED + timedelta(days=days - 1)
    assert next_check(part, entry) == VERIFIED + timedelta(days=days)
    assert not is_due(part, entry, last_good)
    assert is_due(part, entry, last_good + timedelta(days=1))
    assert is_overdue(part, entry, last_good + timedelta(days=1))


@pytest.mark.parametrize(
    ("published", "check"),
    [("2026-06-15", date(2026, 9, 13)), ("2026-06", date(2026, 8, 30)), ("unknown", None)],
)
def test_what_nobody_verified_counts_from_its_source(published: str, check: date | None) -> None:
    entry = _entry(published=published)
    assert next_check("services", entry) == check
    assert not is_overdue("services", entry, date(2040, 1, 1))
    assert not is_lost(entry, date(2040, 1, 1))


def test_a_rule_is_said_with_its_age_and_never_hidden() -> None:
    fact = next(f for pack in packs() for f in pack.part("rights"))
    fact = {**fact, "verified": VERIFIED.isoformat()}
    fresh = RightsWords(all_messages(), "en", _labels(), VERIFIED + timedelta(days=10))
    aged = RightsWords(all_messages(), "en", _labels(), VERIFIED + timedelta(days=900))
    assert fresh.verified(fact) == "Checked by us on November 1, 2026."
    assert aged.verified(fact).endswith("; it may have changed since.")
    never = {**fact, "verified": "never"}
    assert aged.verified(never) == "Not yet confirmed by us."


def test_a_listing_is_said_with_its_age_and_then_hidden() -> None:
    body = next(s for pack in packs() for s in pack.part("services"))
    body = {**body, "verified": VERIFIED.isoformat()}
    due = datetime(2027, 3, 1, tzinfo=UTC)
    words = ServiceWords(all_messages(), "en", _labels(), due)
    assert "it may have changed since" in words._verified(body)
    assert listed(body, due.date())
    assert not listed(body, VERIFIED + timedelta(days=366))
    assert listed({**body, "verified": "never"}, date(2040, 1, 1))


def test_a_line_past_its_check_is_not_confirmed() -> None:
    countries = [_country(pack.country, verified=VERIFIED.isoformat()) for pack in packs()]
    country = next(c for c in countries if c.for_purpose("asylum_refugee_info", VERIFIED))
    line = country.for_purpose("asylum_refugee_info", VERIFIED)[0]
    for day, told in ((date(2026, 11, 20), False), (date(2027, 1, 1), True)):
        now = datetime(day.year, day.month, day.day, tzinfo=UTC)
        words = LineWords(all_messages(), "en", _labels(), now)
        said = words.line(line, country.zones)
        assert ("not confirmed" in said) is told
        assert "checked on November 1, 2026" in said
    assert line in country.for_purpose("asylum_refugee_info", date(2027, 1, 1))
    assert line not in country.for_purpose("asylum_refugee_info", date(2028, 1, 1))


@pytest.mark.parametrize("code", [pack.country for pack in packs()])
@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 6, 1), date(2045, 1, 1)])
def test_an_emergency_number_is_never_hidden_and_never_aged(code: str, today: date) -> None:
    country = _country(code, verified=VERIFIED.isoformat())
    assert {line["id"] for line in country.emergencies()} == set(country.pack["emergency"])
    now = datetime(today.year, today.month, today.day, tzinfo=UTC)
    words = LineWords(all_messages(), "en", _labels(), now)
    for line in country.emergencies():
        if set(line["purpose"]) <= {"emergency_any", "emergency_medical", "police"}:
            low_or_over = line["confidence"] == "low" or line.get("valid_until")
            assert low_or_over or "not confirmed" not in words.line(line, country.zones)


def test_an_aged_danger_line_stands_behind_the_number_and_only_where_none_is_better() -> None:
    today = date(2027, 6, 1)
    aged = _country("SV", verified=VERIFIED.isoformat())
    (line, *_) = aged.for_purpose("gbv", today)
    assert not is_sure(line, today)
    better = {**line, "id": "better", "verified": today.isoformat()}
    both = replace(aged, lines=[*aged.lines, better])
    assert [one["id"] for one in both.for_purpose("gbv", today)] == ["better"]

    now = datetime(2027, 6, 1, tzinfo=UTC)
    words = DangerWords(_labels(), LineWords(all_messages(), "en", _labels(), now), today, "tea")
    first, _ = words.answer(Asked("gbv_partner_violence"), aged)
    number = str(aged.emergency_number("emergency_any", "police"))
    assert first.index(number) < first.index("not confirmed")


async def test_what_we_have_today_is_still_said(said: Speech) -> None:
    """Nobody has verified anything yet, so nothing may be lost by its age."""
    for day in (NOW, NOW + timedelta(days=3000)):
        told = await said.text("helplines.list", now=day, country="SV", purposes=["gbv"])
        assert "source" in told
        told = await said.rights("GR", "asylum_seeker", "primary", now=day)
        assert "June 2024" in told
        assert "Not yet confirmed by us." in told
