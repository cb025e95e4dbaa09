"""A place that must not be found any more is told by nothing that was kept of it before."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from editing import EDITOR, NOW, REVIEWER, body_of, editing, pack_of
from saying import PLACES
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from console import comments
from console.migrate import upgrade as upgrade_console
from directory import audit, published, revisions
from directory.audit_chain import WITHHELD_WORDS
from directory.different import said_of, say_different
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.pack_files import PackFiles
from directory.parts import Origin, Part

PLACES_READ = Gazetteer(PLACES)
LISTING, OTHER = "sv-s01", "sv-s02"
STREET, DOOR = "29 Av", {"latitude": 13.7123, "longitude": -89.2123}
TELLING = (STREET, "13.7123", "blue gate")
CITY = "Ahuachap"  # others are there, too
ALL_TABLES = text("""
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema !~ '^(pg_|information)'
""")
HOW: dict[str, Any] = {
    "part": Part.SERVICES, "entry": LISTING, "country": "SV", "actor": REVIEWER,
    "origin": Origin.CONSOLE, "places": PLACES_READ, "now": NOW,
}  # fmt: skip


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


def hidden(body: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in body.items() if name != "point"}
    kept |= {"kinds": ["protection_shelter"], "protection": True, "addresses": []}
    return kept | dict.fromkeys(("description", "how_to_access", "note"))


def hiding(pack: PackFiles) -> PackFiles:
    """The pack with a listing that must not be found from now on."""
    services = [
        hidden(one) if one["id"] == LISTING else one for one in copy.deepcopy(pack.part("services"))
    ]
    document = replace(pack.documents["services"], data=services)
    return PackFiles(pack.country, {**pack.documents, "services": document}, "newer")


async def rows_that_tell(session: AsyncSession) -> list[str]:
    """What any table says of the place, but for rows about other places only."""
    found = []
    for schema, table in (await session.execute(ALL_TABLES)).all():
        rows = await session.scalars(text(f'SELECT t::text FROM {schema}."{table}" t'))  # noqa: S608 -- names of ours
        for row in rows:
            words = (*TELLING, CITY) if LISTING in row else TELLING
            found += [f"{table}: {word}" for word in words if word in row]
    return found


async def found_by_everybody(session: AsyncSession) -> dict[str, Any]:
    """A listing with its door, its street and other words in all that is kept of it."""
    body = await body_of(session, Part.SERVICES, LISTING)
    body |= {"point": DOOR, "note": "the blue gate"}
    body["places"] = [{"city": "Ahuachapán", "region": "San Salvador"}]
    await revisions.publish_now(session, body=body, reason="moved to 29 Av", **HOW)
    refused = await revisions.draft(
        session, part=Part.SERVICES, entry=LISTING, country="SV", author=EDITOR, now=NOW,
        body={**body, "phones": [{"number": "2510-4301"}]}, reason="called them",
    )  # fmt: skip
    await revisions.submit(session, refused.id, actor=EDITOR, now=NOW)
    words = "no, that is the number of 29 Av"
    await revisions.reject(session, refused.id, actor=REVIEWER, decision=words, now=NOW)
    words = "only one is at 29 Av"
    await say_different(session, OTHER, LISTING, actor=EDITOR, reason=words, now=NOW)
    await comments.comment(
        session, part=Part.SERVICES, entry=LISTING, author=EDITOR, text="blue gate?", now=NOW
    )
    return body


async def test_versions_audit_search_comments_and_reasons_tell_nothing_of_it(
    session: AsyncSession, database_url: str
) -> None:
    upgrade_console(database_url)
    async with session.begin():
        body = await found_by_everybody(session)
    assert {one.split(":")[0] for one in await rows_that_tell(session)} >= {
        *("service", "revision", "audit", "search_spot", "different", "comment", "location"),
    }
    await session.rollback()
    async with session.begin():
        await revisions.publish_now(session, body=hidden(body), reason="now a shelter", **HOW)
    assert await rows_that_tell(session) == []
    assert await audit.verify(session) is None
    last = (await audit.entries(session, entry=LISTING, limit=1))[0]
    assert (last.action, last.reason) == ("publish", "now a shelter")
    kept = await said_of(session, LISTING, OTHER)
    assert kept is not None
    assert (kept.said_by, kept.reason) == (EDITOR, WITHHELD_WORDS)


async def test_reasons_that_are_written_after_it_was_hidden_stay(session: AsyncSession) -> None:
    body = hidden(await body_of(session, Part.SERVICES, LISTING))
    for day, reason in enumerate(("now a shelter", "they answer at night", "checked")):
        body["verified"] = (NOW + timedelta(days=day)).date().isoformat()
        await revisions.publish_now(session, body=body, reason=reason, **HOW)
    told = [one.reason for one in await audit.entries(session, entry=LISTING)]
    assert told[::2] == ["checked", "they answer at night", "now a shelter"]


async def test_an_older_version_comes_back_hidden(session: AsyncSession) -> None:
    body = hidden(await body_of(session, Part.SERVICES, LISTING))
    await revisions.publish_now(session, body=body, reason="now a shelter", **HOW)
    oldest = (await revisions.history(session, Part.SERVICES, LISTING))[-1]
    back = await revisions.restore(session, oldest.id, author=EDITOR, reason="test", now=NOW)
    assert back.body["protection"]
    assert "counselling" in back.body["kinds"]
    assert STREET not in str(back.body)


async def test_a_pack_that_hides_a_place_hides_what_was_kept_of_it(session: AsyncSession) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, LISTING)
        await revisions.draft(
            session, part=Part.SERVICES, entry=LISTING, country="SV", author=EDITOR, now=NOW,
            body={**body, "phones": [{"number": "2510-4301"}]}, reason="called them",
        )  # fmt: skip
    assert await rows_that_tell(session) != []
    await session.rollback()
    async with session.begin():
        await load_packs(session, [hiding(pack_of("SV"))], PLACES_READ)
    assert await rows_that_tell(session) == []


@pytest.mark.parametrize("retired", [False, True])
async def test_a_pack_hides_what_operators_corrected_or_retired_and_the_correction_stays(
    session: AsyncSession, retired: bool
) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, LISTING)
        body["phones"] = [{"number": "2510-4301"}]
        await revisions.publish_now(session, body=body, reason="moved to 29 Av", **HOW)
        if retired:
            await revisions.retire(
                session, part=Part.SERVICES, entry=LISTING, actor=REVIEWER, reason="-", now=NOW
            )
    async with session.begin():
        await load_packs(session, [hiding(pack_of("SV"))], PLACES_READ)
    assert await rows_that_tell(session) == []
    one = await published.get(session, Part.SERVICES, LISTING)
    assert one is not None
    assert (one.is_retired, one.body["phones"]) == (retired, [{"number": "2510-4301"}])
    assert await audit.verify(session) is None


async def test_a_place_that_operators_opened_stays_open_though_its_pack_hides_it(
    session: AsyncSession,
) -> None:
    async with session.begin():
        loaded = await body_of(session, Part.SERVICES, LISTING)
        await load_packs(session, [hiding(pack_of("SV"))], PLACES_READ)
    async with session.begin():
        await revisions.publish_now(session, body=loaded, reason="an office for all", **HOW)
    changed = replace(hiding(pack_of("SV")), digest="newest")
    async with session.begin():
        await load_packs(session, [changed], PLACES_READ)
    assert STREET in str((await body_of(session, Part.SERVICES, LISTING))["addresses"])
