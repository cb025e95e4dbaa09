"""``faro counts``: tells how well people are understood, in numbers only."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select

from delivery.database import open_engine
from delivery.tables import understood
from faro.interrupts import run
from faro.running import running_database

HIDDEN_BELOW = 5  # a smaller number could be one person
Row = tuple[date, str, str, str, int]


def command() -> None:
    """Print how often each intent was answered, unsure, not understood, chosen or corrected.

    One line of CSV a month, language, intent and outcome; numbers below 5 are shown as "<5".
    Many unsure or corrected turns of an intent say where messages to learn from are missing:
    write some with `faro teach`.
    """
    run(_counts())


async def _counts() -> int:
    async with running_database() as database_url:
        engine = open_engine(database_url)
        try:
            async with engine.connect() as connection:
                keys = (
                    understood.c.month,
                    understood.c.language,
                    understood.c.intent,
                    understood.c.outcome,
                )
                found = await connection.execute(select(*keys, understood.c.times).order_by(*keys))
                rows: list[Row] = [(*row,) for row in found]
        finally:
            await engine.dispose()
    csv.writer(sys.stdout).writerows(told(rows))
    return 0


def told(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table, its head first; small numbers are hidden."""
    yield ("month", "language", "intent", "outcome", "times")
    for month, language, intent, outcome, times in rows:
        shown = str(times) if times >= HIDDEN_BELOW else f"<{HIDDEN_BELOW}"
        yield (f"{month:%Y-%m}", language, intent, outcome, shown)
