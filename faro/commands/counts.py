"""``faro counts``: tells how well people are understood, in numbers only."""

from __future__ import annotations

import csv
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import date
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.database import open_engine
from delivery.migrate import upgrade
from delivery.tables import gaps as missing
from delivery.tables import understood
from faro.interrupts import run
from faro.running import running_database

HIDDEN_BELOW = 5  # a smaller number could be one person
Row = tuple[date, str, str, str, int]


def command(
    *,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="What helpers say exists nowhere, instead.")
    ] = False,
) -> None:
    """Print how often each intent was answered, unsure, not understood, chosen or corrected.

    One line of CSV a month, language, intent and outcome; numbers below 5 are shown as "<5".
    Many unsure or corrected turns of an intent say where messages to learn from are missing:
    write some with `faro teach`.
    """
    run(_counts(_missing if gaps else _understood))


async def _counts(read: Callable[[AsyncConnection], Awaitable[list[tuple[str, ...]]]]) -> int:
    async with running_database() as database_url:
        upgrade(database_url)  # nobody may have started this Faro yet
        engine = open_engine(database_url)
        try:
            async with engine.connect() as connection:
                rows = await read(connection)
        finally:
            await engine.dispose()
    csv.writer(sys.stdout).writerows(rows)
    return 0


async def _understood(connection: AsyncConnection) -> list[tuple[str, ...]]:
    keys = (
        understood.c.month,
        understood.c.language,
        understood.c.intent,
        understood.c.outcome,
    )
    found = await connection.execute(select(*keys, understood.c.times).order_by(*keys))
    rows: list[Row] = [(*row,) for row in found]
    return list(told(rows))


async def _missing(connection: AsyncConnection) -> list[tuple[str, ...]]:
    month = func.date_trunc("month", missing.c.day)
    keys = (month, missing.c.country, missing.c.kind)
    found = await connection.execute(
        select(*keys, func.sum(missing.c.times)).group_by(*keys).order_by(*keys)
    )
    rows = [(f"{day:%Y-%m}", country, kind, shown(times)) for day, country, kind, times in found]
    return [("month", "country", "kind", "times"), *rows]


def told(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table, its head first; small numbers are hidden."""
    yield ("month", "language", "intent", "outcome", "times")
    for month, language, intent, outcome, times in rows:
        yield (f"{month:%Y-%m}", language, intent, outcome, shown(times))


def shown(times: int) -> str:
    """Return a number; a small one only as small."""
    return str(times) if times >= HIDDEN_BELOW else f"<{HIDDEN_BELOW}"
