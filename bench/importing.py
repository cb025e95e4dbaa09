"""A sheet of 100,000 new listings, looked at and imported. Five minutes at most.

    .venv/bin/python bench/importing.py             # writes results/importing.json
    .venv/bin/python bench/importing.py --rows 5000 # a first look; prints only

The listings are drawn from those of the packs, in cities of their countries, each with a name and a
number of its own. The database is PostgreSQL as it is set up in production, on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped, unused-ignore]  # psutil ships no types
import psycopg
from machine import describe
from search_listings import TODAY, cities, listings, packs
from side import ROOT
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.import_carrying_out import By, carry_out
from directory.import_choices import Choice, Decision
from directory.import_report import Outcome
from directory.import_source import open_source
from directory.import_whole import WHOLE
from directory.importing import Rules, dry_run
from directory.load import load_packs
from directory.migrate import upgrade
from directory.parts import Part
from directory.sheets.write import Entry, write_book
from faro.postgres import Postgres
from faro.postgres_place import place_in
from faro.wordings import has_message_everywhere

RESULT = Path(__file__).with_name("results") / "importing.json"
ROWS = 100_000
LIMIT = 300.0  # seconds
_MEGABYTE = 1_000_000
# A sheet of 100,000 rows with all texts of the packs would be larger than 20 MB.
_LONG = frozenset({"id", "names", "description", "how_to_access", "note", "url"})
_WORDS = ("Casa", "Mesa", "Puente", "Camino", "Vecinas", "Norte", "Luz", "Raíz", "Amparo", "Paso")


def main() -> int:
    """Run the bench; return 1 where it took longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="faro-bench-") as folder:
        sheet = Path(folder) / "sheet.xlsx"
        countries = sorted(packs())
        tell(f"Writing a sheet of {rows} rows ...")
        write_book(
            sheet, {Part.SERVICES: _entries(rows)}, language="es", countries=countries,
            progress=_shown("written"),
        )  # fmt: skip
        server = Postgres(
            place_in(Path(tempfile.gettempdir()) / f"faro-bench-import-{os.geteuid()}")
        )
        server.start(tell)
        try:
            data = sheet.read_bytes()
            result = asyncio.run(_measure(_database(server), data, rows))
        finally:
            server.stop()
            shutil.rmtree(server.place.base, ignore_errors=True)
    print(json.dumps(result, indent=1, ensure_ascii=False))
    if rows == ROWS:
        RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0 if result["seconds"]["together"] <= LIMIT else 1


async def _measure(url: str, data: bytes, rows: int) -> dict[str, Any]:
    """Return times and memory of an import of a sheet into a directory that holds the packs."""
    upgrade(url)
    begin_load = describe()
    engine = async_engine(url)
    rules = Rules(has_message_everywhere(), TODAY)
    with closing(Gazetteer(ROOT / "var" / "places.sqlite")) as places, _watched() as memory:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async with session.begin():
                await load_packs(session, list(packs().values()), places)
            began, worked = time.monotonic(), time.process_time()
            async with session.begin():
                source = open_source(data, "sheet.xlsx", sorted(packs()), WHOLE)
                report = await dry_run(
                    session, source, rules=rules, progress=_shown("rows looked at")
                )
                looked = time.monotonic()
                tell(str({one.value: report.count(one) for one in Outcome}))
                choices = {row.place: Choice(Decision.NEW) for row in report.undecided}
                by = By("bench", "measured", datetime.now(UTC))
                await carry_out(
                    session, report, choices, by=by, places=places,
                    progress=lambda done, of: _shown(f"of {of} imported")(done),
                )  # fmt: skip
            ended, worked = time.monotonic(), time.process_time() - worked
    await engine.dispose()
    return {
        "rows": rows,
        "new": report.count(Outcome.NEW),
        "likely_there_already": len(report.undecided),
        "file_mb": round(len(data) / _MEGABYTE, 1),
        "seconds": {
            "dry_run": round(looked - began, 1),
            "carry_out": round(ended - looked, 1),
            "together": round(ended - began, 1),
            "of_one_core_without_the_server": round(worked, 1),
            "at_most": LIMIT,
        },
        "resident_mb": {"before": memory[0], "most": max(memory)},
        "machine": begin_load,
        "load_average_at_the_end": describe()["load_average"],
    }


def _entries(rows: int) -> Iterator[Entry]:
    known = packs()
    services = [one for pack in known.values() for one in pack.part("services")]
    templates = [one for one in services if not one["protection"]]
    dice = random.Random(6)  # noqa: S311 -- the same sheet each time, not a secret
    for number, (_, city, body) in enumerate(listings(rows, cities(sorted(known)), templates)):
        name = " ".join([*dice.sample(_WORDS, k=3), city.name, str(number)])
        own = {key: value for key, value in body.items() if key not in _LONG}
        own |= {"name": name, "phones": [{"number": f"+49 30 {number:08d}"}]}
        own["source"] = {"title": "Bench", "published": "2026"}
        yield Entry("", city.country, own)


def _database(server: Postgres) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return server.url("bench")


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Give the resident megabytes of this process, looked at twice a second."""
    process, stop = psutil.Process(), threading.Event()
    seen = [process.memory_info().rss // _MEGABYTE]

    def look() -> None:
        while not stop.wait(0.5):
            seen.append(process.memory_info().rss // _MEGABYTE)

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        yield seen
    finally:
        stop.set()
        watching.join()


def _shown(what: str) -> Callable[[int], None]:
    def show(number: int) -> None:
        if number % 10_000 == 0:
            tell(f"{number} {what} ...")

    return show


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
