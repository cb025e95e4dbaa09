"""Days, months and a year later the right entries are due, told as old, and hidden."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from saying import NOW, Speech, load, packs, places, speech
from sqlalchemy import cast, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.due import Due, Risk, due
from content.freshness import is_urgent
from content.lines import DANGER
from directory import publishing
from directory.engine import async_engine
from directory.models import CardRow, HelplineRow, RightsFactRow, ServiceRow
from directory.parts import Origin, Part

_PACK = next(pack for pack in packs() if pack.country == "SV")
_AGED = "it may have changed since"


def _ids(part: str, **wanted: bool) -> set[str]:
    """Return the ids of a part that nothing replaced and that never end, of a kind if one is asked for."""
    found = set()
    for entry in _PACK.part(part):
        if entry.get("superseded_by") or entry.get("valid_until"):
            continue
        urgent = is_urgent(entry) if part == "services" else None
        danger = bool(set(entry.get("purpose") or ()) & set(DANGER))
        if wanted.get("urgent", urgent) == urgent and wanted.get("danger", danger) == danger:
            found.add(entry["id"])
    return found


LINES, RULES = _ids("helplines"), _ids("rights")
URGENT, OTHERS = _ids("services", urgent=True), _ids("services", urgent=False)


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """One country's pack, and a rumour, all verified on the day we begin."""
    await load(database_url, [_PACK])
    engine = async_engine(database_url)
    made = async_sessionmaker(engine, expire_on_commit=False)
    async with made.begin() as session:
        for table in (ServiceRow, HelplineRow, RightsFactRow):
            verified = table.body.op("||")(cast({"verified": NOW.date().isoformat()}, JSONB))
            await session.execute(update(table).values(body=verified))
        checked = {"checked": NOW.date().isoformat(), "source": {"published": "unknown"}}
        session.add(CardRow(part=Part.MYTHS, id="rumour", body=checked))
    yield made
    await engine.dispose()


@pytest_asyncio.fixture
async def chat(
    sessions: async_sessionmaker[AsyncSession], database_url: str
) -> AsyncIterator[Speech]:
    async with speech(database_url) as speaking:
        yield speaking


def _later(days: int) -> datetime:
    return NOW + timedelta(days=days)


async def _due(sessions: async_sessionmaker[AsyncSession], days: int) -> Mapping[str, Due]:
    async with sessions() as session:
        found = await due(session, _later(days).date())
    known = LINES | RULES | URGENT | OTHERS | {"rumour"}
    return {one.entry: one for one in found if one.entry in known}


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (0, set()),
        (29, set()),
        (30, LINES | URGENT),
        (31, LINES | URGENT),
        (89, LINES | URGENT),
        (90, LINES | URGENT | OTHERS),
        (91, LINES | URGENT | OTHERS),
        (179, LINES | URGENT | OTHERS),
        (180, LINES | URGENT | OTHERS | RULES | {"rumour"}),
        (181, LINES | URGENT | OTHERS | RULES | {"rumour"}),
        (366, LINES | URGENT | OTHERS | RULES | {"rumour"}),
    ],
)
async def test_exactly_what_its_risk_asks_for_is_due(sessions, days, wanted):
    found = await _due(sessions, days)
    assert set(found) == wanted
    ranks = [one.risk for one in found.values()]
    assert ranks == sorted(ranks)
    assert not found or ranks[0] is Risk.DANGER


async def test_hidden_is_what_was_left_alone_for_a_year_and_is_not_for_danger(sessions):
    low = {
        e["id"]
        for part in ("services", "helplines", "rights")
        for e in _PACK.part(part)
        if e["confidence"] == "low"
    }
    for days in (30, 180, 365):
        assert {one.entry for one in (await _due(sessions, days)).values() if one.hidden} <= low
    hidden = {one.entry for one in (await _due(sessions, 366)).values() if one.hidden}
    assert hidden - low == (URGENT | OTHERS | _ids("helplines", danger=False)) - low
    assert not hidden & _ids("helplines", danger=True)


async def test_in_chat_a_listing_for_people_in_danger_is_old_after_thirty_days(chat):
    listing = next(e for e in _PACK.part("services") if e["id"] in URGENT)["id"]
    for days, old in ((0, False), (29, False), (30, True), (91, True), (365, True)):
        told = await chat.text("services.details", now=_later(days), listing=listing)
        assert (_AGED in told) is old, days


async def test_in_chat_another_listing_is_old_after_ninety_days_and_gone_after_a_year(chat):
    listing = next(e for e in _PACK.part("services") if e["id"] in OTHERS)["id"]
    for days, old in ((31, False), (89, False), (90, True), (181, True), (365, True)):
        told = await chat.text("services.details", now=_later(days), listing=listing)
        assert (_AGED in told) is old, days
    gone = await chat.text("services.details", now=_later(366), listing=listing)
    assert gone == await chat.text("services.details", now=NOW, listing="sv-s999")


async def test_in_chat_a_rule_is_old_after_half_a_year_and_always_said(chat):
    for days, old in ((90, False), (179, False), (180, True), (366, True), (3000, True)):
        told = await chat.rights("SV", "asylum_seeker", "primary", now=_later(days))
        assert (_AGED in told) is old, days


@pytest.mark.parametrize("language", ["en", "es"])
async def test_in_chat_emergency_numbers_have_no_age_and_danger_lines_are_never_lost(
    chat, language
):
    not_confirmed = {"en": "not confirmed", "es": "sin confirmar"}[language]
    for days in (0, 31, 181, 366, 3000):
        now = _later(days)
        told = (
            await chat.reply(
                "danger.gbv_partner_violence", language, now=now, country="SV", urgency="now"
            )
        ).texts
        assert "911" in told[0].splitlines()[0]
        assert not_confirmed not in told[0].splitlines()[0]
        assert "126" in "\n".join(told), days
        assert (not_confirmed in "\n".join(told)) is (days >= 30), days


async def test_a_confirmation_makes_it_young_again(sessions, chat):
    entry = next(e for e in _PACK.part("services") if e["id"] in OTHERS)
    later = _later(120)
    assert entry["id"] in await _due(sessions, 120)
    async with sessions.begin() as session:
        body = {**entry, "verified": later.date().isoformat()}
        await publishing.put(
            session, Part.SERVICES, entry["id"], "SV", body,
            origin=Origin.LINK, revision=None, at=later, places=places(),
        )  # fmt: skip
    assert entry["id"] not in await _due(sessions, 120)
    assert _AGED not in await chat.text("services.details", now=later, listing=entry["id"])


async def test_what_is_retired_is_due_no_more(sessions):
    listing = next(iter(sorted(OTHERS)))
    async with sessions.begin() as session:
        await publishing.retire(session, Part.SERVICES, listing, at=NOW)
    assert listing not in await _due(sessions, 366)
