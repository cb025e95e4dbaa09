"""Sheets for tests: what is published, written and read again, and one with mistakes."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from openpyxl import Workbook
from saying import PLACES, has_message
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.exporting import Format, countries, export
from directory.gazetteer import Gazetteer
from directory.import_report import Report
from directory.import_source import open_source
from directory.import_whole import WHOLE
from directory.importing import Rules, dry_run

TODAY = date(2026, 11, 24)
RULES = Rules(has_message, TODAY)
TOWNS = Gazetteer(PLACES)
NAMES: Mapping[Format, str] = {
    Format.XLSX: "sheet.xlsx",
    Format.CSV: "tables.zip",
    Format.HSDS_JSON: "services.json",
    Format.PACKS: "packs.zip",
}


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[AsyncSession]:
    """A session on a database that is only read."""
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session:
            yield session
    finally:
        await engine.dispose()


async def exported(
    session: AsyncSession, form: Format, language: str = "en", country: str | None = None
) -> bytes:
    target = io.BytesIO()
    await export(session, target, form, country=country, language=language, places=TOWNS)
    return target.getvalue()


async def looked_at(
    session: AsyncSession, data: bytes, name: str = "sheet.xlsx", rules: Rules = RULES
) -> Report:
    source = open_source(data, name, await countries(session), WHOLE)
    return await dry_run(session, source, rules=rules)


def row_of(number: int = 0, **cells: Any) -> dict[str, Any]:
    """A row that is right, but for what is given."""
    return {
        "country": "SV",
        "name": f"Comedor del barrio {number} {number * 7919 % 1000}",
        "organisation": "Vecinas",
        "kinds": "food",
        "audience": "any",
        "status": "any",
        "places": "San Salvador | San Salvador",
        "phones": f"22{number:06d}",
        "hours": "Mo-Fr 08:00-12:00",
        "confidence": "medium",
        "source.title": "Vecinas",
        **cells,
    }


def book(rows: Sequence[Mapping[str, Any]], sheet: str = "Listings") -> bytes:
    """A workbook with the headings that the rows have."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    headings = list(dict.fromkeys(key for row in rows for key in row))
    page.append(headings)
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()
