import sqlite3
from pathlib import Path

import pytest

from bot import process
from bot.understanding.gazetteer import Gazetteer, NoPlacesError
from bot.understanding.languages import Language
from bot.understanding.place_words import read_place_lists
from bot.understanding.places import PlaceFinder
from bot.understanding.tokenise import words_of

LISTS = process.ROOT / "data" / "places"
COVERED = ["GR", "ES", "US", "SV", "CR", "MX", "IT", "FR", "DE", "HN", "GT"]
TOWNS = [
    (1, "Athens", "GR", 664_046, ["athens", "atenas", "αθηνα", "اثينا", "ath"]),
    (2, "Athens", "US", 127_315, ["athens"]),
    (3, "Santa Ana", "SV", 176_661, ["santa ana"]),
    (4, "Santa Ana", "US", 310_227, ["santa ana"]),
    (5, "Santa Ana", "CR", 11_320, ["santa ana"]),
    (6, "Como", "IT", 84_808, ["como"]),
    (7, "Nice", "FR", 342_669, ["nice", "niza"]),
    (8, "Tapachula", "MX", 353_706, ["tapachula"]),
    (9, "San Salvador", "SV", 525_990, ["san salvador", "sal"]),
    (10, "Reading", "GB", 318_014, ["reading"]),
    (11, "Care", "IT", 15_883, ["care"]),
    (12, "Hola", "KE", 20_000, ["hola"]),
    (13, "Lonely", "GR", 600, ["lonely"]),
    (14, "London", "GB", 8_961_989, ["london", "londres"]),
    (15, "London", "US", 8_000, ["london"]),
    (16, "Córdoba", "AR", 2_106_734, ["cordoba"]),
    (17, "Córdoba", "ES", 325_708, ["cordoba"]),
    (18, "Córdoba", "MX", 204_721, ["cordoba"]),
]
COUNTRIES = [
    ("greece", "GR"), ("grecia", "GR"), ("mexico", "MX"), ("syria", "SY"), ("honduras", "HN"),
    ("germany", "DE"), ("alemania", "DE"), ("guatemala", "GT"), ("el salvador", "SV"), ("usa", "US"),
]  # fmt: skip


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    file = tmp_path_factory.mktemp("places") / "places.sqlite"
    with sqlite3.connect(file) as database:
        database.executescript(
            "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, latitude REAL,"
            " longitude REAL, population INTEGER);"
            "CREATE TABLE name (normalised TEXT, place INTEGER);"
            "CREATE TABLE said (normalised TEXT, place INTEGER);"
            "CREATE TABLE country_name (normalised TEXT, country TEXT);"
        )
        for number, name, country, people, names in TOWNS:
            row = (number, name, country, 0.0, 0.0, people)
            database.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)", row)
            database.executemany("INSERT INTO name VALUES (?, ?)", [(n, number) for n in names])
        database.executemany("INSERT INTO country_name VALUES (?, ?)", COUNTRIES)
    database.close()
    lists = read_place_lists(
        LISTS, (Language("es"), Language("en")), words=["comida"], everyday=["comida"]
    )
    return PlaceFinder(Gazetteer(file), lists, COVERED)


def found(finder, text, language="es", **known):
    where = finder.find(words_of(text), language, **known)
    return where.country, where.towns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where can I talk to a psychologist in Athens?", ("GR", ("1",))),
        ("busco doctor en Atenas", ("GR", ("1",))),
        ("γιατρός Αθήνα", ("GR", ("1",))),
        ("طبيب أثينا", ("GR", ("1",))),
        ("clinica Tapachula", ("MX", ("8",))),
        ("clinica en Tapachla", ("MX", ("8",))),
        ("albergue en San Salvadro", ("SV", ("9",))),
        ("estoy en Grecia", ("GR", ())),
        ("asylum seeker in greece", ("GR", ())),
        ("doctor in London", ("GB", ("14",))),
    ],
)
def test_a_place_is_found_in_any_language_script_and_spelling(finder, text, expected):
    assert found(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    ["como estas", "nice to meet you", "I need care", "reading classes", "la sal", "hola", "sal",
     "Hola!", "quiero comida", "how nice", "ath", "lonely people here"],
)  # fmt: skip
def test_ordinary_words_codes_and_hamlets_are_no_places(finder, text):
    assert found(finder, text) == (None, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vivo en Como", "6"),
        ("I live in Nice", "7"),
        ("clinics near Reading", "10"),
        ("in Lonely", "13"),
    ],
)
def test_they_are_after_a_place_word(finder, text, expected):
    language = "es" if "vivo" in text else "en"
    assert found(finder, text, language)[1] == (expected,)


@pytest.mark.parametrize(("text", "expected"), [("Como", "6"), ("nice", "7"), ("ATH", "1")])
def test_they_are_alone_as_the_answer_to_where(finder, text, expected):
    assert found(finder, text, asked=True)[1] == (expected,)
    assert found(finder, text)[1] == ()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("I am from Syria", None),
        ("soy de Honduras", None),
        ("vengo de Honduras y estoy en Mexico", "MX"),
        ("I fled Syria, now I am in Greece", "GR"),
        ("pasé por Guatemala, ahora estoy en México", "MX"),
        ("quiero ir a Alemania", None),
        ("going to Germany", None),
        ("soy hondureña", None),
        ("soy salvadoreño en Mexico", "MX"),
        ("syrian in Germany", "DE"),
        ("the embassy of Syria", None),
        ("estoy en México, soy de El Salvador", "MX"),
    ],
)
def test_where_somebody_is_is_told_from_where_they_come_from(finder, text, country):
    assert found(finder, text)[0] == country


def test_of_several_places_of_one_name_the_person_chooses(finder):
    country, towns = found(finder, "vivo en Santa Ana")
    assert country is None
    assert set(towns) >= {"3", "4"}


def test_a_large_town_where_nothing_is_known_does_not_hide_those_of_countries_we_serve(finder):
    assert found(finder, "busco un doctor en Córdoba") == (None, ("17", "18", "16"))


def test_of_several_places_the_country_of_the_conversation_wins(finder):
    assert found(finder, "vivo en Santa Ana", country="SV") == ("SV", ("3",))
    assert found(finder, "vivo en Santa Ana", country="CR") == ("CR", ("5",))


def test_of_several_places_the_country_that_is_said_wins(finder):
    text = "estoy en Santa Ana en El Salvador"
    assert found(finder, text, country="US") == ("SV", ("3",))


def test_a_name_does_not_reach_across_the_end_of_a_clause(finder):
    assert found(finder, "santa, ana") == (None, ())


def test_no_file_is_said_in_one_sentence(tmp_path: Path):
    with pytest.raises(NoPlacesError):
        Gazetteer(tmp_path / "none.sqlite")
    (tmp_path / "bad.sqlite").write_text("no database")
    with pytest.raises(NoPlacesError):
        Gazetteer(tmp_path / "bad.sqlite")


def test_a_name_alone_in_one_of_its_cases_is_found_whatever_the_language(finder, tmp_path):
    (tmp_path / "tr.yml").write_text("endings: {here: [dayim], origin: [dan]}\n", "utf-8")
    lists = read_place_lists(tmp_path, (Language("es"), Language("tr")))
    both = PlaceFinder(finder._gazetteer, lists, COVERED)
    assert found(both, "athensdayım", "") == found(both, "athensdayım", "tr") == ("GR", ("1",))
    assert found(both, "athensdan", "") == found(both, "athensdayım", "es") == (None, ())
