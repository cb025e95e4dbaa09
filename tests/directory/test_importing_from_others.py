"""Files of HSDS that know nothing of our profile: kept as they came, told by the API, not by chat."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from editing import body_of, editing
from sheets_of import TOWNS, exported, looked_at
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, revisions
from directory.exporting import Format
from directory.hsds.ids import service_id
from directory.hsds.profile import taxonomy_row, term_row
from directory.import_carrying_out import By, Carried, carry_out
from directory.import_choices import ImportRefusedError
from directory.import_report import Outcome
from directory.parts import Origin, Part
from directory.queries import services_for
from directory.sheets.faults import FileError
from directory.whole_bodies import as_in_a_pack
from directory.withheld import stored

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
        "tabular.json",
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


def three_wrong() -> list[dict[str, Any]]:
    """Five services, of which three are wrong, each in another way."""
    services = [{**THEIRS, "id": f"s{number}"} for number in range(5)]
    services[1]["status"] = "open"
    services[2]["phones"] = [{"number": "+1 555 0100"}]
    del services[4]["name"]
    return services


async def test_each_wrong_service_of_a_file_is_named_and_nothing_of_it_is_imported(
    session: AsyncSession,
) -> None:
    report = await looked_at(session, json.dumps(three_wrong()).encode(), "theirs.json")
    assert [row.outcome for row in report.rows].count(Outcome.WRONG) == 3
    assert [fault.told("es") for fault in report.faults] == [
        (
            "hoja theirs.json, fila 2 (service.status): esto tiene que ser una de estas palabras:"
            " active, inactive, defunct, temporarily closed"
        ),
        (
            "hoja theirs.json, fila 3 (phone): lo que hay aquí no es como lo pide HSDS: cada parte"
            " es un objeto con un id"
        ),
        "hoja theirs.json, fila 5 (service.name): esto no puede quedar vacío",
    ]
    with pytest.raises(ImportRefusedError):
        await carry_out(session, report, {}, by=BY, places=TOWNS)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minimum_age": "ten"}, "(service.minimum_age): this must be a number"),
        ({"minimum_age": float("nan")}, "(service.minimum_age): this must be a number"),
        ({"assured_date": "soon"}, "(service.assured_date): this must be a date"),
        ({"organization": None, "program": None}, "names no organization"),
        ({"phones": "+1 555 0100"}, "(phone): what stands here is not as HSDS has it"),
        ({"phones": [{"id": "p"}]}, "(phone.number): this must not be empty"),
        ({"schedules": [{"id": "h", "opens_at": "25:00"}]}, "this must be a time"),
    ],
)
async def test_a_value_that_no_table_can_keep_is_told_before_anything_is_written(
    session: AsyncSession, change: dict[str, Any], says: str
) -> None:
    report = await looked_at(session, json.dumps([{**THEIRS, **change}]).encode(), "theirs.json")
    assert [says in fault.told("en") for fault in report.faults] == [True]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[" * 100_000, "too deep in each other"),
        (json.dumps(THEIRS).encode("utf-16"), "not saved as UTF-8"),
        (b'{"a": ', "is no JSON"),
        (b"[1, 2]", "no services of HSDS"),
    ],
)
async def test_a_document_that_cannot_be_read_is_refused_in_words(
    session: AsyncSession, data: bytes, says: str
) -> None:
    with pytest.raises(FileError) as refused:
        await looked_at(session, data, "theirs.json")
    assert says in refused.value.told("en")
    assert refused.value.told("es") != refused.value.told("en")


async def test_fields_that_nobody_knows_and_characters_of_nothing_are_passed_over(
    session: AsyncSession,
) -> None:
    odd = {**THEIRS, "x_own": {"a": [1]}, "description": "a\0b\ud800c"}
    await imported(session, json.dumps([odd]).encode(), "theirs.json")
    kept = services_in(await exported(session, Format.HSDS_JSON))[THEIRS["id"]]
    assert kept == {**THEIRS, "description": "abc"}


async def test_the_same_service_twice_in_a_file_is_told(session: AsyncSession) -> None:
    tables = {
        "services.csv": "id,organization_id,name,status\ns,o,A,active\ns,o,B,active\n",
        "organizations.csv": "id,name,description\no,O,x\n",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, table in tables.items():
            packed.writestr(name, table)
    report = await looked_at(session, target.getvalue(), "theirs.zip")
    assert [fault.what("en") for fault in report.faults] == ["s stands in row 1 too"]


async def test_a_service_that_stands_for_a_listing_of_ours_is_not_kept_beside(
    session: AsyncSession,
) -> None:
    ours = {**THEIRS, "id": service_id("sv-s01")}
    report = await looked_at(session, json.dumps(ours).encode(), "theirs.json")
    assert ["this service is sv-s01 here" in fault.told("en") for fault in report.faults] == [True]


async def test_a_service_with_the_number_of_a_hidden_place_is_kept_without_its_place(
    session: AsyncSession,
) -> None:
    number = "2299 8877"
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
        hidden = stored({
            **body, "id": "sv-s900", "name": "Casa Clara", "protection": True,
            "kinds": ["protection_shelter"], "phones": [{"number": f"+503 {number}"}],
        })  # fmt: skip
        await revisions.publish_now(
            session, part=Part.SERVICES, entry="sv-s900", country="SV",
            body=as_in_a_pack(Part.SERVICES, hidden), actor="Berta", reason="x",
            origin=Origin.CONSOLE, places=TOWNS, now=BY.now,
        )  # fmt: skip
    address = {"id": "a", "address_1": "Calle Oculta 5", "city": "x", "state_province": "x",
               "postal_code": "1", "country": "SV", "address_type": "physical"}  # fmt: skip
    place = {"id": "l", "location_type": "physical", "latitude": 13.7, "longitude": -89.2,
             "addresses": [address]}  # fmt: skip
    theirs = {
        **THEIRS,
        "description": "behind the market",
        "phones": [{"id": "p", "number": number}],
        "service_at_locations": [{"id": "at", "location": place}],
    }
    await imported(session, json.dumps(theirs).encode(), "theirs.json")
    told = (await exported(session, Format.HSDS_JSON)).decode()
    assert str(THEIRS["id"]) in told
    assert "Oculta" not in told
    assert "behind the market" not in told


async def test_nobody_else_says_what_our_terms_mean(session: AsyncSession) -> None:
    term = dict(term_row("kind", "legal_aid"))
    detail = {**taxonomy_row("kind"), "name": "Zyzzyva"}
    said = {"id": term["id"], "code": term["code"], "name": "Zyzzyva", "description": "zyzzyva",
            "taxonomy_detail": detail}  # fmt: skip
    theirs = {**THEIRS, "attributes": [{"id": "x", "taxonomy_term": said}]}
    await imported(session, json.dumps(theirs).encode(), "theirs.json")
    assert "zyzzyva" not in (await exported(session, Format.HSDS_JSON)).decode().casefold()


async def test_yaml_that_points_at_itself_is_refused(session: AsyncSession) -> None:
    bomb = "\n".join(["- &a0 [x]", *(f"- &a{n + 1} [*a{n}, *a{n}, *a{n}]" for n in range(40))])
    with pytest.raises(FileError) as refused:
        await looked_at(session, bomb.encode(), "services.yml")
    assert "write them out" in refused.value.told("en")


@pytest.mark.parametrize("name", ["services.csv", "SV/services.yml"])
async def test_a_damaged_zip_is_refused_in_words(session: AsyncSession, name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(name, "id,name\n" * 50)
    damaged = target.getvalue().replace(b"id,name\nid", b"id,nAme\nid", 1)
    with pytest.raises(FileError) as refused:
        await looked_at(session, damaged, "theirs.zip")
    assert "damaged" in refused.value.told("en")


async def test_a_pack_with_odd_values_is_told_field_by_field(session: AsyncSession) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
    odd = {**body, "kinds": True, "phones": [{"number": 5}], "note": "a\0b"}
    report = await looked_at(session, yaml.safe_dump([odd]).encode(), "services.yml")
    told = [fault.told("es") for fault in report.faults]
    assert [one.partition(":")[0] for one in told] == [
        "hoja services.yml, fila 1, columna kinds (Qué ofrece)",
        "hoja services.yml, fila 1, columna phones.0.number (Teléfonos)",
    ]


async def test_characters_of_nothing_in_a_pack_are_passed_over(session: AsyncSession) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
    data = yaml.safe_dump([{**body, "note": "a\0b"}]).encode()
    await imported(session, data, "services.yml")
    async with session.begin():
        assert (await body_of(session, Part.SERVICES, "sv-s01"))["note"] == "ab"
