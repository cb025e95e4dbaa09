"""Packs come into the tables all together or not at all, and twice is the same as once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from saying import PACKS, Speech, has_message, load, packs, speech
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from directory.migrate import config, upgrade
from directory.pack_files import PackFiles, read_pack
from directory.pack_lint import lint_pack

TABLES = ["pack", "rights_fact", "helpline", "service", "service_place"]
COUNTED = [*TABLES, "search_place", "hsds.service"]


def counts(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        found = {}
        for table in COUNTED:
            row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608
            assert row is not None
            found[table] = int(row[0])
        return found


def read(folder: Path) -> PackFiles:
    pack, faults = read_pack(folder)
    assert pack is not None
    assert not [str(fault) for fault in (*faults, *lint_pack(pack, has_message))]
    return pack


@pytest.fixture
def greece(tmp_path: Path) -> Iterator[Path]:
    """A copy of one pack that a test may edit."""
    shutil.copytree(PACKS / "schema", tmp_path / "schema")
    shutil.copytree(PACKS / "GR", tmp_path / "GR")
    return tmp_path / "GR"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_a_second_load_changes_nothing(database_url: str) -> None:
    first = await load(database_url, packs())
    before = counts(database_url)
    second = await load(database_url, packs())
    assert (first.rights, first.helplines, first.services) == (229, 226, 402)
    assert len(first.changed) == 19
    assert second.changed == ()
    assert counts(database_url) == before
    assert before["rights_fact"] == 229


async def test_only_what_changed_is_replaced(database_url: str, greece: Path) -> None:
    await load(database_url, packs())
    edit(greece / "helplines.yml", "'15900'", "'15901'")
    others = [pack for pack in packs() if pack.country != "GR"]
    loaded = await load(database_url, [*others, read(greece)])
    assert loaded.changed == ("GR",)
    assert counts(database_url)["helpline"] == 226


async def test_a_listing_that_leaves_its_pack_leaves_search_and_hsds_and_the_others_stay(
    database_url: str,
) -> None:
    await load(database_url, packs())
    before = counts(database_url)
    greece = next(pack for pack in packs() if pack.country == "GR")
    services = greece.part("services")
    left = replace(greece.documents["services"], data=services[1:])
    shorter = PackFiles("GR", {**greece.documents, "services": left}, "shorter")
    others = [pack for pack in packs() if pack.country != "GR"]
    await load(database_url, [*others, shorter])
    after = counts(database_url)
    for table in ("service", "hsds.service"):
        assert after[table] == before[table] - 1
    with psycopg.connect(database_url) as connection:
        found = connection.execute("SELECT DISTINCT service FROM search_place WHERE country = 'GR'")
        indexed = {row[0] for row in found}
    assert indexed == {one["id"] for one in services[1:] if one["confidence"] != "low"}


async def test_a_country_without_a_pack_any_more_goes(database_url: str) -> None:
    await load(database_url, packs())
    loaded = await load(database_url, packs()[:3])
    assert len(loaded.changed) == 16
    assert counts(database_url)["pack"] == 3
    assert counts(database_url)["service"] < 402


async def test_a_load_that_fails_leaves_everything_as_it_was(
    database_url: str, greece: Path
) -> None:
    await load(database_url, packs())
    before = counts(database_url)
    edit(greece / "helplines.yml", "'15900'", "'15901'")
    other = next(pack for pack in packs() if pack.country == "CY")
    # The same ids in two packs: the second cannot be stored.
    documents = {**other.documents, "helplines": read(greece).documents["helplines"]}
    clash = PackFiles("CY", documents, "other")
    rest = [pack for pack in packs() if pack.country not in ("GR", "CY")]
    with pytest.raises(SQLAlchemyError):
        await load(database_url, [*rest, read(greece), clash])
    assert counts(database_url) == before
    async with speech(database_url) as said:
        told = await said.text("danger.gbv_partner_violence", country="GR", urgency="careful")
    assert "15900" in told


async def test_a_changed_number_is_said_by_the_very_next_answer(
    database_url: str, greece: Path
) -> None:
    await load(database_url, [read(greece)])
    async with speech(database_url) as said:
        assert "15900" in await asked(said)
        edit(greece / "helplines.yml", "'15900'", "'15999'")
        await load(database_url, [read(greece)])
        told = await asked(said)
        assert ": 15999, " in told
        assert ": 15900, " not in told


async def asked(said: Speech) -> str:
    return await said.text("danger.gbv_partner_violence", "es", country="GR", urgency="careful")


def tables_of(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {str(name) for (name,) in rows}


def test_the_schema_goes_up_twice_and_down_again(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    assert set(TABLES) <= tables_of(empty_database_url)
    url = make_url(empty_database_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    engine.dispose()
    assert not set(TABLES) & tables_of(empty_database_url)
    upgrade(empty_database_url)
    assert set(TABLES) <= tables_of(empty_database_url)
