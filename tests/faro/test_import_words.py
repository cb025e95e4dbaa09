"""The report of an import speaks the operator's language to the last line."""

from __future__ import annotations

from directory.import_report import Outcome, Possible, Report, RowReport
from directory.parts import Part
from directory.sheets.catalogue import languages
from faro.import_words import lines_of

ROW = RowReport(
    "Servicios", 3, Part.SERVICES, "", "SV", "Casa", Outcome.NEW,
    possible=(
        Possible("sv-s01", "La Casa", 0, 95, ("similar_name", "other_town")),
        Possible("sv-s02", "Refugio", 0, 90, ("name",), is_secret=True),
    ),
)  # fmt: skip


def test_what_is_likely_there_already_and_the_counts_are_said_in_spanish():
    assert [*lines_of(Report([ROW]), "es")] == [
        "Servicios, 3: Casa = sv-s01 La Casa? (un nombre parecido, pero otra ciudad)",
        "Servicios, 3: Casa = sv-s02 Refugio? (el mismo nombre, una casa protegida)",
        "nuevo: 1, cambiado: 0, sin cambios: 0, guardado aparte: 0, con errores: 0",
    ]


def test_no_more_is_shown_than_somebody_reads():
    many = [RowReport(**{**vars(ROW), "row": number}) for number in range(2, 152)]
    for language in languages():
        lines = [*lines_of(Report(many), language)]
        assert len(lines) == 202
        assert "100" in lines[-2]
