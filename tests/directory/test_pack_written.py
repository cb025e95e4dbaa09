"""A pack written from the store says what the store says, and reads as packs are written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from editing import NOW, body_of, editing
from saying import PACKS, has_message, packs
from sheets_of import TOWNS, reading
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published, revisions
from directory.load import load_packs
from directory.models import PackRow
from directory.pack_files import PARTS, PackFiles, read_pack
from directory.pack_lint import lint_pack
from directory.pack_write import UnknownPackError, pack_texts, write_texts
from directory.parts import OF_A_PACK, Origin, Part


async def held(session: AsyncSession, country: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for part in OF_A_PACK:
        for one in await published.all_of(session, part, country=country):
            found[one.entry] = dict(one.body)
    return found


def read(folder: Path) -> PackFiles:
    pack, faults = read_pack(folder)
    assert pack is not None
    assert not [str(fault) for fault in (*faults, *lint_pack(pack, has_message))]
    return pack


def folder_for(country: str, tmp_path: Path) -> Path:
    shutil.copytree(PACKS / "schema", tmp_path / "schema")
    return tmp_path / country


@pytest.mark.parametrize("country", [pack.country for pack in packs()])
async def test_every_pack_written_over_itself_stays_as_it_is(packs_url: str, country: str) -> None:
    async with reading(packs_url) as session:
        over = next(pack for pack in packs() if pack.country == country)
        texts = await pack_texts(session, country, over)
    assert [
        name for name in PARTS if texts[name] != (PACKS / country / f"{name}.yml").read_text()
    ] == []


@pytest.mark.parametrize("country", ["SV", "ES", "AT", "US"])
async def test_a_pack_written_anew_loads_as_what_is_stored(
    packs_url: str, database_url: str, tmp_path: Path, country: str
) -> None:
    async with reading(packs_url) as session:
        wanted = await held(session, country)
        texts = await pack_texts(session, country)
    folder = folder_for(country, tmp_path)
    write_texts(folder, texts)
    written = read(folder)
    async with editing(database_url) as session, session.begin():
        await load_packs(session, [written], TOWNS)
        assert await held(session, country) == wanted
        row = await session.get_one(PackRow, country)
        old = next(pack for pack in packs() if pack.country == country)
        assert row.body == old.part("pack")
    longest = max(len(line) for text in texts.values() for line in text.splitlines())
    assert longest < 260
    assert "kinds: [" in texts["services"]


async def test_an_operators_change_is_in_the_pack_and_no_load_says_kept_then(
    database_url: str, tmp_path: Path
) -> None:
    async with editing(database_url, "SV") as session:
        async with session.begin():
            body = await body_of(session, Part.SERVICES, "sv-s01")
            await revisions.publish_now(
                session, part=Part.SERVICES, entry="sv-s01", country="SV",
                body={**body, "phones": [{"number": "2222-3333"}]}, actor="Ana", reason="called",
                origin=Origin.CONSOLE, places=TOWNS, now=NOW,
            )  # fmt: skip
            await revisions.retire(
                session, part=Part.SERVICES, entry="sv-s03", actor="Ana", reason="gone", now=NOW
            )
        over = next(pack for pack in packs() if pack.country == "SV")
        async with session.begin():
            texts = await pack_texts(session, "SV", over)
        folder = folder_for("SV", tmp_path)
        write_texts(folder, texts)
        old = (PACKS / "SV" / "services.yml").read_text().splitlines()
        new = texts["services"].splitlines()
        assert "    - {number: 2222-3333}" in new
        assert "- id: sv-s03" not in new
        assert len(set(new) - set(old)) < 5
        assert texts["rights"] == (PACKS / "SV" / "rights.yml").read_text()
        async with session.begin():
            loaded = await load_packs(session, [read(folder)], TOWNS)
            assert loaded.kept == ()


async def test_a_country_without_a_pack_is_told(packs_url: str) -> None:
    async with reading(packs_url) as session:
        with pytest.raises(UnknownPackError):
            await pack_texts(session, "XX")
