"""``faro retention``: tells how old the oldest row of each table is, and whether it may be."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from delivery.database import open_engine
from delivery.retention import Age, ages, key_age, late
from delivery.timing import Retention
from faro.errors import FaroError
from faro.interrupts import run
from faro.running import running_conversations

_LONGEST = 3650  # days


def command(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """Print for each table how long it is kept and how old the oldest row is, in hours.

    Leaves with 1 when something should have been deleted already: the sweep does not run.
    """
    run(_told(as_json=as_json))


async def _told(*, as_json: bool) -> int:
    async with running_conversations() as (url, keys_url):
        listed = await _listed(url, keys_url)
    for age in listed:
        print(json.dumps({**asdict(age), "overdue": age.overdue}) if as_json else _line(age))
    return 1 if late(listed) else 0


async def _listed(url: str, keys_url: str) -> list[Age]:
    engine, keys_engine = open_engine(url), open_engine(keys_url)
    try:
        async with engine.connect() as connection:
            listed = await ages(connection, Retention(idle_days=_idle_days()))
        return [*listed, await key_age(engine, keys_engine)]
    finally:
        await engine.dispose()
        await keys_engine.dispose()


def _line(age: Age) -> str:
    name = f"{age.table}.{age.part}" if age.part else age.table
    oldest = "-" if age.oldest is None else f"{age.oldest:.1f} h"
    limit = "-" if age.limit is None else f"{age.limit:.1f} h"
    mark = "  OVERDUE" if age.overdue else ""
    return f"{name:<32} oldest {oldest:>10}  at most {limit:>10}{mark}"


def _idle_days() -> float:
    value = os.environ.get("IDLE_DAYS", "").strip() or "30"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _LONGEST:
        raise FaroError("IDLE_DAYS is not a number of days", "Correct the setting")
    return float(value)
