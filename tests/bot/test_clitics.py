import pytest

from bot.understanding.clitics import NONE, Clitics, readings

ARABIC = Clitics.from_row({"leaves": 3, "before": ["و", "ال", "وال", "ب"]})
FRENCH = Clitics.from_row({"leaves": 4, "before": ["l", "d", "qu"]})
GERMAN = Clitics.from_row({"leaves": 3, "spelt": {"ue": "u"}})
BENGALI = Clitics.from_row({"leaves": 3, "after": ["ে", "কে"]})


@pytest.mark.parametrize(
    ("word", "clitics", "meant"),
    [
        ("والمستشفي", ARABIC, "مستشفي"),
        ("بالمستشفي", ARABIC, "المستشفي"),
        ("lhopital", FRENCH, "hopital"),
        ("fuer", GERMAN, "fur"),
        ("দোকানে", BENGALI, "দোকান"),
    ],
)
def test_a_word_is_read_without_what_is_joined_to_it(word, clitics, meant):
    assert meant in readings(word, clitics)


def test_too_little_is_never_left():
    assert readings("lait", FRENCH) == ()
    assert readings("وال", ARABIC) == ()


def test_a_language_that_joins_nothing_has_no_other_reading():
    assert readings("hospital", NONE) == ()
    assert Clitics.from_row(None) == NONE
