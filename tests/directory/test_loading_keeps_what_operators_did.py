"""A new pack never takes back what an operator corrected or retired."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from editing import NOW, REVIEWER, body_of, editing, pack_of
from saying import PLACES
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, revisions
from directory.bulk import Item, publish_many
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.models import PackRow
from directory.pack_files import PackFiles
from directory.parts import Origin, Part
from directory.queries import helplines_of, listing

PLACES_READ = Gazetteer(PLACES)


def newer(pack: PackFiles, **notes: str) -> PackFiles:
    """A pack with another note for some of its services."""
    services = copy.deepcopy(pack.part("services"))
    for service in services:
        service["note"] = notes.get(service["id"].replace("-", "_"), service["note"])
    document = replace(pack.documents["services"], data=services)
    return PackFiles(pack.country, {**pack.documents, "services": document}, "newer")


async def correct(session: AsyncSession, entry: str) -> dict[str, Any]:
    body = await body_of(session, Part.SERVICES, entry)
    body["phones"] = [{"number": "2222-2222"}]
    await revisions.publish_now(
        session, part=Part.SERVICES, entry=entry, country="SV", body=body, actor=REVIEWER,
        reason="called", origin=Origin.CONSOLE, places=PLACES_READ, now=NOW,
    )  # fmt: skip
    return body


async def test_what_was_corrected_or_retired_stays_and_the_load_names_it(
    database_url: str,
) -> None:
    async with editing(database_url, "SV") as session:
        async with session.begin():
            body = await correct(session, "sv-s01")
            await revisions.retire(
                session, part=Part.SERVICES, entry="sv-s02", actor=REVIEWER, reason="-", now=NOW
            )
        changed = newer(pack_of("SV"), sv_s01="a", sv_s02="b", sv_s03="c")
        async with session.begin():
            loaded = await load_packs(session, [changed], PLACES_READ)
        assert loaded.kept == ("sv-s01", "sv-s02")
        ours, theirs = await listing(session, "sv-s01"), await listing(session, "sv-s03")
        assert ours is not None
        assert ours.body == body
        assert theirs is not None
        assert theirs.body["note"] == "c"
        assert await listing(session, "sv-s02") is None


async def test_a_country_without_a_pack_keeps_what_operators_publish_in_it(
    database_url: str,
) -> None:
    async with editing(database_url, "SV", "DE") as session:
        async with session.begin():
            await correct(session, "sv-s01")
        async with session.begin():
            loaded = await load_packs(session, [], PLACES_READ)
        assert loaded.changed == ("DE", "SV")
        assert list(await session.scalars(select(PackRow.country))) == ["SV"]
        assert await listing(session, "sv-s01") is not None
        assert await helplines_of(session, "SV") == []


async def test_many_listings_are_published_at_once_with_versions_and_progress(
    database_url: str,
) -> None:
    async with editing(database_url, "SV") as session:
        body = await body_of(session, Part.SERVICES, "sv-s01")
        items = [Item("sv-s01", "SV", body)] + [
            Item(f"sv-s{number}", "SV", {**body, "id": f"sv-s{number}"})
            for number in range(2000, 4100)
        ]
        items.append(
            Item("sv-s02", "SV", {**await body_of(session, Part.SERVICES, "sv-s02"), "note": "x"})
        )
        told: list[tuple[int, int]] = []
        await session.commit()
        async with session.begin():
            changed = await publish_many(
                session, items, actor=REVIEWER, reason="a sheet", origin=Origin.IMPORT,
                places=PLACES_READ, now=NOW, progress=lambda done, of: told.append((done, of)),
            )  # fmt: skip
        assert changed == 2101  # sv-s01 says what it said before
        assert told == [(1000, 2102), (2000, 2102), (2102, 2102)]
        assert await listing(session, "sv-s4099") is not None
        versions = await revisions.history(session, Part.SERVICES, "sv-s02")
        assert [(one.author, one.state) for one in versions] == [
            (REVIEWER, "published"),
            ("pack", "superseded"),
        ]


def pack_note(entry: str) -> str | None:
    return next(one["note"] for one in pack_of("SV").part("services") if one["id"] == entry)


async def offers(session: AsyncSession) -> dict[str, str | None]:
    """What packs offer: the note of each entry that waits for review."""
    return {one.entry: one.body["note"] for one in await revisions.waiting(session)}


async def test_what_a_pack_says_otherwise_waits_beside_what_operators_said(
    database_url: str,
) -> None:
    async with editing(database_url, "SV") as session:
        async with session.begin():
            await correct(session, "sv-s01")
            await correct(session, "sv-s02")
            await revisions.retire(
                session, part=Part.SERVICES, entry="sv-s02", actor=REVIEWER, reason="-", now=NOW
            )
            await correct(session, "sv-s03")
        changed = newer(pack_of("SV"), sv_s01="a", sv_s02="b")
        async with session.begin():
            await load_packs(session, [changed], PLACES_READ)
        assert await offers(session) == {"sv-s01": "a", "sv-s02": "b"}
        await session.commit()
        async with session.begin():  # operators go on meanwhile
            await correct(session, "sv-s01")
            body = {**await body_of(session, Part.SERVICES, "sv-s01"), "capacity": None}
            await revisions.publish_now(
                session, part=Part.SERVICES, entry="sv-s01", country="SV", body=body,
                actor=REVIEWER, reason="full", origin=Origin.CONSOLE, places=PLACES_READ, now=NOW,
            )  # fmt: skip
            for waiting in await revisions.waiting(session):
                await revisions.publish(
                    session, waiting.id, actor=REVIEWER, places=PLACES_READ, now=NOW
                )
        for entry, note in (("sv-s01", "a"), ("sv-s02", "b")):
            said = await listing(session, entry)
            assert said is not None
            assert said.body["note"] == note
            assert said.body["phones"] == [{"number": "2222-2222"}]  # the correction stays
        await session.commit()
        async with session.begin():
            await load_packs(
                session, [replace(newer(pack_of("SV"), sv_s01="c"), digest="newest")], PLACES_READ
            )
        assert await offers(session) == {"sv-s01": "c", "sv-s02": pack_note("sv-s02")}
        assert await audit.verify(session) is None


async def test_what_the_pack_says_as_a_whole_can_be_gone_back_to_and_is_its_own_again(
    database_url: str,
) -> None:
    async with editing(database_url, "SV") as session:
        async with session.begin():
            await correct(session, "sv-s01")
        async with session.begin():
            await load_packs(session, [newer(pack_of("SV"), sv_s01="a")], PLACES_READ)
        whole = next(
            one
            for one in await revisions.history(session, Part.SERVICES, "sv-s01")
            if one.origin == Origin.PACK and one.body["note"] == "a"
        )
        assert whole.body["phones"] != [{"number": "2222-2222"}]
        back = await revisions.restore(session, whole.id, author="Ana", reason="right", now=NOW)
        await revisions.submit(session, back.id, actor="Ana", now=NOW)
        await revisions.publish(session, back.id, actor=REVIEWER, places=PLACES_READ, now=NOW)
        assert await offers(session) == {}


async def test_an_offer_is_made_once_and_gives_way_to_that_of_the_next_pack(
    database_url: str,
) -> None:
    async with editing(database_url, "SV") as session:

        async def loading(digest: str, **notes: str) -> None:
            async with session.begin():
                pack = replace(newer(pack_of("SV"), **notes), digest=digest)
                await load_packs(session, [pack], PLACES_READ)

        async with session.begin():
            await correct(session, "sv-s01")
        await loading("1", sv_s01="a")
        [first] = await revisions.waiting(session)
        await revisions.reject(session, first.id, actor=REVIEWER, decision="no", now=NOW)
        await session.commit()
        await loading("2", sv_s01="a", sv_s03="x")
        assert await offers(session) == {}  # it was sent back
        await session.commit()
        await loading("3", sv_s01="b")
        await loading("4", sv_s01="c")
        await loading("5", sv_s01="c", sv_s03="y")  # nothing new of this one
        assert await offers(session) == {"sv-s01": "c"}
        taken = next(one for one in newer(pack_of("SV"), sv_s01="c").part("services"))
        await revisions.publish_now(
            session, part=Part.SERVICES, entry="sv-s01", country="SV", body=taken,
            actor=REVIEWER, reason="by hand", origin=Origin.CONSOLE, places=PLACES_READ, now=NOW,
        )  # fmt: skip
        assert await offers(session) == {}
