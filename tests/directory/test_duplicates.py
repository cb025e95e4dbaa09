"""Listings that stand there twice are found by what they share, and made one."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from editing import NOW, body_of, editing
from sheets_of import TOWNS
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, different, duplicates, published, revisions
from directory.bulk import Item, publish_many
from directory.likeness import keys_of, likeness, pairs_by_key, traits_of
from directory.parts import Origin, Part
from directory.refusals import RevisionError


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


async def add(session: AsyncSession, entry: str, body: dict[str, Any]) -> None:
    await publish_many(
        session, [Item(entry, "SV", {**body, "id": entry})], actor="Ana", reason="seen twice",
        origin=Origin.CONSOLE, places=TOWNS, now=NOW,
    )  # fmt: skip


def made(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "kinds": ["food"], "protection": False, "places": [{"city": "San Salvador"}],
        **more,
    }  # fmt: skip


def score(left: dict[str, Any], right: dict[str, Any]) -> int:
    return likeness(traits_of("a", "SV", left), traits_of("b", "SV", right)).score


def test_the_same_number_written_in_two_ways_is_one_number() -> None:
    left = made("Casa de la Mujer", phones=[{"number": "2222-0001"}])
    right = made("Casa Mujer", phones=[{"number": "x", "e164": "+50322220001"}])
    other = made("Casa Mujer", phones=[{"number": "2222-0002"}])
    assert score(left, right) >= 60
    assert score(left, other) < score(left, right)


def test_a_name_with_another_number_or_in_another_town_is_another_place() -> None:
    assert score(made("Unidad de Salud 3"), made("Unidad de Salud 13")) < 60
    elsewhere = made("Unidad de Salud", places=[{"city": "Santa Ana"}])
    assert score(made("Unidad de Salud"), elsewhere) < 60
    assert score(made("Unidad de salud"), made("UNIDAD DE SALUD")) >= 60


def test_a_place_that_is_kept_secret_is_only_like_others_that_are() -> None:
    phones = [{"number": "2222-0001"}]
    house = made("Casa", kinds=["protection_shelter"], protection=True, phones=phones)
    open_ = made("Casa", kinds=["protection_shelter", "food"], phones=phones)
    assert score(house, {**open_, "kinds": ["food"]}) == 0
    assert score(house, house) >= 60
    assert not set(keys_of(traits_of("a", "SV", house))) & set(
        keys_of(traits_of("b", "SV", made("Casa", phones=phones)))
    )


def test_what_everybody_shares_costs_nothing() -> None:
    crowd = [traits_of(str(n), "SV", made("Unidad de Salud")) for n in range(3000)]
    began = time.monotonic()
    assert list(pairs_by_key([crowd])) == []
    assert time.monotonic() - began < 1


async def test_a_listing_entered_twice_is_found(session: AsyncSession) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
        await add(session, "sv-s900", {**body, "name": body["name"].upper()})
        pairs = await duplicates.find(session, "SV")
        assert ("sv-s01", "sv-s900") in {(pair.left, pair.right) for pair in pairs}
        assert pairs[0].score >= pairs[-1].score
        assert len(pairs) < 10
        assert await duplicates.find(session, "AT") == []


async def test_merging_keeps_one_retires_the_other_and_can_be_undone(
    session: AsyncSession,
) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
        await add(session, "sv-s900", {**body, "phones": [{"number": "2222-1111"}], "note": "n"})
    async with session.begin():
        await duplicates.merge(
            session, "sv-s01", "sv-s900", ["phones"], actor="Berta", reason="one place",
            places=TOWNS, now=NOW,
        )  # fmt: skip
    async with session.begin():
        kept = await body_of(session, Part.SERVICES, "sv-s01")
        assert kept == {**body, "phones": [{"number": "2222-1111"}]}
        dropped = await published.get(session, Part.SERVICES, "sv-s900")
        assert dropped is not None
        assert (dropped.is_retired, dropped.body["superseded_by"]) == (True, "sv-s01")
        for entry in ("sv-s01", "sv-s900"):
            done = await audit.entries(session, part=Part.SERVICES, entry=entry)
            assert "merge" in {row.action for row in done}
            assert len(await revisions.history(session, Part.SERVICES, entry)) == 2
        older = (await revisions.history(session, Part.SERVICES, "sv-s900"))[-1]
        back = await revisions.restore(session, older.id, author="Ana", reason="two", now=NOW)
        await revisions.submit(session, back.id, actor="Ana", now=NOW)
        await revisions.publish(session, back.id, actor="Berta", places=TOWNS, now=NOW)
        again = await published.get(session, Part.SERVICES, "sv-s900")
        assert again is not None
        assert (again.is_retired, again.body.get("superseded_by")) == (False, None)


async def test_two_different_ones_are_not_offered_again_until_that_is_taken_back(
    session: AsyncSession,
) -> None:
    pair = ("sv-s01", "sv-s900")
    how = {"actor": "Berta", "now": NOW}

    async def offered() -> bool:
        return pair in {(one.left, one.right) for one in await duplicates.find(session, "SV")}

    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
        await add(session, "sv-s900", body)
        assert await offered()
        assert await different.say_different(session, *reversed(pair), reason="two floors", **how)
        assert not await different.say_different(session, *pair, reason="again", **how)
        assert not await offered()
        said = await different.said_of(session, *pair)
        assert said is not None
        assert (said.said_by, said.said_at, said.reason) == ("Berta", NOW, "two floors")
        for entry, other in (pair, pair[::-1]):
            row = (await audit.entries(session, part=Part.SERVICES, entry=entry))[0]
            assert (row.action, row.after, row.reason) == (
                "different",
                {"with": other},
                "two floors",
            )
    async with session.begin():
        await add(session, "sv-s900", {**body, "note": "changed since"})
        assert not await offered()
        assert await different.take_back(session, *pair, reason="one door", **how)
        assert not await different.take_back(session, *pair, reason="one door", **how)
        assert await offered()


@pytest.mark.parametrize(("keep", "drop"), [("sv-s01", "sv-s01"), ("sv-s01", "sv-s999")])
async def test_what_cannot_be_made_one_is_refused(
    session: AsyncSession, keep: str, drop: str
) -> None:
    async with session.begin():
        with pytest.raises(RevisionError):
            await duplicates.merge(
                session, keep, drop, [], actor="Ana", reason="x", places=TOWNS, now=NOW
            )


async def test_a_secret_place_is_never_made_one_with_an_open_one(session: AsyncSession) -> None:
    async with session.begin():
        every = await published.all_of(session, Part.SERVICES)
        house = next(one.entry for one in every if one.body["protection"])
        with pytest.raises(RevisionError):
            await duplicates.merge(
                session, "sv-s01", house, [], actor="Ana", reason="x", places=TOWNS, now=NOW
            )
