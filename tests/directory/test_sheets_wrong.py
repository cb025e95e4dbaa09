"""What is wrong in a file is told by sheet, row and column, in the operator's language."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sheets_of import RULES, book, looked_at, reading, row_of

from directory.bodies import schema_of
from directory.import_report import Outcome, Report
from directory.importing import Rules
from directory.parts import Part
from directory.sheets import guarding
from directory.sheets.catalogue import LOCALES, languages
from directory.sheets.columns import PARTS, columns_of
from directory.sheets.faults import FileError
from directory.sheets.read import read_workbook
from directory.sheets.template import write_template
from directory.sheets.words import codes_by_word, folded, split_codes, words_of

COUNTRIES = ("ES", "SV")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


async def report_of(
    packs_url: str, data: bytes, name: str = "sheet.xlsx", **rules: object
) -> Report:
    async with reading(packs_url) as session:
        return await looked_at(session, data, name, Rules(**{**RULES.__dict__, **rules}))


async def test_three_wrong_rows_of_two_hundred_are_told_by_cell(packs_url: str) -> None:
    rows = [row_of(number) for number in range(200)]
    rows[10]["kinds"] = "comida rica"
    rows[70]["hours"] = "mornings"
    rows[150]["name"] = None
    report = await report_of(packs_url, book(rows))
    assert report.count(Outcome.WRONG) == 3
    assert report.count(Outcome.NEW) == 197
    assert [fault.told("es") for fault in report.faults] == [
        (
            "hoja Listings, fila 12, columna D (Qué ofrece): comida rica no es una de las palabras que"
            " pueden ir aquí"
        ),
        (
            "hoja Listings, fila 72, columna I (Horario): este no es un horario; escriba"
            " Lu-Vi 08:00-17:00; Sá 08:00-12:00, o 24/7"
        ),
        "hoja Listings, fila 152, columna B (Nombre): esto no puede quedar vacío",
    ]
    assert (
        report.faults[0].told("en").startswith("sheet Listings, row 12, column D (What it offers)")
    )


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"valid_from": "pronto"}, "Valid from", "is no date"),
        (
            {"valid_from": "2026-05-01", "valid_until": "2026-04-01"},
            "Valid until",
            "before the first",
        ),
        ({"verified": "2030-01-01"}, "Last verified", "has not come yet"),
        ({"phones": "ask at the door"}, "Telephone numbers", "has digits"),
        ({"phones": "22 | +1"}, "Telephone numbers", "not written the way"),
        ({"languages_spoken": "hospital"}, "Languages spoken", "no code of a language"),
        ({"country": "XX"}, "Country", "none of the words"),
        ({"country": None}, "Country", "must not be empty"),
        ({"id": "sv-x1"}, "Number of the entry", "no number of an entry"),
        ({"id": "es-s01", "country": "SV"}, "Country", "in another country"),
        ({"kinds": "protection_shelter", "addresses": "x"}, "Address is kept secret", "needs yes"),
        ({"name": "=1+1"}, "Name", "a formula stands here"),
    ],
)
async def test_a_wrong_cell_says_what_is_wrong_with_it(
    packs_url: str, cells: dict[str, object], column: str, says: str
) -> None:
    report = await report_of(packs_url, book([row_of(1, **cells)]))
    told = [fault.told("en") for fault in report.faults]
    assert any(column in one and says in one for one in told), told
    assert all(fault.what("es") != fault.what("en") for fault in report.faults)


async def test_an_address_in_the_row_of_a_protected_house_is_not_repeated(packs_url: str) -> None:
    row = row_of(1, kinds="protection_shelter", protection="yes", valid_from="Calle Oculta 5")
    report = await report_of(packs_url, book([row]))
    assert report.faults
    assert not any("Oculta" in fault.told("es") for fault in report.faults)


async def test_the_same_entry_twice_is_told_with_the_other_row(packs_url: str) -> None:
    rows = [row_of(1, id="sv-s900"), row_of(2, id="sv-s900")]
    report = await report_of(packs_url, book(rows))
    assert [fault.what("en") for fault in report.faults] == ["sv-s900 stands in row 2 too"]


async def test_a_missing_column_is_named_for_a_new_entry(packs_url: str) -> None:
    row = row_of(1)
    del row["kinds"]
    report = await report_of(packs_url, book([row]))
    assert [fault.what("es") for fault in report.faults] == [
        "una entrada nueva necesita la columna Qué ofrece"
    ]


async def test_an_entry_of_somebody_else_is_refused(packs_url: str) -> None:
    report = await report_of(
        packs_url, book([row_of(1)]), may_change=lambda _, country: country == "ES"
    )
    assert "you may not change this entry" in report.faults[0].told("en")


async def test_columns_may_be_moved_and_values_stand_in_either_language(packs_url: str) -> None:
    moved = dict(reversed(row_of(1).items()))
    moved["kinds"], moved["country"] = "comida; LEGAL HELP", "El Salvador (SV)"
    moved["hours"] = "Lu-Vi 8:00-12:00 13.00-17.00; Sá, Do 9:00 - 10:00"
    moved["phones"], moved["valid_from"] = 22_334_455, datetime(2026, 3, 1)
    moved["my own column"] = "x"
    report = await report_of(packs_url, book([{}, moved, {}, {}]))
    assert report.faults == []
    body = report.rows[0].body
    assert report.rows[0].row == 3
    assert body["kinds"] == ["food", "legal_aid"]
    assert body["phones"] == [{"number": "22334455"}]
    assert body["valid_from"] == "2026-03-01"
    assert [(p["days"], p["opens"]) for p in body["hours"]["periods"]][2] == (["SA", "SU"], "09:00")
    assert [note.what("en") for note in report.notes] == [
        "there is no such column, so it is not read: my own column"
    ]


async def test_a_sheet_saved_as_csv_is_read_too(packs_url: str) -> None:
    text = "\ufeffPaís;Nombre;Organización;Qué ofrece;Qué tan seguro es;Fuente;Teléfonos\r\n"
    text += "SV;'+ Vida;Vecinas;comida;seguro;Vecinas;'+503 2222 0000\r\n"
    report = await report_of(packs_url, text.encode(), "hoja.csv")
    assert [fault.told("es") for fault in report.faults] == []
    assert report.rows[0].body["phones"] == [{"number": "+503 2222 0000"}]
    assert report.rows[0].name == "+ Vida"


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_template_filled_in_with_its_own_words_is_right(
    packs_url: str, language: str
) -> None:
    target = io.BytesIO()
    write_template(target, language=language, countries=COUNTRIES)
    made = load_workbook(target)
    assert len(made.sheetnames) == 4
    sheet: Any = made[made.sheetnames[1]]
    assert sheet.freeze_panes == "D2"
    assert len(sheet.data_validations.dataValidation) >= 15
    heads = {cell.value.removesuffix(" *"): cell.column for cell in sheet[1]}
    untouched = io.BytesIO()
    made.save(untouched)
    assert (await report_of(packs_url, untouched.getvalue())).rows == []
    sheet.cell(
        2, heads["Number of the entry" if language == "en" else "Número de la entrada"]
    ).value = None
    filled = io.BytesIO()
    made.save(filled)
    report = await report_of(packs_url, filled.getvalue())
    assert [fault.told(language) for fault in report.faults] == []
    assert [row.outcome for row in report.rows] == [Outcome.NEW]
    assert report.rows[0].country == "SV"


def test_every_drop_down_names_words_that_are_read_again() -> None:
    for part in PARTS:
        for column in columns_of(part, COUNTRIES):
            by_word = codes_by_word(column.family, column.codes) if column.codes else {}
            for language in languages():
                words = words_of(column.family, column.codes, language)
                assert {by_word[folded(word)] for word in words.values()} == set(column.codes)
                together = split_codes("; ".join(words.values()), by_word)
                assert together == (list(column.codes), [])


def test_every_text_is_said_in_spanish_with_the_same_values() -> None:
    text = (LOCALES / "es" / "LC_MESSAGES" / "sheets.po").read_text("utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    assert len(pairs) > 140
    for source, said in pairs:
        assert said, source
        assert set(re.findall(r"{\w+}", source)) == set(re.findall(r"{\w+}", said)), source


def test_every_field_of_a_listing_has_a_column() -> None:
    for part in (Part.SERVICES, Part.HELPLINES):
        fields = {column.key.partition(".")[0] for column in columns_of(part, COUNTRIES)}
        schema: Any = schema_of(part).schema
        assert set(schema["properties"]) <= fields


def spoilt(data: bytes, name: str) -> bytes:
    """Return a zip in which the first packed bytes of a file are others."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        begins = whole.getinfo(name).header_offset + 30 + len(name)  # behind its local header
    middle = bytes(byte ^ 0xFF for byte in data[begins : begins + 8])
    return data[:begins] + middle + data[begins + 8 :]


