import pytest

from bot.understanding.identify import LanguageIdentifier, count_words, script_of
from bot.understanding.languages import Language
from wire.normalise import words

LANGUAGES = (
    Language("es", spacy="es", lingua="SPANISH"),
    Language("en", spacy="en", lingua="ENGLISH"),
    Language("ti", scripts=("Ethi",)),
    Language("ar", scripts=("Arab",), lingua="ARABIC"),
)
SEEN = [
    ("es", "hola necesito un doctor gracias no tengo papeles ayuda"),
    ("en", "hello i need a doctor thanks i have no papers help"),
]


@pytest.fixture(scope="module")
def identifier():
    return LanguageIdentifier(LANGUAGES, count_words((tag, words(text)) for tag, text in SEEN))


def language(identifier, text, **known):
    return identifier.identify(text, words(text), **known).language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("necesito un doctor", "es"), ("I need a doctor", "en"), ("hola", "es"), ("help", "en"),
        ("ሰላም", "ti"), ("السلام عليكم", "ar"), ("¿dónde está la clínica más cercana?", "es"),
    ],
)  # fmt: skip
def test_a_first_message_tells_its_language(identifier, text, expected):
    assert language(identifier, text) == expected


@pytest.mark.parametrize("word", ["doctor", "no", "hospital", "gracias", "ok"])
def test_one_word_never_switches_a_running_conversation(identifier, word):
    assert language(identifier, word, last="en") == "en"
    assert language(identifier, word, last="es") == "es"


def test_a_whole_sentence_switches(identifier):
    assert language(identifier, "necesito un doctor, no tengo papeles", last="en") == "es"


def test_another_script_always_switches(identifier):
    assert language(identifier, "ሰላም", last="en") == "ti"


@pytest.mark.parametrize("text", ["", "😀", "12345", "!!!"])
def test_without_letters_the_last_language_stays(identifier, text):
    assert language(identifier, text, last="en") == "en"
    assert language(identifier, text, hint="en") == "en"
    assert not identifier.identify(text, words(text)).sure


@pytest.mark.parametrize("text", ["asdfgh qwerty", "xkcd"])
def test_keys_pressed_at_random_tell_no_language(text):
    spoken = LanguageIdentifier(LANGUAGES[:2], count_words((t, words(said)) for t, said in SEEN))
    for known, expected in (({}, "es"), ({"hint": "en"}, "en"), ({"last": "en"}, "en")):
        found = spoken.identify(text, words(text), **known)
        assert (found.language, found.sure) == (expected, "last" in known)


def test_a_word_of_two_languages_does_not_tell_which(identifier):
    assert not identifier.identify("doctor", ["doctor"]).sure
    assert identifier.identify("gracias", ["gracias"]).sure


def test_a_hint_helps_and_does_not_decide(identifier):
    assert language(identifier, "hello i need a doctor", hint="es") == "en"


def test_a_language_that_is_switched_off_is_no_hint(identifier):
    assert language(identifier, "", hint="xx") == "es"


def test_scripts_are_told_by_most_letters():
    assert script_of("hola سلام سلام") == "Arab"
    assert script_of("1, 2") == ""
