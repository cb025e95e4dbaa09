"""Files of HSDS that know nothing of our profile: kept as they came, told by the API, not by chat."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from editing import editing
from sheets_of import TOWNS, exported, looked_at
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.exporting import Format
from directory.import_carrying_out import By, Carried, carry_out
from directory.import_report import Outcome
from directory.queries import services_for

SPECS = os.environ.get("FARO_SPECS")
EXAMPLES = Path(SPECS or "") / "hsds-3.0" / "examples"
needs_specs = pytest.mark.skipif(
    SPECS is None, reason="FARO_SPECS names no folder with HSDS: its examples are not imported"
)
BY = By("Berta", "the city's own list", datetime(2026, 11, 24, tzinfo=UTC))
PROGRAM = {"id": "9a1b6c3d-2e4f-4a5b-8c7d-1e2f3a4b5c33", "name": "Open doors", "description": "x"}
THEIRS = {
    "id": "0d4f5a0e-9d1c-4a39-8a0e-0e5c1f3b7a11",
    "name": "Community Counselling",
    "status": "active",
    "organization": {
        "id": "6f0b1f2a-3f5c-4b1e-9a63-9c1f0e2d4b22", "name": "The city", "description": "A city",
        "programs": [PROGRAM],
    },
    "program": PROGRAM,
    "phones": [{"id": "1b2c3d4e-5f60-4718-9a2b-3c4d5e6f7a44", "number": "+1 555 0100"}],
}  # fmt: skip


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV") as opened:
        yield opened


async def imported(session: AsyncSession, data: bytes, name: str) -> Carried:
    report = await looked_at(session, data, name)
    assert report.is_right, report.faults
    await session.rollback()
    async with session.begin():
        return await carry_out(session, report, {}, by=BY, places=TOWNS)


def services_in(data: bytes) -> dict[str, Any]:
    return {one["id"]: one for one in json.loads(data)}


async def test_a_service_without_our_terms_is_kept_as_it_came_and_told_by_no_answer(
    session: AsyncSession,
) -> None:
    data = json.dumps(THEIRS).encode()
    report = await looked_at(session, data, "theirs.json")
    assert [row.outcome for row in report.rows] == [Outcome.BESIDE]
    await session.rollback()
    before = len(await services_for(session, country="SV", kinds=[]))
    await session.rollback()
    assert await imported(session, data, "theirs.json") == Carried(1, 0)
    assert services_in(await exported(session, Format.HSDS_JSON))[THEIRS["id"]] == THEIRS
    assert len(await services_for(session, country="SV", kinds=[])) == before
    done = await audit.entries(session, entry=str(THEIRS["id"]))
    assert [(one.actor, one.action) for one in done] == [("Berta", "import beside")]


async def test_what_is_exported_with_it_and_imported_again_changes_nothing(
    session: AsyncSession,
) -> None:
    await imported(session, json.dumps(THEIRS).encode(), "theirs.json")
    for form, name in ((Format.HSDS_JSON, "all.json"), (Format.CSV, "all.zip")):
        report = await looked_at(session, await exported(session, form), name)
        assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, form
        assert report.changes_nothing


async def test_who_may_not_publish_puts_nothing_where_the_public_reads(
    session: AsyncSession,
) -> None:
    report = await looked_at(session, json.dumps(THEIRS).encode(), "theirs.json")
    await session.rollback()
    by = By("Ana", "x", BY.now, review=True)
    async with session.begin():
        assert await carry_out(session, report, {}, by=by, places=TOWNS) == Carried(0, 1)
    assert THEIRS["id"] not in services_in(await exported(session, Format.HSDS_JSON))


@needs_specs
@pytest.mark.specs
@pytest.mark.parametrize(
    "name",
    [
        "service_full.json",
        "service_list.json",
        "service_at_location_full.json",
        "organization_full.json",
    ],
)
async def test_the_official_examples_are_imported_and_a_second_time_changes_nothing(
    session: AsyncSession, name: str
) -> None:
    data = (EXAMPLES / name).read_bytes()
    carried = await imported(session, data, name)
    assert carried.done >= 1
    again = await looked_at(session, data, name)
    assert again.changes_nothing