def packed(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"just text", "no XLSX workbook"),
        (b"PK\x03\x04 broken", "damaged"),
        (_OLE + b"...", "old kind"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (packed(**{"xl__other.xml": b"<a/>"}), "no XLSX workbook"),
        (packed(**{"xl__workbook.xml": b"<a/>", "xl__vbaProject.bin": b"x"}), "macros"),
        (packed(**{"xl__workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "damaged"),
        (packed(**{"xl__workbook.xml": b"<a/>"}), "cannot be read"),
        (b"x" * (guarding.MOST_BYTES + 1), "larger than 20 MB"),
        (book([{"one": 1, "two": 2}]), "no sheet of this file has our headings"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(FileError) as refused:
        list(read_workbook(data, COUNTRIES).rows)
    assert says in refused.value.told("en")
    assert refused.value.told("es") != refused.value.told("en")


def test_a_workbook_with_a_spoilt_part_is_refused_in_words() -> None:
    with pytest.raises(FileError) as refused:
        list(read_workbook(spoilt(book([]), "xl/workbook.xml"), ["SV"]).rows)
    assert "damaged" in refused.value.told("en")


def test_a_file_that_unpacks_to_a_mountain_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_MOST_OF_REST", 1000)
    bomb = packed(**{"xl__workbook.xml": b"<a/>", "xl__sharedStrings.xml": b" " * 5000})
    with pytest.raises(FileError) as refused:
        read_workbook(bomb, COUNTRIES)
    assert "unpacks to far more" in refused.value.told("en")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.sheets.read.MOST_ROWS", 3)
    with pytest.raises(FileError):
        list(read_workbook(book([row_of(n) for n in range(4)]), COUNTRIES).rows)
