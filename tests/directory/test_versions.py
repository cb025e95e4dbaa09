"""A version is written, looked at by somebody else, published, and can be gone back to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from editing import EDITOR, NOW, REVIEWER, body_of, editing
from saying import PLACES
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, revisions
from directory.bodies import BodyError
from directory.gazetteer import Gazetteer
from directory.numbering import next_entry
from directory.parts import Origin, Part
from directory.published import get
from directory.queries import helplines_of, listing, rights_of
from directory.refusals import (
    NeededError,
    OwnWorkError,
    RevisionError,
    StaleError,
    UnknownCountryError,
)
from directory.revisions import State

LISTING = "sv-s01"
PLACES_READ = Gazetteer(PLACES)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


async def corrected(session: AsyncSession, number: str = "2510-4301") -> dict[str, Any]:
    body = await body_of(session, Part.SERVICES, LISTING)
    body["phones"] = [{"number": number}]
    return body


async def drafted(session: AsyncSession, body: dict[str, Any], author: str = EDITOR) -> int:
    made = await revisions.draft(
        session, part=Part.SERVICES, entry=LISTING, country="SV", body=body,
        author=author, reason="called them", now=NOW,
    )  # fmt: skip
    return made.id


async def in_review(session: AsyncSession, body: dict[str, Any], author: str = EDITOR) -> int:
    number = await drafted(session, body, author)
    await revisions.submit(session, number, actor=author, now=NOW)
    return number


async def publish(session: AsyncSession, number: int, actor: str = REVIEWER, **how: bool) -> None:
    await revisions.publish(session, number, actor=actor, places=PLACES_READ, now=NOW, **how)


async def said(session: AsyncSession) -> str:
    found = await listing(session, LISTING)
    assert found is not None
    return str(found.body["phones"][0]["number"])


async def test_a_draft_and_a_review_change_nothing_until_somebody_else_publishes(
    session: AsyncSession,
) -> None:
    async with session.begin():
        number = await in_review(session, await corrected(session))
    assert await said(session) == "2510-4300"
    await session.commit()
    async with session.begin():
        await publish(session, number)
    assert await said(session) == "2510-4301"


async def test_who_wrote_a_version_does_not_publish_it_unless_alone_and_it_is_written_down(
    session: AsyncSession,
) -> None:
    number = await in_review(session, await corrected(session))
    with pytest.raises(OwnWorkError):
        await publish(session, number, actor=EDITOR)
    await publish(session, number, actor=EDITOR, alone=True)
    assert (await audit.entries(session, limit=1))[0].action == "publish alone"


async def test_a_version_made_from_an_older_one_than_is_published_is_refused(
    session: AsyncSession,
) -> None:
    slow = await in_review(session, await corrected(session, "111 1111"))
    quick = await in_review(session, await corrected(session, "222 2222"), author="Carla")
    await publish(session, quick)
    with pytest.raises(StaleError):
        await publish(session, slow)
    assert await said(session) == "222 2222"


async def test_an_older_version_comes_back_as_a_new_draft_even_that_of_the_pack(
    session: AsyncSession,
) -> None:
    await publish(session, await in_review(session, await corrected(session)))
    versions = await revisions.history(session, Part.SERVICES, LISTING)
    assert [(one.author, one.state) for one in versions] == [
        (EDITOR, State.PUBLISHED),
        ("pack", State.SUPERSEDED),
    ]
    back = await revisions.restore(
        session, versions[1].id, author=EDITOR, reason="it was right", now=NOW
    )
    await revisions.submit(session, back.id, actor=EDITOR, now=NOW)
    await publish(session, back.id)
    assert await said(session) == "2510-4300"


async def test_what_is_retired_is_said_no_more_and_can_be_restored(session: AsyncSession) -> None:
    await revisions.retire(
        session, part=Part.SERVICES, entry=LISTING, actor=REVIEWER, reason="closed", now=NOW
    )
    assert await listing(session, LISTING) is None
    [loaded] = await revisions.history(session, Part.SERVICES, LISTING)
    assert loaded.state == State.RETIRED
    back = await revisions.restore(session, loaded.id, author=EDITOR, reason="open again", now=NOW)
    await revisions.submit(session, back.id, actor=EDITOR, now=NOW)
    await publish(session, back.id)
    assert await said(session) == "2510-4300"


async def test_a_countrys_emergency_line_is_never_retired_nor_emptied(
    session: AsyncSession,
) -> None:
    lines = {line["id"]: line for line in await helplines_of(session, "SV")}
    emergency = next(
        one
        for one in lines.values()
        if "emergency_any" in one["purpose"] or "police" in one["purpose"]
    )
    with pytest.raises(NeededError):
        await revisions.retire(
            session, part=Part.HELPLINES, entry=emergency["id"], actor=REVIEWER,
            reason="old", now=NOW,
        )  # fmt: skip
    with pytest.raises(NeededError):
        await revisions.publish_now(
            session, part=Part.HELPLINES, entry=emergency["id"], country="SV",
            body={**emergency, "numbers": []}, actor=REVIEWER, reason="old",
            origin=Origin.CONSOLE, places=PLACES_READ, now=NOW,
        )  # fmt: skip


async def test_a_fault_in_a_body_is_told_by_its_field_and_nothing_is_kept(
    session: AsyncSession,
) -> None:
    body = await body_of(session, Part.SERVICES, LISTING)
    with pytest.raises(BodyError) as refused:
        await drafted(session, {**body, "kinds": ["surgery"], "phones": [{"number": ""}]})
    assert {fault.field for fault in refused.value.faults} == {"kinds.0", "phones.0.number"}
    with pytest.raises(BodyError) as refused:
        await drafted(session, {**body, "phones": [{"number": "1", "e164": "+5031"}]})
    assert [fault.field for fault in refused.value.faults] == ["phones"]
    assert await revisions.history(session, Part.SERVICES, LISTING) == []


async def test_a_draft_is_changed_by_its_author_only_and_not_after_it_was_decided(
    session: AsyncSession,
) -> None:
    number = await in_review(session, await corrected(session))
    body = await corrected(session, "333 3333")
    with pytest.raises(RevisionError):
        await revisions.edit(session, number, body=body, reason="mine", author=REVIEWER, now=NOW)
    await revisions.edit(session, number, body=body, reason="better", author=EDITOR, now=NOW)
    with pytest.raises(RevisionError):
        await publish(session, number)
    await revisions.submit(session, number, actor=EDITOR, now=NOW)
    await revisions.reject(session, number, actor=REVIEWER, decision="call again", now=NOW)
    with pytest.raises(RevisionError):
        await revisions.edit(session, number, body=body, reason="x", author=EDITOR, now=NOW)


async def test_a_shelters_street_is_kept_in_no_version(session: AsyncSession) -> None:
    body = await body_of(session, Part.SERVICES, LISTING)
    hidden = {**body, "kinds": ["protection_shelter"], "protection": True}
    with pytest.raises(BodyError):
        await drafted(session, hidden)  # its address stands in it
    number = await drafted(session, {**hidden, "addresses": [], "note": "behind the park"})
    [made] = [
        one for one in await revisions.history(session, Part.SERVICES, LISTING) if one.id == number
    ]
    assert "park" not in str(made.body)
    assert "29 Av" not in str(made.body)


async def test_a_new_entry_gets_the_next_id_and_needs_a_pack_of_its_country(
    session: AsyncSession,
) -> None:
    entry = await next_entry(session, Part.RIGHTS, "SV")
    facts = await rights_of(session, "SV")
    assert entry not in {fact["id"] for fact in facts}
    body = {**facts[0], "id": entry}
    how = {"actor": REVIEWER, "reason": "new", "origin": Origin.CONSOLE, "now": NOW}
    await revisions.publish_now(
        session, part=Part.RIGHTS, entry=entry, country="SV", body=body, places=PLACES_READ, **how
    )
    assert (await rights_of(session, "SV"))[-1]["id"] == entry
    drafted = await next_entry(session, Part.RIGHTS, "SV")
    await revisions.draft(
        session, part=Part.RIGHTS, entry=drafted, country="SV", body={**body, "id": drafted},
        author=EDITOR, reason="new", now=NOW,
    )  # fmt: skip
    assert await next_entry(session, Part.RIGHTS, "SV") > drafted > entry
    with pytest.raises(UnknownCountryError):
        await revisions.publish_now(
            session, part=Part.RIGHTS, entry="zz-r01", country="ZZ", body={**body, "id": "zz-r01"},
            places=PLACES_READ, **how,
        )  # fmt: skip


async def test_what_waits_longest_for_a_review_comes_first(session: AsyncSession) -> None:
    later = await drafted(session, await corrected(session, "444 4444"))
    sooner = await drafted(session, await corrected(session, "555 5555"))
    await revisions.submit(session, sooner, actor=EDITOR, now=NOW)
    await revisions.submit(session, later, actor=EDITOR, now=NOW + timedelta(hours=1))
    assert [one.id for one in await revisions.waiting(session)] == [sooner, later]


async def test_every_step_is_in_the_audit_with_what_was_said_before_and_after(
    session: AsyncSession,
) -> None:
    before = await body_of(session, Part.SERVICES, LISTING)
    after = await corrected(session)
    await publish(session, await in_review(session, after))
    steps = await audit.entries(session, part=Part.SERVICES, entry=LISTING)
    assert [(one.actor, one.action) for one in steps] == [
        (REVIEWER, "publish"),
        (EDITOR, "submit"),
        (EDITOR, "draft"),
    ]
    assert (steps[0].before, steps[0].after, steps[0].reason) == (before, after, "called them")
    found = await get(session, Part.SERVICES, LISTING)
    assert found is not None
    assert found.revision == (await revisions.history(session, Part.SERVICES, LISTING))[0].id


async def test_a_place_that_becomes_hidden_is_told_by_no_older_version_nor_by_the_audit(
    session: AsyncSession,
) -> None:
    await publish(session, await in_review(session, await corrected(session)))
    body = await corrected(session)
    hidden = {**body, "kinds": ["protection_shelter"], "protection": True, "addresses": []}
    hidden |= {"description": None, "how_to_access": None, "note": None}
    await publish(session, await in_review(session, hidden, author="Carla"))
    told = [one.body for one in await revisions.history(session, Part.SERVICES, LISTING)]
    told += [[one.before, one.after] for one in await audit.entries(session, entry=LISTING)]  # type: ignore[misc]  # two kinds of rows
    assert len(told) > 5
    assert [one for one in told if "29 Av" in str(one)] == []
    assert await audit.verify(session) is None
