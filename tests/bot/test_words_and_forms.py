import pytest

from bot.understanding.forms import Forms, keys_of, one_apart
from bot.understanding.tokenise import LONGEST, words_of


def texts(text, pipeline="xx"):
    return [word.text for word in words_of(text, pipeline)]


@pytest.mark.parametrize("pipeline", ["xx", "en", "es"])
def test_words_are_the_same_whatever_the_language_parts(pipeline):
    assert texts("I don't know, can't go!", pipeline) == ["i", "dont", "know", "cant", "go"]
    assert texts("¿Dónde está?\nNo sé", pipeline) == ["donde", "esta", "no", "se"]


def test_punctuation_ends_a_clause_and_a_hyphen_does_not():
    clauses = [word.clause for word in words_of("no quiero morir, es la fila")]
    assert clauses == [0, 0, 0, 1, 1, 1]
    assert {word.clause for word in words_of("well-known place")} == {0}
    assert [word.clause for word in words_of("uno\ndos")] == [0, 1]
    assert {word.clause for word in words_of("in St. Julian's", "en")} == {0}


def test_stretched_letters_are_shortened_and_numbers_are_not():
    assert texts("holaaaa heeelp 1000") == ["hola", "help", "1000"]


@pytest.mark.parametrize("text", ["", " ", "😀😀", "...", "\x00\x01", "\u202e"])
def test_a_message_without_words_has_none(text):
    assert texts(text) == []


def test_the_end_of_a_very_long_message_is_not_read():
    assert len(words_of("a b " * 10_000)) <= LONGEST


def found(forms, text):
    return [(hit.name, hit.start, hit.end) for hit in forms.find(text.split())]


def test_a_form_of_several_words_is_found():
    forms = Forms([("BILL", "factura"), ("NO_PAPERS", "sin papeles")])
    assert found(forms, "estoy sin papeles y factura") == [("NO_PAPERS", 1, 3), ("BILL", 4, 5)]


def test_a_stem_matches_any_ending():
    forms = Forms([("PREGNANT", "embaraz*")])
    assert found(forms, "embarazada") == [("PREGNANT", 0, 1)]
    assert found(forms, "embara") == []


@pytest.mark.parametrize("word", ["medicna", "medicinna", "medicnia", "nedicina"])
def test_one_wrong_letter_in_a_long_word_is_forgiven(word):
    assert found(Forms([("MEDICINE", "medicina")]), word) == [("MEDICINE", 0, 1)]


def test_short_words_are_not_guessed():
    assert found(Forms([("HIT", "pega")]), "paga") == []


def test_forms_are_normalised_as_messages_are():
    assert keys_of("¿Qué NIÑO embaraz*?") == ("que", "nino", "embaraz")
    assert keys_of("embaraz* don't") == ("embaraz*", "dont")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("abc", "abc", True), ("abc", "abd", True), ("abc", "acb", True), ("abc", "ab", True),
     ("abc", "xabc", True), ("abc", "cab", False), ("abc", "xyz", False), ("", "ab", False)],
)  # fmt: skip
def test_one_apart(one, other, near):
    assert one_apart(one, other) is near
    assert one_apart(other, one) is near
