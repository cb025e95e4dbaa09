"""A sheet is read as whoever saved it saw it, whichever program it comes from."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from sheets_of import book, looked_at, reading, row_of

from directory.import_report import Report
from directory.sheets.faults import FileError
from directory.sheets.opening import read as read_hours
from directory.sheets.opening import written

WEEK = ["MO", "TU", "WE", "TH", "FR"]


async def report_of(packs_url: str, data: bytes, name: str = "sheet.xlsx") -> Report:
    async with reading(packs_url) as session:
        return await looked_at(session, data, name)


def opened(*rows: dict[str, Any]) -> Any:
    """A workbook of rows, to be changed as a program changes it."""
    return load_workbook(io.BytesIO(book(rows or (row_of(1),))))


def saved(made: Workbook, change: Callable[[str], str] = str) -> bytes:
    """A workbook as bytes, with the XML of its first sheet changed."""
    target, result = io.BytesIO(), io.BytesIO()
    made.save(target)
    with zipfile.ZipFile(target) as packed, zipfile.ZipFile(result, "w") as other:
        for name in packed.namelist():
            part = packed.read(name)
            if name.endswith("/sheet1.xml"):
                part = change(part.decode()).encode()
            other.writestr(name, part)
    return result.getvalue()


def told(report: Report, language: str = "en") -> list[str]:
    return [fault.told(language) for fault in report.faults]


@pytest.mark.parametrize(
    ("cell", "name", "says"),
    [
        ('t="str"><f>A1</f><v>Casa Azul</v>', "Casa Azul", ""),
        ("><f>A1</f><v>1830</v>", "1830", ""),
        ("><f>A1</f><v></v>", "", "a formula stands here"),
        ('t="e"><f>A1</f><v>#REF!</v>', "", "an error of a formula stands here"),
        ('t="e"><v>#N/A</v>', "", "an error of a formula stands here"),
    ],
)
async def test_a_formula_is_worth_what_it_came_to(
    packs_url: str, cell: str, name: str, says: str
) -> None:
    made = opened()
    made.active["B2"] = "=A1"
    found = r'<c r="B2"[^>]*><f>A1</f><v ?/?>(</v>)?</c>'
    data = saved(made, lambda xml: re.sub(found, f'<c r="B2" {cell}</c>', xml))
    report = await report_of(packs_url, data)
    assert report.rows[0].name == name
    assert [says in one for one in told(report)] == ([True] if says else [])


async def test_a_hidden_sheet_is_not_read_and_that_is_said(packs_url: str) -> None:
    made = opened()
    old = made.create_sheet("viejo")
    old.append(list(row_of(2)))
    old.append(list(row_of(2).values()))
    old.sheet_state = "hidden"
    report = await report_of(packs_url, saved(made))
    assert [row.sheet for row in report.rows] == ["Listings"]
    assert [note.told("es") for note in report.notes] == [
        "hoja viejo: esta hoja está oculta, así que no se lee"
    ]


async def test_titles_empty_rows_and_formats_without_text_are_passed_over(packs_url: str) -> None:
    made = opened(row_of(1), row_of(2))
    sheet = made.active
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Directorio de servicios"
    sheet.merge_cells("A1:F1")
    sheet.insert_rows(6, 4)
    sheet.insert_cols(2, 2)
    sheet.cell(9, 1, " \u00a0 ")
    sheet.cell(3000, 90).font = Font(bold=True)
    report = await report_of(packs_url, saved(made))
    assert told(report) == []
    assert [row.row for row in report.rows] == [5, 10]


async def test_what_nobody_sees_is_taken_out_of_texts_and_numbers(packs_url: str) -> None:
    made = opened()
    made.active["B1"] = "NOMBRE\u00a0*"
    made.active["B2"] = CellRichText("  Casa\u00a0", TextBlock(InlineFont(b=True), "Azul\u200b "))
    made.active["H2"] = "+503\u202f2222\u20110000_x000D_\n\u200e2222-1111\r\n"
    report = await report_of(packs_url, saved(made))
    assert told(report) == []
    assert report.rows[0].body["name"] == "Casa Azul"
    assert report.rows[0].body["phones"] == [{"number": "+503 2222-0000"}, {"number": "2222-1111"}]


@pytest.mark.parametrize(
    ("country", "figure", "number"),
    [
        ("SV", 22334455, "22334455"),
        ("SV", 50322334455.0, "+50322334455"),
        ("DE", 30123456, "030123456"),
        ("GR", 2108616280, "2108616280"),
        ("SV", 126, "126"),
    ],
)
async def test_a_number_that_a_sheet_took_for_a_figure_gets_its_sign_back_and_that_is_said(
    packs_url: str, country: str, figure: float, number: str
) -> None:
    report = await report_of(packs_url, book([row_of(1, country=country, phones=figure)]))
    assert told(report) == []
    assert report.rows[0].body["phones"] == [{"number": number}]
    assert [number in note.told("es") for note in report.notes] == (
        [] if number == str(int(figure)) else [True]
    )


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"country": "Narnia"}, "columna A (País): Narnia no es una de las palabras"),
        ({"country": None}, "columna A (País): esto no puede quedar vacío"),
        ({"phones": "2222-0000 / 2222-1111"}, "(Teléfonos): escriba un número en cada renglón"),
        ({"phones": "2222-00000"}, "(Teléfonos): 2222-00000 no puede ser un número"),
        ({"phones": "+503 12"}, "(Teléfonos): +503 12 no puede ser un número"),
        ({"email": "casa.org"}, "(Correo electrónico): casa.org no es un correo"),
        ({"url": "javascript:alert(1)"}, "(Página web): javascript:alert(1) no es la dirección"),
        ({"point.latitude": 99, "point.longitude": 1}, "(Latitud): un punto necesita"),
        ({"places": "x" * 121}, "(Ciudades): el nombre de una ciudad tiene como máximo 120"),
        ({"id": "abc"}, "(Número de la entrada): abc no es el número de una entrada"),
    ],
)
async def test_a_wrong_cell_has_one_fault_in_the_operators_language(
    packs_url: str, cells: dict[str, object], says: str
) -> None:
    report = await report_of(packs_url, book([row_of(1, **cells)]))
    assert len(report.faults) == 1, told(report)
    assert says in told(report, "es")[0]


async def test_all_that_is_wrong_in_a_row_is_told_at_once(packs_url: str) -> None:
    row = row_of(1, kinds="x", email="casa.org", valid_from="soon", phones="2222-00000")
    report = await report_of(packs_url, book([row]))
    assert {fault.column for fault in report.faults} == {"D", "H", "L", "M"}


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("country", "El Salvador", "SV"),
        ("not_taking", "x", True),
        ("not_taking", "VERDADERO", True),
        ("not_taking", 0, False),
        ("languages_spoken", "español; English, mam", ["es", "en", "mam"]),
        ("valid_from", "2026/3/1", "2026-03-01"),
        ("valid_from", "01-03-2026", "2026-03-01"),
        ("valid_from", datetime(2026, 3, 1), "2026-03-01"),
        ("source.published", "1/3/2026", "2026-03-01"),
        ("phones", "800 836398352", [{"number": "800 836398352"}]),  # letters, and then more
    ],
)
async def test_what_people_write_is_read(
    packs_url: str, key: str, cell: object, value: object
) -> None:
    report = await report_of(packs_url, book([row_of(1, **{key: cell})]))
    assert told(report) == []
    row = report.rows[0]
    found: Any = {**row.body, "country": row.country}
    for step in key.split("."):
        found = found[step]
    assert found == value


@pytest.mark.parametrize(
    ("cell", "periods"),
    [
        ("Lu-Vi 08:00-16:00", [(WEEK, "08:00", "16:00")]),
        (
            "lunes a viernes de 8:00 a 12:00 y de 1:00 p.m. a 4:00 p. m.",
            [(WEEK, "08:00", "12:00"), (WEEK, "13:00", "16:00")],
        ),
        ("Mon-Fri 8am-4pm", [(WEEK, "08:00", "16:00")]),
        ("L-V 8h00–16h00", [(WEEK, "08:00", "16:00")]),
        ("Monday to Friday 08:00 to 16:00", [(WEEK, "08:00", "16:00")]),
        ("Lu-Vi 8:00-16:00, Sá 8:00-12:00",
         [(WEEK, "08:00", "16:00"), (["SA"], "08:00", "12:00")]),
        ("martes y jueves 9:00-12:00", [(["TU", "TH"], "09:00", "12:00")]),
        ("Sa-Mo 22:00-06:00", [(["SA", "SU", "MO"], "22:00", "06:00")]),
        ("todos los días 00:00-24:00", [([*WEEK, "SA", "SU"], "00:00", "24:00")]),
        ("Lu 12:00 am", None),
        ("Lu-Vi 8-16", None),
        ("Lu-Vi", None),
        ("08:00-16:00", None),
        ("mornings 08:00-12:00", None),
        ("mañana 08:00-12:00", None),
        ("T 08:00-12:00", None),
        ("Lu-Vi 08:00-08:00", None),
        ("Lu-Vi 24:30-25:00", None),
        ("Lu-Vi 13pm-4pm", None),
        ("Lu-Vi 08:00-16:00 (feriados cerrado)", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them_and_never_guessed(
    cell: str, periods: list[tuple[list[str], str, str]] | None
) -> None:
    if periods is None:
        with pytest.raises(ValueError, match="no opening hours"):
            read_hours(cell)
        return
    read = read_hours(cell)
    assert [(one["days"], one["opens"], one["closes"]) for one in read["periods"]] == periods
    for language in ("en", "es"):
        assert read_hours(written(read, language)) == read


def as_csv(encoding: str = "utf-8", before: str = "", **how: Any) -> bytes:
    row = row_of(1, name="Niñez y Ánimo", description='uno\ndos; "tres", cuatro')
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows([list(row), list(row.values())])
    return (before + text.getvalue()).encode(encoding)


@pytest.mark.parametrize(
    "data",
    [
        as_csv(),
        as_csv("utf-8-sig", delimiter=";"),
        as_csv("cp1252", delimiter=";"),
        as_csv("utf-16", delimiter="\t"),
        as_csv("utf-8-sig", "sep=;\r\n", delimiter=";"),
        as_csv(delimiter="|", quoting=csv.QUOTE_ALL),
        as_csv(before="Directorio 2026\r\n\r\n", delimiter=";"),
        as_csv(lineterminator="\r"),
    ],
)
async def test_csv_is_read_as_any_program_writes_it(packs_url: str, data: bytes) -> None:
    report = await report_of(packs_url, data, "hoja.csv")
    assert told(report) == []
    body = report.rows[0].body
    assert (body["name"], body["description"]) == ("Niñez y Ánimo", 'uno\ndos; "tres", cuatro')


async def test_where_letters_were_guessed_that_is_said(packs_url: str) -> None:
    report = await report_of(packs_url, as_csv("cp1252"), "hoja.csv")
    assert [note.told("es").startswith("hoja hoja.csv: este archivo") for note in report.notes] == [
        True
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Country;Name\r\nGR;Ίδρυμα".encode("cp1253"), "not saved as UTF-8"),
        ("Country;Name\r\nBG;Център за помощ".encode("cp1251"), "not saved as UTF-8"),
        ("País;Nombre\r\nSV;Niñez".encode("mac_roman"), "not saved as UTF-8"),
        ("País;Nombre".encode("utf-16-le"), "not saved as UTF-8"),
        (b"a,b,c\n1,2,3\n", "our headings"),
        (b"hello", "our headings"),
        (as_csv().replace(b"uno", b"u" * 200_000), "cannot be read as CSV, near row 2"),
    ],
)
async def test_csv_that_cannot_be_read_is_refused_in_words(
    packs_url: str, data: bytes, says: str
) -> None:
    with pytest.raises(FileError) as refused:
        await report_of(packs_url, data, "hoja.csv")
    assert says in refused.value.told("en")
    assert refused.value.told("es") != refused.value.told("en")
