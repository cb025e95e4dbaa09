"""A Faro that starts loads what changed, and rather says old facts than none."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from faro import loading_changes
from faro.errors import FaroError
from faro.loading import is_empty, outdated
from faro.loading_changes import load_changed
from faro.root import PACKS, PLACES

# The gazetteer's connection is closed when it is collected, which Python remarks on.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(not PLACES.exists(), reason="var/places.sqlite is missing: make setup"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Iterator[Path]:
    packs = tmp_path / "packs"
    for name in ("schema", "BZ"):
        shutil.copytree(PACKS / name, packs / name)
    monkeypatch.setattr(loading_changes, "PACKS", packs)
    yield packs
    gc.collect()  # here, where the remark is expected, and not in another test


def spoil(folder: Path) -> None:
    with (folder / "BZ" / "rights.yml").open("a", encoding="utf-8") as file:
        file.write("\n- {id: bz-r99}\n")


async def test_what_is_missing_is_loaded_once(database_url, folder, capsys):
    await load_changed(database_url)
    assert "Loading the packs" in capsys.readouterr().err
    assert not await outdated(database_url, folder)
    await load_changed(database_url)
    assert capsys.readouterr().err == ""


async def test_with_faults_the_facts_loaded_before_stay(database_url, folder, capsys):
    await load_changed(database_url)
    spoil(folder)
    await load_changed(database_url)
    assert "what was loaded before stays" in capsys.readouterr().err
    assert not await is_empty(database_url)


async def test_with_faults_and_nothing_loaded_the_start_is_refused(database_url, folder):
    spoil(folder)
    with pytest.raises(FaroError, match="faro check"):
        await load_changed(database_url)
    assert await is_empty(database_url)
