"""HSDS as JSON and as CSV: what comes in goes out as it was, and fits the standard's schemas."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.hsds import csv_form, fetch, store
from directory.hsds.faults import RowFault, faults_of
from directory.hsds.ids import service_id
from directory.hsds.json_form import Tree, objects_in, records_in
from directory.hsds.profile import profile_document
from directory.hsds.read import listing_of
from directory.pack_files import pack_folders, read_pack
from directory.withheld import stored

ROOT = Path(__file__).resolve().parents[2]
SPECS = os.environ.get("FARO_SPECS")
HSDS = Path(SPECS or "") / "hsds-3.0"
needs_specs = pytest.mark.skipif(
    SPECS is None, reason="FARO_SPECS names no folder with HSDS: not compared"
)
# Example to how it is written again.
VIEWS = {
    "service_full": Tree.service,
    "service_list": Tree.service_row,
    "organization_full": Tree.organization,
    "organization_list": Tree.organization_row,
    "service_at_location_full": Tree.at_location,
    "service_at_location_list": Tree.at_location_row,
    "location": lambda tree, row: tree.of("location", row),
    "taxonomy": lambda tree, row: tree.of("taxonomy", row),
    "taxonomy_list": lambda tree, row: tree.of("taxonomy", row),
    "taxonomy_term": lambda tree, row: tree.of("taxonomy_term", row),
    "taxonomy_term_list": lambda tree, row: tree.of("taxonomy_term", row),
}


@cache
def validator(name):
    resources = []
    for path in (HSDS / "schema").glob("*.json"):
        contents = json.loads(path.read_text(encoding="utf-8"))
        contents["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        resources.append((path.name, Resource.from_contents(contents)))
    registry = Registry().with_resources(resources)
    return Draft202012Validator(
        {"$ref": f"{name}.json"}, registry=registry, format_checker=FormatChecker()
    )


@pytest.fixture(scope="module")
def places():
    gazetteer = Gazetteer(ROOT / "var" / "places.sqlite")
    yield gazetteer
    gazetteer.close()


@pytest.fixture
async def session(database_url):
    engine = async_engine(database_url)
    async with AsyncSession(engine) as opened:
        yield opened
    await engine.dispose()


@pytest.fixture
def example():
    def read(name):
        return json.loads((HSDS / "examples" / f"{name}.json").read_text(encoding="utf-8"))

    return read


def listings():
    for folder in pack_folders(ROOT / "data" / "packs"):
        pack, _ = read_pack(folder)
        for body in pack.part("services") or []:
            yield body["id"], pack.country, body


def with_seconds(document):
    """The one thing in which an example differs from itself: 10:00 here, 10:00:00 there."""
    return json.loads(json.dumps(document).replace('"10:00"', '"10:00:00"').replace('"18:00"', '"18:00:00"'))  # fmt: skip


@pytest.mark.specs
@needs_specs
@pytest.mark.parametrize("name", VIEWS)
async def test_the_official_objects_come_in_and_go_out_as_they_were(session, example, name):
    table, objects = objects_in(example(name))
    records = records_in(table, objects)
    assert faults_of(records) == []
    tree = Tree(records)
    assert [VIEWS[name](tree, one["id"]) for one in objects] == with_seconds(objects)
    assert await store.write(session, records) == []
    tree = Tree(await fetch.all_records(session))
    assert [VIEWS[name](tree, one["id"]) for one in objects] == with_seconds(objects)


@pytest.mark.specs
@needs_specs
async def test_the_official_tables_come_in_and_go_out_as_they_were(session):
    files = {path.name: path.read_text("utf-8") for path in (HSDS / "examples/csv").glob("*.csv")}
    records = csv_form.records_in(files)
    assert {fault.problem for fault in faults_of(records)} == {"unknown"}
    assert await store.write(session, records) == []
    found = csv_form.files_of(await fetch.all_records(session))
    package = json.loads(found.pop(csv_form.PACKAGE))
    assert {name: text.split() for name, text in found.items()} == {
        name: text.split() for name, text in files.items()
    }
    assert {resource["path"] for resource in package["resources"]} == set(files)


@pytest.mark.specs
@needs_specs
async def test_the_official_tables_in_one_document_come_in_and_go_out_as_they_were(
    session, example
):
    document = example("tabular")
    # Numbers in two columns that the schema calls text.
    document["locations.csv"][0]["external_identifier"] = "10092008082"
    document["organization_identifiers.csv"][0]["identifier"] = "1234567"
    assert await store.write(session, csv_form.records_in_tabular(document)) == []
    assert csv_form.tabular(await fetch.all_records(session)) == document


@pytest.mark.specs
@needs_specs
async def test_all_our_listings_fit_the_schemas_and_come_back_from_them(session, places):
    known = list(listings())
    await store.sync_many(session, known, places)
    records = await fetch.all_records(session)
    tree = Tree(records)
    services = [tree.service(service_id(entry)) for entry, _, _ in known]
    for service in services:
        assert list(validator("service").iter_errors(service)) == []
    for row in records["organization"][::5]:
        assert list(validator("organization").iter_errors(tree.organization(row["id"]))) == []
    for row in records["service_at_location"][::5]:
        found = tree.at_location(row["id"])
        assert list(validator("service_at_location").iter_errors(found)) == []
    for table in ("taxonomy", "taxonomy_term"):
        for row in records[table]:
            assert list(validator(table).iter_errors(tree.of(table, row["id"]))) == []
    back = records_in("service", services)
    for entry, country, body in known:
        read = listing_of(back, service_id(entry))
        assert (read.body, read.country) == (stored(body), country)


async def test_all_our_listings_come_back_from_csv(session, places):
    known = list(listings())
    await store.sync_many(session, known, places)
    back = csv_form.records_in(csv_form.files_of(await fetch.all_records(session)))
    assert faults_of(back) == []
    for entry, _, body in known:
        assert listing_of(back, service_id(entry)).body == stored(body)


async def test_what_comes_in_goes_out_after_a_second_import_as_well(session, places):
    await store.sync_many(session, list(listings())[:30], places)
    before = await fetch.all_records(session)
    assert await store.write(session, csv_form.records_in(csv_form.files_of(before))) == []
    assert csv_form.files_of(await fetch.all_records(session)) == csv_form.files_of(before)


async def test_a_link_to_a_row_that_comes_later_is_made_then(session):
    funding = {"id": "f", "organization_id": "o", "source": "A city"}
    await store.write(session, {"funding": [funding]})
    assert (await fetch.rows_of(session, "funding", "organization_id", ["o"])) == []
    assert (await fetch.all_records(session))["funding"] == [{**funding, "ordinal": 0}]
    await store.write(session, {"organization": [{"id": "o", "name": "O", "description": ""}]})
    assert len(await fetch.rows_of(session, "funding", "organization_id", ["o"])) == 1


async def test_a_row_that_needs_a_row_that_nobody_sent_is_left_out_and_told(session):
    service = {"id": "s", "organization_id": "nobody", "name": "S", "status": "active"}
    price = {"id": "c", "service_id": "s"}
    refused = await store.write(session, {"service": [service], "cost_option": [price]})
    assert [(fault.table, fault.column, fault.wanted) for fault in refused] == [
        ("service", "organization_id", "nobody"),
        ("cost_option", "service_id", "s"),
    ]
    assert await fetch.all_records(session) == {}


def test_a_row_that_does_not_fit_is_told_by_table_row_and_column():
    rows = {
        "organization": [{"id": "o", "name": "O"}, {"id": "o", "name": "P", "description": ""}],
        "schedule": [{"id": "s", "dtstart": "1.2.2026", "opens_at": "25:00", "interval": "x"}],
        "service": [{"id": "s", "organization_id": "o", "name": "S", "status": "open"}],
    }
    found = faults_of(rows)
    assert RowFault("organization", 0, "description", "missing") in found
    assert RowFault("organization", 1, "id", "twice") in found
    assert {fault.column: fault.wanted for fault in found if fault.problem == "not"} == {
        "dtstart": "a date as YYYY-MM-DD",
        "opens_at": "a time as HH:MM",
        "interval": "a number",
        "status": "one of active, inactive, defunct, temporarily closed",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id,nothing\n1,2\n", "no column nothing"),
        ("id,name\n1,2,3\n", "services.csv:2: more cells than columns"),
        ('id,name\n1,"2\n', "services.csv"),
    ],
)
def test_a_file_that_is_no_table_is_told_by_line(text, problem):
    with pytest.raises(csv_form.TableError, match=problem):
        csv_form.records_in({"services.csv": text})


@pytest.mark.parametrize("document", [{}, [1], {"id": "x"}, [{"id": "a", "status": "active"}, 3]])
def test_a_document_that_is_nothing_of_the_standard_is_refused(document):
    with pytest.raises(ValueError, match="of HSDS"):
        objects_in(document)


def test_a_row_under_two_parents_of_one_kind_stands_under_both():
    phone = {"id": "p", "number": "1"}
    contacts = [{"id": "a", "phones": [phone]}, {"id": "b", "phones": [phone]}]
    tree = Tree(records_in("service", [{"id": "s", "name": "S", "contacts": contacts}]))
    numbers = [contact["phones"][0]["number"] for contact in tree.service("s")["contacts"]]
    assert numbers == ["1", "1"]


def test_the_profile_is_for_machines_too():
    document = profile_document()
    assert json.loads(json.dumps(document)) == document
    assert {"kind", "led_by", "name_translation"} <= {t["code"] for t in document["taxonomies"]}
