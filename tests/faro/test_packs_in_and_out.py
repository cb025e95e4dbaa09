"""``faro pack``, ``faro export`` and ``faro import`` on a database of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from saying import PACKS

from faro.postgres import Postgres
from faro.root import ROOT


def faro(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "-m", "faro", *arguments],
        capture_output=True, text=True, check=False, cwd="/", timeout=120,
        stdin=subprocess.DEVNULL, env={**environment, "HOME": os.environ.get("HOME", "/")},
    )  # fmt: skip


def test_a_pack_written_out_of_the_store_is_the_pack(packs_database: str, tmp_path: Path) -> None:
    told = faro(packs_database, "pack", "AT", "--output", str(tmp_path / "AT"))
    assert told.returncode == 0, told.stderr
    assert sorted(path.name for path in (tmp_path / "AT").iterdir()) == [
        "helplines.yml", "pack.yml", "rights.yml", "services.yml",
    ]  # fmt: skip
    again = faro(packs_database, "pack", "AT", "--output", str(tmp_path / "AT"))
    assert again.stdout == "nothing changed\n"
    assert (PACKS / "AT" / "services.yml").is_file()


def test_what_is_exported_and_imported_changes_nothing(packs_database: str, tmp_path: Path) -> None:
    file = tmp_path / "at.xlsx"
    told = faro(packs_database, "export", str(file), "--format", "xlsx", "--country", "AT")
    assert told.returncode == 0, told.stderr
    looked = faro(packs_database, "import", str(file), "--dry-run")
    assert looked.returncode == 0, looked.stderr
    assert "nothing to import: everything is as the file says" in looked.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("pack", "AT"), "Use either --output FOLDER or --write"),
        (("pack", "XX", "--output", "/tmp/never"), "Nothing is published of XX"),  # noqa: S108
        (("export", "a.xlsx", "--format", "csv"), "Name it a.zip"),
        (("import", str(PACKS / "without-town.yml"), "--yes"), "Give --actor NAME"),
        (("import", str(PACKS / "without-town.yml")), "Use --dry-run first"),
    ],
)
def test_a_mistake_says_what_to_do_next(
    packs_database: str, arguments: tuple[str, ...], says: str
) -> None:
    told = faro(packs_database, *arguments)
    assert told.returncode == 1
    assert says in told.stderr
    assert "Traceback" not in told.stderr


@pytest.fixture(scope="module")
def packs_database(postgres: Postgres) -> str:
    """The address of a database with every pack and every table."""

    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE in_and_out TEMPLATE template_faro")
    url = postgres.url("in_and_out")
    told = faro(url, "load")
    assert told.returncode == 0, told.stderr
    return url
