"""An operator uploads a sheet, sees what each row would do, decides, and imports all of it."""

from __future__ import annotations

import asyncio
import html
import io
import re
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from saying import packs, places
from sheets_of import book, row_of

from console.context import Console
from directory import audit, published, revisions
from directory.load import load_packs
from directory.parts import Part
from directory.published import Published

SHEET = "sheet.xlsx"


@pytest.fixture
async def loaded(console: Console) -> Console:
    """The console, with the packs of El Salvador and Austria."""
    wanted = [pack for pack in packs() if pack.country in ("SV", "AT")]
    async with console.sessions.begin() as session:
        await load_packs(session, wanted, places())
    return console


async def listings(console: Console) -> dict[str, Published]:
    async with console.sessions() as session:
        return {one.entry: one for one in await published.all_of(session, Part.SERVICES)}


async def uploaded(client: httpx.AsyncClient, data: bytes, name: str = SHEET) -> tuple[str, str]:
    """Upload a file; return the address of its import and the page once it was looked at."""
    answer = await client.post("/imports/file", files={"file": (name, data)})
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    return where, await settled(client, where)


async def settled(client: httpx.AsyncClient, where: str) -> str:
    for _ in range(300):
        text = html.unescape((await client.get(where)).text)
        if 'http-equiv="refresh"' not in text:
            return text
        await asyncio.sleep(0.1)
    pytest.fail("the import never ends")


async def carried(client: httpx.AsyncClient, where: str, **fields: str) -> str:
    answer = await client.post(f"{where}/carry-out", data={"reason": "list of March", **fields})
    assert answer.status_code == 303, html.unescape(answer.text)
    return await settled(client, where)


async def test_two_hundred_rows_with_three_wrong_ones_are_told_and_nothing_is_imported(
    loaded: Console, client_as: Any
) -> None:
    client = await client_as("reviewer", locale="es")
    rows = [row_of(number) for number in range(200)]
    rows[10]["kinds"], rows[70]["hours"], rows[150]["name"] = "comida rica", "mornings", None
    before = await listings(loaded)
    where, text = await uploaded(client, book(rows))
    assert "3 filas tienen errores" in text
    for cell in ("fila 12, columna D", "fila 72, columna I", "fila 152, columna B"):
        assert cell in text
    assert "comida rica no es una de las palabras" in text
    assert "carry-out" not in text
    refused = await client.post(f"{where}/carry-out", data={"reason": "x"})
    assert refused.status_code == 400
    assert await listings(loaded) == before


async def test_a_corrected_sheet_is_imported_with_name_and_reason(
    loaded: Console, client_as: Any
) -> None:
    client = await client_as("reviewer", name="Berta")
    before = await listings(loaded)
    where, text = await uploaded(client, book([row_of(number) for number in range(200)]))
    assert "Import all of it" in text
    nothing = await client.post(f"{where}/carry-out", data={})
    assert nothing.status_code == 422
    assert 'href="#reason"' in nothing.text
    assert "200 entries were imported." in await carried(client, where)
    new = {entry for entry in await listings(loaded) if entry not in before}
    assert len(new) == 200
    async with loaded.sessions() as session:
        done = (await audit.entries(session, limit=1))[0]
    assert (done.actor, done.action, done.reason) == ("Berta", "import", "list of March")


async def test_a_place_that_is_there_is_merged_where_the_operator_says_so(
    loaded: Console, client_as: Any
) -> None:
    client = await client_as("reviewer")
    old = (await listings(loaded))["sv-s01"]
    number = old.body["whatsapp"][0]["number"]
    row = row_of(1, name=old.body["name"], kinds="counselling", phones=number)
    where, text = await uploaded(client, book([row]))
    assert "Merge into sv-s01" in text
    assert "the same number" in text
    undecided = await client.post(f"{where}/carry-out", data={"reason": "x"})
    assert undecided.status_code == 422
    name = re.search(r'name="(row-[^"]+)"', text)
    assert name is not None
    assert "1 entry was imported." in await carried(client, where, **{name[1]: "merge:sv-s01"})
    after = await listings(loaded)
    assert after["sv-s01"].body["phones"] == [{"number": number}]
    assert len(after) == len(await listings(loaded))


async def test_what_an_editor_imports_waits_for_review(loaded: Console, client_as: Any) -> None:
    client = await client_as("editor", organisation="casa")
    where, text = await uploaded(client, book([row_of(1, owner="other")]))
    assert "you may not change this entry" in text
    before = await listings(loaded)
    where, text = await uploaded(client, book([row_of(1, owner="casa")]))
    assert "1 entry waits for review now." in await carried(client, where)
    assert await listings(loaded) == before
    async with loaded.sessions() as session:
        assert len(await revisions.waiting(session)) == 1


