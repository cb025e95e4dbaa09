import pytest

from bot.understanding.identify import LanguageIdentifier
from bot.understanding.languages import Language
from bot.understanding.own_voice import learn, own_voice, written
from wire.scripts import script_of

LANGUAGES = (
    Language("es", spacy="es", lingua="SPANISH"),
    Language("en", spacy="en", lingua="ENGLISH"),
    Language("ti", scripts=("Ethi",)),
    Language("ar", scripts=("Arab", "Latn"), lingua="ARABIC", letters=frozenset("ةكي")),
    Language("fa", scripts=("Arab", "Latn"), lingua="PERSIAN", letters=frozenset("پچژگ")),
)
SEEN = [
    ("es", "hola necesito un doctor gracias no tengo papeles ayuda"),
    ("en", "hello i need a doctor thanks i have no papers help"),
    ("ar", "السلام عليكم احتاج طبيب salam 3alaykom mo7taj doctor"),
    ("fa", "سلام دکتر میخواهم کمک salam doktor mikham komak"),
] * 60  # as often as a frequent word of real messages


@pytest.fixture(scope="module")
def identifier():
    return LanguageIdentifier(LANGUAGES, own_voice(*learn(SEEN)))


def language(identifier, text, **known):
    return identifier.identify(text, **known).language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("necesito un doctor", "es"), ("I need a doctor", "en"), ("hola", "es"), ("help", "en"),
        ("ሰላም", "ti"), ("السلام عليكم", "ar"),
        ("¿dónde está la clínica más cercana?", "es"),
        ("چطور میتوانم گواهی پزشک بگیرم", "fa"), ("mo7taj doctor", "ar"), ("doktor mikham", "fa"),
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
    assert not identifier.identify(text).sure


@pytest.mark.parametrize("text", ["asdfgh qwerty", "xkcd"])
def test_keys_pressed_at_random_tell_no_language(text):
    own = own_voice(*learn(SEEN[:2] * 60))
    spoken = LanguageIdentifier(LANGUAGES[:2], own)
    for known in ("en", "es"):
        found = spoken.identify(text, hint=known)
        assert (found.language, found.confidence, found.sure) == (known, 0.0, False)
        found = spoken.identify(text, last=known)
        assert (found.language, found.sure) == (known, True)


def test_a_word_of_two_languages_does_not_tell_which(identifier):
    assert not identifier.identify("doctor").sure
    assert identifier.identify("necesito un doctor, gracias").sure


def test_mixed_text_is_in_the_language_of_most_of_its_words(identifier):
    assert language(identifier, "necesito ayuda, no tengo papeles please") == "es"
    assert language(identifier, "i need help, no papers, gracias") == "en"
    assert language(identifier, "سلام کمک میخواهم doctor") == "fa"


def test_without_a_single_message_letters_and_libraries_decide():
    bare = LanguageIdentifier(LANGUAGES, own_voice(*learn([])))
    assert language(bare, "چطور میتوانم گواهی پزشک بگیرم") == "fa"
    assert language(bare, "where is the nearest hospital") == "en"


def test_words_are_read_without_signs_digits_and_stretched_letters():
    assert written("¡Holaaaa! l’hôpital 24h سلام\u200cها") == [
        "hola",
        "lhôpital",
        "h",
        "سلام",
        "ها",
    ]


def test_a_language_explains_itself_by_its_words(identifier):
    assert identifier.explain("gracias")["gracias"][0][0] == "es"


def test_a_hint_helps_and_does_not_decide(identifier):
    assert language(identifier, "hello i need a doctor", hint="es") == "en"


def test_a_language_that_is_switched_off_is_no_hint(identifier):
    assert language(identifier, "", hint="xx") == "es"
    assert language(identifier, "", hint="en-GB") == "en"


def test_scripts_are_told_by_most_letters():
    assert script_of("hola سلام سلام") == "Arab"
    assert script_of("1, 2") == ""
