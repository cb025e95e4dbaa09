"""Who runs a place says by a link whether it is still true; a link opens nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from editing import EDITOR, NOW, REVIEWER, body_of, editing
from itsdangerous import URLSafeTimedSerializer
from saying import PLACES
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published, revisions
from directory.bodies import BodyError
from directory.gazetteer import Gazetteer
from directory.parts import Origin, Part
from directory.refusals import NeededError
from directory.revisions import State
from directory.verification_answers import (
    UsedError,
    change_by_link,
    confirm_by_link,
    not_us_by_link,
    pause_by_link,
    reached_others,
)
from directory.verification_asked import to_remind
from directory.verification_links import (
    LASTS,
    LinkError,
    Opened,
    Way,
    Why,
    add_link,
    ask,
    open_link,
)

LISTING, LINE, SHELTER_COUNTRY = "sv-s01", "sv-h01", "AT"
SIGNER = URLSafeTimedSerializer(b"k" * 32, salt="test")
OTHER_KEY = URLSafeTimedSerializer(b"x" * 32, salt="test")
PLACES_READ = Gazetteer(PLACES)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


async def asked(
    session: AsyncSession, part: Part = Part.SERVICES, entry: str = LISTING
) -> tuple[int, str]:
    found = await published.get(session, part, entry)
    assert found is not None
    request, token = await ask(
        session, SIGNER, entry=found, organisation="isdemu", way=Way.EMAIL, asked_by=EDITOR, now=NOW
    )
    request.sent_at = NOW
    await session.flush()
    return request.id, token


async def opened(session: AsyncSession, token: str, **later: float) -> Opened:
    return await open_link(session, SIGNER, token, now=NOW + timedelta(**later), acting=True)


async def why(session: AsyncSession, token: str, **later: float) -> Why:
    with pytest.raises(LinkError) as refused:
        await opened(session, token, **later)
    return refused.value.why


async def test_a_confirmation_is_published_at_once_and_again_tomorrow(session):
    _, token = await asked(session)
    assert await confirm_by_link(session, await opened(session, token), places=PLACES_READ, now=NOW)
    entry = await published.get(session, Part.SERVICES, LISTING)
    assert entry.body["verified"] == NOW.date().isoformat()
    assert entry.origin is Origin.LINK
    assert not await confirm_by_link(
        session, await opened(session, token), places=PLACES_READ, now=NOW
    )
    tomorrow = NOW + timedelta(days=1)
    link = await opened(session, token, days=1)
    assert await confirm_by_link(session, link, places=PLACES_READ, now=tomorrow)
    acts = [(row.actor, row.action) for row in await audit.entries(session, entry=LISTING)]
    assert acts.count(("link:isdemu", "publish")) == 2


async def test_only_a_hash_of_a_link_is_kept(session):
    number, token = await asked(session)
    request = (await opened(session, token)).request
    random = SIGNER.loads(token)[1]
    assert number == request.id
    assert random.encode() not in b"".join(request.hashes)
    assert all(len(one) == 32 for one in request.hashes)


@pytest.mark.parametrize("part", range(3))
async def test_what_was_not_signed_by_us_opens_nothing(session, part):
    number, token = await asked(session)
    whole = SIGNER.loads(token)
    forged = [
        OTHER_KEY.dumps(whole),
        SIGNER.dumps([number, "guessed"]),
        SIGNER.dumps([number + 1, whole[1]]),
        *("", ".", "1", "../..", token[:-1], token + "A", token.swapcase(), "x" * 5000),
        *(SIGNER.dumps(other) for other in ([], [1], {"a": 1}, ["1", "2"], [None, None], "text")),
    ]
    for one in forged[part::3]:
        assert await why(session, one) is Why.FORGED


async def test_a_link_ends_after_three_weeks(session):
    _, token = await asked(session)
    assert await opened(session, token, days=20)
    assert await why(session, token, seconds=LASTS.total_seconds()) is Why.EXPIRED


async def test_a_newer_link_ends_the_older_one(session):
    _, old = await asked(session)
    _, new = await asked(session)
    assert await why(session, old) is Why.REVOKED
    assert await opened(session, new)


async def test_a_reminder_leaves_the_first_link_as_it_is(session):
    _, first = await asked(session)
    request = (await opened(session, first)).request
    second = add_link(request, SIGNER)
    await session.flush()
    for token in (first, second):
        assert (await opened(session, token)).request.id == request.id


async def test_nobody_answers_for_what_is_retired(session):
    _, token = await asked(session)
    await revisions.retire(
        session, part=Part.SERVICES, entry=LISTING, actor=REVIEWER, reason="closed", now=NOW
    )
    assert await why(session, token) is Why.GONE


async def test_a_change_waits_for_review_and_is_proposed_once(session):
    _, token = await asked(session)
    before = await body_of(session, Part.SERVICES, LISTING)
    number = {"phones": [{"number": "2510-4399"}]}
    made = await change_by_link(session, await opened(session, token), number, now=NOW)
    assert (made.state, made.author, made.origin) == (State.IN_REVIEW, "link:isdemu", "link")
    assert (await published.get(session, Part.SERVICES, LISTING)).body == before
    with pytest.raises(UsedError):
        await change_by_link(session, await opened(session, token), {"not_taking": True}, now=NOW)
    await revisions.publish(session, made.id, actor=REVIEWER, places=PLACES_READ, now=NOW)
    after = (await published.get(session, Part.SERVICES, LISTING)).body
    assert after["phones"] == number["phones"]
    assert after["verified"] == NOW.date().isoformat()


@pytest.mark.parametrize("field", ["name", "addresses", "kinds", "point", "verified", "source"])
async def test_a_link_changes_no_other_field(session, field):
    _, token = await asked(session)
    with pytest.raises(ValueError, match="no link changes"):
        await change_by_link(session, await opened(session, token), {field: "x"}, now=NOW)


async def test_a_change_that_cannot_be_kept_changes_nothing(session):
    _, token = await asked(session)
    link = await opened(session, token)
    with pytest.raises(BodyError):
        await change_by_link(session, link, {"phones": "2510"}, now=NOW)
    assert link.request.changed_at is None
    assert await revisions.waiting(session) == []


async def test_saying_what_we_say_already_proposes_nothing(session):
    _, token = await asked(session)
    same: dict[str, Any] = {"not_taking": False}
    assert await change_by_link(session, await opened(session, token), same, now=NOW) is None
    assert await revisions.waiting(session) == []


async def test_a_pause_is_published_at_once_and_taken_back(session):
    _, token = await asked(session)
    link = await opened(session, token)
    until = NOW.date() + timedelta(days=90)
    assert await pause_by_link(session, link, until, places=PLACES_READ, now=NOW)
    assert (await body_of(session, Part.SERVICES, LISTING))["paused_until"] == until.isoformat()
    link = await opened(session, token)
    assert not await pause_by_link(session, link, until, places=PLACES_READ, now=NOW)
    assert await pause_by_link(session, link, None, places=PLACES_READ, now=NOW)
    assert "paused_until" not in await body_of(session, Part.SERVICES, LISTING)


async def test_in_the_evening_of_the_americas_tomorrow_is_no_past_day(session):
    _, token = await asked(session)
    evening = NOW.replace(hour=2)  # of the day before in San Salvador
    link = await open_link(session, SIGNER, token, now=evening)
    assert await pause_by_link(session, link, NOW.date(), places=PLACES_READ, now=evening)


@pytest.mark.parametrize("days", [-1, 0, 91, 4000])
async def test_a_pause_ends_within_ninety_days(session, days):
    _, token = await asked(session)
    until = NOW.date() + timedelta(days=days)
    with pytest.raises(ValueError, match="ninety"):
        await pause_by_link(
            session, await opened(session, token), until, places=PLACES_READ, now=NOW
        )


async def test_an_emergency_line_is_confirmed_by_a_link_and_never_paused_or_emptied(session):
    _, token = await asked(session, Part.HELPLINES, "sv-h06")
    link = await opened(session, token)
    with pytest.raises(ValueError, match="listing"):
        await pause_by_link(session, link, date(2026, 12, 1), places=PLACES_READ, now=NOW)
    assert await confirm_by_link(session, link, places=PLACES_READ, now=NOW)
    link = await opened(session, token)
    made = await change_by_link(session, link, {"numbers": []}, now=NOW)
    with pytest.raises(NeededError):
        await revisions.publish(session, made.id, actor=REVIEWER, places=PLACES_READ, now=NOW)


async def test_who_was_reached_by_mistake_says_so_and_can_do_no_more(session):
    number, token = await asked(session)
    await not_us_by_link(session, await opened(session, token), now=NOW)
    assert [request.id for request in await reached_others(session)] == [number]
    assert await why(session, token) is Why.REVOKED


async def test_a_confirmation_makes_nobodys_draft_stale(session):
    body = await body_of(session, Part.SERVICES, LISTING)
    draft = await revisions.draft(
        session, part=Part.SERVICES, entry=LISTING, country="SV",
        body={**body, "phones": [{"number": "2510-4398"}]}, author=EDITOR, reason="called", now=NOW,
    )  # fmt: skip
    await revisions.submit(session, draft.id, actor=EDITOR, now=NOW)
    _, token = await asked(session)
    link = await opened(session, token)
    await confirm_by_link(session, link, places=PLACES_READ, now=NOW)
    until = NOW.date() + timedelta(days=9)
    await pause_by_link(session, await opened(session, token), until, places=PLACES_READ, now=NOW)
    await revisions.publish(session, draft.id, actor=REVIEWER, places=PLACES_READ, now=NOW)
    after = await body_of(session, Part.SERVICES, LISTING)
    assert after["phones"] == [{"number": "2510-4398"}]
    assert after["verified"] == NOW.date().isoformat()
    assert after["paused_until"] == until.isoformat()


async def test_a_reminder_is_due_after_one_and_two_weeks_and_no_more(session):
    number, _ = await asked(session)
    for days, wanted in ((6, 0), (7, 1), (8, 0), (13, 0), (14, 1), (20, 0)):
        now = NOW + timedelta(days=days)
        due = await to_remind(session, now=now)
        assert [request.id for request in due] == [number] * wanted, days
        for request in due:
            request.reminders, request.reminded_at = request.reminders + 1, now
        await session.flush()


async def test_nobody_who_answered_is_reminded(session):
    _, token = await asked(session)
    await confirm_by_link(session, await opened(session, token), places=PLACES_READ, now=NOW)
    assert await to_remind(session, now=NOW + timedelta(days=8)) == []


async def test_a_hidden_place_is_confirmed_and_paused_and_its_street_stays_unknown(database_url):
    async with editing(database_url, SHELTER_COUNTRY) as session:
        _, token = await asked(session, Part.SERVICES, "at-s12")
        link = await opened(session, token)
        await confirm_by_link(session, link, places=PLACES_READ, now=NOW)
        link = await opened(session, token)
        until = NOW.date() + timedelta(days=5)
        await pause_by_link(session, link, until, places=PLACES_READ, now=NOW)
        body = await body_of(session, Part.SERVICES, "at-s12")
        assert body["verified"] == NOW.date().isoformat()
        assert body["paused_until"] == until.isoformat()
        assert body["addresses"] == []
        link = await opened(session, token)
        made = await change_by_link(
            session, link, {"capacity": {"code": "full", "as_of": "2026-11-24"}}, now=NOW
        )
        assert made.body["capacity"]["code"] == "full"
