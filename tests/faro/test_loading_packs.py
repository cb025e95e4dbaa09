"""`faro load` is all or nothing, repeatable, and says what it changed."""

from __future__ import annotations

import gc
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.models import ServiceRow
from directory.pack_files import PackFiles, read_pack
from directory.queries import countries, helplines_of
from faro import places
from faro.loading import load, outdated
from faro.root import PACKS, PLACES, ROOT

# The gazetteer's connection is closed when it is collected, which Python remarks on.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module", autouse=True)
def _places() -> None:
    if not PLACES.exists():
        places.build(PLACES, PACKS, ROOT / "data" / "places")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()  # here, where the remark is expected, and not in another test


@pytest.fixture
def folder(tmp_path) -> Path:
    packs = tmp_path / "packs"
    for name in ("schema", "SV", "BZ"):
        shutil.copytree(PACKS / name, packs / name)
    return packs


def packs_in(folder: Path) -> list[PackFiles]:
    read = [read_pack(path)[0] for path in sorted(folder.iterdir()) if path.name != "schema"]
    return [pack for pack in read if pack is not None]


async def numbers(url: str, country: str) -> list[str]:
    engine = async_engine(url)
    async with AsyncSession(engine) as session:
        lines = await helplines_of(session, country)
    await engine.dispose()
    return [number["number"] for line in lines for number in line["numbers"]]


async def test_an_empty_database_gets_every_pack_and_a_second_load_changes_nothing(
    database_url, folder
):
    assert await outdated(database_url, folder)
    changes = await load(database_url, packs_in(folder), PLACES)
    assert [(change.country, change.what) for change in changes] == [("BZ", "new"), ("SV", "new")]
    assert not await outdated(database_url, folder)
    assert await load(database_url, packs_in(folder), PLACES) == []


async def test_a_corrected_number_is_told_and_said_from_then_on(database_url, folder):
    await load(database_url, packs_in(folder), PLACES)
    path = folder / "SV" / "helplines.yml"
    text = path.read_text(encoding="utf-8")
    old = (await numbers(database_url, "SV"))[0]
    path.write_text(
        re.sub(rf"number: [\"']?{re.escape(old)}[\"']?", 'number: "2299-0000"', text, count=1),
        "utf-8",
    )
    assert await outdated(database_url, folder)
    (change,) = await load(database_url, packs_in(folder), PLACES)
    assert str(change).startswith("SV: sv-h")
    assert "numbers" in change.fields
    assert "2299-0000" in await numbers(database_url, "SV")


async def test_a_pack_that_is_gone_is_removed(database_url, folder):
    await load(database_url, packs_in(folder), PLACES)
    shutil.rmtree(folder / "BZ")
    (change,) = await load(database_url, packs_in(folder), PLACES)
    assert (change.country, change.what) == ("BZ", "gone")


async def test_when_one_pack_cannot_be_stored_none_is(database_url, folder):
    packs = packs_in(folder)
    packs[1].part("rights")[0]["id"] = "x" * 100  # longer than its column
    with pytest.raises(SQLAlchemyError):
        await load(database_url, packs, PLACES)
    engine = async_engine(database_url)
    async with AsyncSession(engine) as session:
        assert await countries(session) == []
    await engine.dispose()


async def test_what_an_operator_changed_is_kept_and_told(database_url, folder):
    await load(database_url, packs_in(folder), PLACES)
    engine = async_engine(database_url)
    async with AsyncSession(engine) as session, session.begin():
        row = await session.get_one(ServiceRow, "sv-s01")
        row.body, row.origin = {**row.body, "note": "called"}, "console"
    await engine.dispose()
    services = folder / "SV" / "services.yml"
    text = services.read_text("utf-8").replace("2510-4300", "2510-4301", 1)
    services.write_text(text, encoding="utf-8")
    told = [str(change) for change in await load(database_url, packs_in(folder), PLACES)]
    assert told == ["SV: sv-s01 kept"]
