import hashlib
import json

import numpy as np
import pytest

from bot.understanding.classifier import load_classifier, store_classifier
from bot.understanding.features import features_of
from bot.understanding.storing import BrokenModelError, load, store
from bot.understanding.training import train

MESSAGES = [
    ("hola buenos dias", "greet"), ("hello good morning", "greet"), ("hola amiga", "greet"),
    ("hola que tal", "greet"), ("cuanto cuesta el doctor", "cost"), ("how much is the doctor", "cost"),
    ("cuanto cobra la clinica", "cost"), ("es gratis el hospital", "cost"),
    ("donde hay comida", "food"), ("where is food", "food"), ("tengo hambre", "food"),
    ("necesito comida hoy", "food"),
]  # fmt: skip


def documents():
    return [features_of(text.split(), []) for text, _ in MESSAGES]


@pytest.fixture
def classifier():
    return train(documents(), [intent for _, intent in MESSAGES])


def test_it_ranks_all_intents_and_is_sure_to_one(classifier):
    guesses = classifier.guess(features_of(["cuanto", "cuesta", "la", "clinica"], []))
    assert guesses[0].intent == "cost"
    assert sum(guess.confidence for guess in guesses) == pytest.approx(1)
    assert [g.confidence for g in guesses] == sorted((g.confidence for g in guesses), reverse=True)


def test_nothing_at_all_is_still_answered(classifier):
    assert len(classifier.guess(features_of([], []))) == 3
    assert not classifier.vocabulary.knows(features_of(["zzzzzz"], []))
    assert classifier.vocabulary.knows(features_of(["hola"], []))


def test_what_was_stored_answers_the_same(classifier, tmp_path):
    store_classifier(classifier, tmp_path)
    again = load_classifier(tmp_path)
    for document in documents():
        assert again.guess(document) == classifier.guess(document)


def test_two_trainings_write_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        store_classifier(train(documents(), [i for _, i in MESSAGES]), tmp_path / name)
    for file in ("arrays.npz", "lists.json", "manifest.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize("file", ["arrays.npz", "lists.json"])
def test_a_changed_file_is_refused(classifier, tmp_path, file):
    store_classifier(classifier, tmp_path)
    raw = bytearray((tmp_path / file).read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / file).write_bytes(bytes(raw))
    with pytest.raises(BrokenModelError):
        load_classifier(tmp_path)


def test_a_missing_file_is_refused(classifier, tmp_path):
    store_classifier(classifier, tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(BrokenModelError):
        load_classifier(tmp_path)


def test_other_shapes_are_refused_even_with_the_right_hash(tmp_path):
    store(tmp_path, {"a": np.zeros((2, 3))}, {})
    np.savez(tmp_path / "arrays.npz", a=np.zeros((3, 2)))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    raw = (tmp_path / "arrays.npz").read_bytes()
    manifest["hashes"]["arrays.npz"] = hashlib.sha256(raw).hexdigest()
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BrokenModelError):
        load(tmp_path)


def test_it_says_why(classifier):
    why = classifier.why(features_of(["hola"], []), "greet")
    assert why[0][1] > 0
    assert any("hola" in name for name, _ in why)