async def test_an_import_is_seen_by_whoever_began_it_alone(loaded: Console, client_as: Any) -> None:
    client, other = await client_as("reviewer"), await client_as("admin")
    where, _ = await uploaded(client, book([row_of(1)]))
    assert (await other.get(where)).status_code == 404
    assert (await other.post(f"{where}/carry-out", data={"reason": "x"})).status_code == 404
    assert (await client.post(f"{where}/leave")).status_code == 303
    assert (await client.get(where)).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"no workbook", "this is no XLSX workbook"),
        ("a.docx", b"PK", "none of the files that can be imported"),
        ("a.json", b"{", "this file is no JSON"),
        ("a.zip", b"PK", "damaged"),
        ("a.yml", b"a: [", "no YAML"),
    ],
)
async def test_a_file_that_is_none_of_ours_is_refused_in_words(
    loaded: Console, client_as: Any, name: str, data: bytes, says: str
) -> None:
    assert loaded
    client = await client_as("reviewer")
    _, text = await uploaded(client, data, name)
    assert says in text


async def test_without_a_file_the_form_says_so(loaded: Console, client_as: Any) -> None:
    assert loaded
    client = await client_as("reviewer")
    answer = await client.post("/imports/file", files={"other": ("x", b"x")})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


async def test_the_template_comes_in_both_languages(loaded: Console, client_as: Any) -> None:
    assert loaded
    client = await client_as("reviewer")
    for language, heading in (("es", "Nombre *"), ("en", "Name *")):
        answer = await client.get(f"/imports/template/{language}")
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[1]
        assert heading in [cell.value for cell in sheet[1]]


@pytest.mark.parametrize("form", ["xlsx", "csv", "hsds-json", "packs"])
async def test_what_is_exported_and_uploaded_again_changes_nothing(
    loaded: Console, client_as: Any, form: str
) -> None:
    assert loaded
    client = await client_as("reviewer")
    answer = await client.get("/exports/file", params={"form": form, "country": "AT"})
    name = re.search(r'filename="(.+)"', answer.headers["content-disposition"])
    assert name is not None
    _, text = await uploaded(client, answer.content, name[1])
    assert "there is nothing to import" in text


async def entered_twice(loaded: Console, client: Any) -> dict[str, Any]:
    """Import a listing that is there already as a new one; return what the first says."""
    old = (await listings(loaded))["sv-s01"].body
    row = row_of(1, name=old["name"], kinds="counselling", phones=old["whatsapp"][0]["number"])
    where, text = await uploaded(client, book([row]))
    name = re.search(r'name="(row-[^"]+)"', text)
    assert name is not None
    await carried(client, where, **{name[1]: "new"})
    return dict(old)


async def test_a_duplicate_is_found_compared_and_made_one(loaded: Console, client_as: Any) -> None:
    client = await client_as("reviewer", name="Berta", locale="es")
    old = await entered_twice(loaded, client)
    listed = html.unescape((await client.get("/duplicates")).text)  # of all countries
    pair = re.search(r'href="(/duplicates/sv-s01/(sv-s\d+))"', listed)
    assert pair is not None
    assert '<option value="SV">El Salvador</option>' in listed
    shown = html.unescape((await client.get(pair[1])).text)
    assert "Unir dos lugares" in shown
    assert 'name="field-phones"' in shown
    assert (await client.post(pair[1], data={"reason": "x"})).status_code == 422
    merged = await client.post(
        pair[1], data={"keep": "sv-s01", "field-phones": pair[2], "reason": "one place"}
    )
    assert merged.status_code == 303
    after = await listings(loaded)
    assert pair[2] not in after
    assert after["sv-s01"].body["phones"] == [{"number": old["whatsapp"][0]["number"]}]
    assert after["sv-s01"].body["email"] == old["email"]


async def test_two_different_ones_are_kept_apart_with_name_and_reason(
    loaded: Console, client_as: Any
) -> None:
    client = await client_as("reviewer", name="Berta")
    await entered_twice(loaded, client)
    listed = (await client.get("/duplicates?country=SV")).text
    pair = re.search(r'href="(/duplicates/sv-s01/sv-s\d+)"', listed)
    assert pair is not None
    without = await client.post(f"{pair[1]}/different", data={})
    assert without.status_code == 422
    assert 'href="#different_reason"' in without.text
    why = {"different_reason": "one is the kitchen, one the school"}
    said = await client.post(f"{pair[1]}/different", data=why)
    assert (said.status_code, said.headers["location"]) == (303, "/duplicates?country=SV")
    offered, _, kept = (await client.get("/duplicates?country=SV")).text.partition('id="two"')
    assert pair[1] not in offered
    assert pair[1] in kept
    assert "Berta" in kept
    assert why["different_reason"] in kept
    assert why["different_reason"] in (await client.get(pair[1])).text
    again = await client.post(f"{pair[1]}/offer-again", data={"again_reason": "one door"})
    assert again.status_code == 303
    offered, _, _ = (await client.get("/duplicates?country=SV")).text.partition('id="two"')
    assert pair[1] in offered


async def test_a_coordinator_makes_nothing_one_in_another_country(
    loaded: Console, client_as: Any
) -> None:
    assert loaded
    client = await client_as("region_coordinator", countries=("AT",))
    assert (await client.get("/duplicates/sv-s01/sv-s02")).status_code == 404
    data = {"keep": "sv-s01", "reason": "x"}
    assert (await client.post("/duplicates/sv-s01/sv-s02", data=data)).status_code == 404
    for step, field in (("different", "different_reason"), ("offer-again", "again_reason")):
        answer = await client.post(f"/duplicates/sv-s01/sv-s02/{step}", data={field: "x"})
        assert answer.status_code == 404
