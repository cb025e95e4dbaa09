"""What is exported and imported again says the same: nothing is lost and nothing is made up."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from typing import Any

import pytest
from editing import NOW, editing
from openpyxl import load_workbook
from saying import packs
from sheets_of import NAMES, TOWNS, exported, looked_at, reading

from directory import published, revisions
from directory.exporting import Format
from directory.hsds import csv_form
from directory.import_carrying_out import By, carry_out
from directory.import_choices import Choice, Decision
from directory.models import ServiceRow
from directory.parts import Origin, Part

ALL = 402


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_sheet_of_everything_changes_nothing(packs_url: str, language: str) -> None:
    async with reading(packs_url) as session:
        report = await looked_at(session, await exported(session, Format.XLSX, language))
    assert [(row.entry, row.fields) for row in report.rows if row.fields] == []
    assert report.faults == []
    assert report.changes_nothing
    assert sum(row.part is Part.SERVICES for row in report.rows) == ALL
    assert sum(row.part is Part.HELPLINES for row in report.rows) == 226


@pytest.mark.parametrize("form", [Format.CSV, Format.HSDS_JSON, Format.PACKS])
async def test_other_forms_of_everything_change_nothing(packs_url: str, form: Format) -> None:
    async with reading(packs_url) as session:
        report = await looked_at(session, await exported(session, form), NAMES[form])
    assert [(row.entry, row.fields) for row in report.rows if row.fields] == []
    assert [fault.told("en") for fault in report.faults] == []
    assert report.changes_nothing
    assert sum(row.part is Part.SERVICES for row in report.rows) == ALL


@pytest.mark.parametrize("form", [Format.XLSX, Format.CSV, Format.HSDS_JSON])
async def test_a_country_imported_where_it_is_not_says_the_same(
    database_url: str, packs_url: str, form: Format
) -> None:
    async with reading(packs_url) as session:
        data = await exported(session, form, country="AT")
        wanted = {
            one.entry: one.body
            for one in await published.all_of(session, Part.SERVICES, country="AT")
        }
    async with editing(database_url, "AT") as session, session.begin():
        for entry in wanted:  # as if it had never been there
            await session.delete(await session.get_one(ServiceRow, entry))
        await session.flush()
        report = await looked_at(session, data, NAMES[form])
        assert [fault.told("en") for fault in report.faults] == []
        keep = {row.place: Choice(Decision.NEW) for row in report.undecided}
        await carry_out(session, report, keep, by=By("Ana", "moved", NOW), places=TOWNS)
        found = {one.entry: one.body for one in await published.all_of(session, Part.SERVICES)}
    assert {entry: dict(body) for entry, body in found.items()} == wanted


async def test_a_number_that_begins_with_plus_is_text_and_stays_as_it_is(packs_url: str) -> None:
    async with reading(packs_url) as session:
        data = await exported(session, Format.XLSX, country="SV")
    sheet: Any = load_workbook(io.BytesIO(data))["Listings"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    cells = [sheet.cell(row, heads["WhatsApp"]) for row in range(2, sheet.max_row + 1)]
    numbers = [cell for cell in cells if str(cell.value or "").startswith("+503")]
    assert numbers
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in numbers)


async def test_nothing_that_is_withheld_leaves_in_any_form(packs_url: str) -> None:
    words = [
        service[field]
        for pack in packs()
        for service in pack.part("services")
        if service["protection"]
        for field in ("description", "how_to_access", "note")
        if len(service.get(field) or "") > 40  # "walk-in" may be said of anything
    ]
    assert len(words) > 10
    async with reading(packs_url) as session:
        for form in Format:
            told = readable(await exported(session, form))
            assert [one for one in words if one in told] == [], form


def readable(data: bytes) -> str:
    """The texts of a file, unpacked where it is packed."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return html.unescape("".join(packed.read(name).decode() for name in packed.namelist()))


HOSTILE = (
    "=1+1", "+503 2222", "-5", "@x", "\t=x", '=HYPERLINK("http://x","y")', "'quoted", "''=x", "'=x",
    "a|b\\c\\n|d", "line1\nline2\r\nline3\rline4", " lead and trail ", "a;b,c", '"q"', "<b>&amp;",
    "x\u00a0y", "x\u200by", "_x000D_", "_x0041_", "\u202eabc", "a\\", "\\|", "a: b", "es: c", "#N/A",
    "TRUE", "2026-03-01", "1e5", "007", "never", "null", "~", "- a", "# c", "😀", "a\x0bb\x01c",
    "a\u2028b", "é e\u0301", "{written}", "%s",
)  # fmt: skip


@pytest.mark.parametrize("form", list(Format))
async def test_hostile_texts_leave_and_come_back_as_they_were(
    database_url: str, form: Format
) -> None:
    async with editing(database_url, "AT") as session, session.begin():
        first = await published.get(session, Part.SERVICES, "at-s01")
        assert first is not None
        for number, words in enumerate(HOSTILE, 900):
            body = {
                **first.body, "id": f"at-s{number}", "name": words, "organisation": words,
                "names": {"es": words}, "description": words, "how_to_access": words,
                "note": words, "addresses": [words, "b"], "region": words, "email": [words],
                "phones": [{"number": f"1 {words}", "note": words}], "whatsapp": [f"1 {words}"],
                "places": [{"city": words, "region": words, "as_written": words}],
                "cost": {"kind": "free", "text": words},
                "source": {"title": words, "published": words},
            }  # fmt: skip
            await revisions.publish_now(
                session, part=Part.SERVICES, entry=f"at-s{number}", country="AT", body=body,
                actor="Ana", reason="x", origin=Origin.CONSOLE, places=TOWNS, now=NOW,
            )  # fmt: skip
        report = await looked_at(session, await exported(session, form), NAMES[form])
    assert [(row.entry, row.fields) for row in report.rows if row.fields] == []
    assert [fault.told("en") for fault in report.faults] == []
    assert report.changes_nothing


async def test_no_text_of_a_listing_is_a_formula_in_a_sheet(packs_url: str) -> None:
    async with reading(packs_url) as session:
        data = await exported(session, Format.XLSX)
    for sheet in load_workbook(io.BytesIO(data)):
        assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


async def test_a_table_opened_in_a_sheet_runs_nothing_and_numbers_stay_as_they_are() -> None:
    told = ["=1+1", "@x", "+cmd|x", "-1+1|x", "'=x", "+503 2222-0000", "-5", "'quoted", "plain"]
    rows = [{"id": f"{at}", "service_id": "s", "number": one} for at, one in enumerate(told)]
    files = csv_form.files_of({"phone": rows})
    cells = [row["number"] for row in csv.DictReader(io.StringIO(files["phones.csv"]))]
    assert cells[:5] == [f"'{one}" for one in told[:5]]
    assert cells[5:] == told[5:]
    assert [row["number"] for row in csv_form.records_in(files)["phone"]] == told
