"""A message that is too long, too hard to read or without its pictogram is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from saying import ROOT

from content.check_words import check_lengths, check_pictograms, check_reading
from content.messages import Messages, Wording
from content.pictograms import Pictograms
from content.readability import lix, longest_sentence
from directory.yaml_lines import read_yaml

PO = Path("es.po")
HARD = "La administración correspondiente determinará oportunamente las circunstancias necesarias. "


def messages(**texts: str) -> Messages:
    english = "You can see a doctor. It is free."
    told = {name.replace("_", "."): text for name, text in texts.items()}
    return Messages(
        {"es": {name: Wording(text, english, "drafted", "", 7) for name, text in told.items()}}
    )


def test_a_translation_much_longer_or_shorter_than_the_english_is_told():
    found = list(
        check_lengths(messages(a_long="Sí. " * 60, a_fine="Puede ver a un médico."), "es", PO)
    )
    assert [(fault.line, fault.problem) for fault in found] == [
        (7, "a.long: 240 characters where the English has 33")
    ]
    english = "a" * 400
    short = Messages({"es": {"a.b": Wording("Sí.", english, "drafted", "", 7)}})
    assert "3 characters where" in next(iter(check_lengths(short, "es", PO))).problem


def test_a_sentence_of_more_words_than_anybody_keeps_in_mind_is_told():
    long = Messages({"en": {"a.b": Wording("word " * 29 + "end.", "x", "drafted", "", 3)}})
    (fault,) = check_lengths(long, "en", PO)
    assert fault.problem == "a.b: a sentence of 30 words"


def test_a_family_of_hard_messages_is_told_and_names_of_things_are_not():
    hard = messages(note_a=HARD * 15, document_a=HARD * 15)
    (fault,) = check_reading(hard, "es", PO)
    assert fault.problem.startswith("note.*: reading level")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Uno dos. Tres.", 2),
        ("من هنا؟ نعم", 2),
        ("Llame al 2510.4300 hoy", 4),
        ("A {country}: b c", 2),
    ],
)
def test_sentences_end_where_each_script_ends_them(text, words):
    assert longest_sentence(text) == words


def test_a_few_words_are_no_text_to_judge():
    assert lix("Muy corto.") is None


def test_a_choice_without_a_pictogram_is_told_with_its_line():
    says = read_yaml(ROOT / "data" / "messages" / "says.yml")
    (first, *_) = check_pictograms(Pictograms({}), says)
    assert first.problem.endswith("has no pictogram")
    assert first.line > 1
