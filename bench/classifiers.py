"""Compares classifiers on our training messages, and shows what the concepts add.

    bot/.venv/bin/python bench/classifiers.py

Cross-validation in four parts, chosen by author: who writes in one part writes in no other. Then
the ablation on the held-back messages: with and without concepts, each language with and without
its own training messages. Long: some minutes a model. Kept in ``results/classifiers.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot import process  # noqa: E402

process.prepare()

import numpy as np  # noqa: E402
from rasa.shared.nlu.constants import INTENT, TEXT  # noqa: E402
from scipy.optimize import minimize_scalar  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import SGDClassifier  # noqa: E402
from sklearn.naive_bayes import ComplementNB  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402
from taken_apart import taken_apart  # noqa: E402

from bot.components.knowledge import languages  # noqa: E402
from bot.components.language_identifier import language_of, metadata_of  # noqa: E402
from bot.figures import calibration_error  # noqa: E402
from bot.held_back import read_labelled  # noqa: E402
from bot.importer import read_examples  # noqa: E402
from bot.understanding.classifier import softmax  # noqa: E402
from bot.understanding.dangers import DANGERS  # noqa: E402
from bot.understanding.features import Vocabulary  # noqa: E402
from bot.understanding.training import BAYES, CORES, ROUNDS, STRENGTH, fitted, matrix  # noqa: E402

RESULT = ROOT / "bench" / "results" / "classifiers.json"
PARTS = 4
_HIDDEN = 64
_NEVER = -1e4  # score of an intent without a training message
Scores = Callable[[csr_matrix], np.ndarray]


@dataclass(frozen=True)
class Message:
    """A message taken apart: its features, right intents, language and author."""

    document: Mapping[str, Sequence[str]]
    intents: tuple[str, ...]
    language: str
    author: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="bench/classifiers.py", description=__doc__)
    parser.add_argument("--only", choices=["models", "ablation"], help="one half, not kept")
    options = parser.parse_args(arguments)
    trained, held = _trained(), _held()
    tell(f"{len(trained)} training messages, {len(held)} held back")
    result: dict[str, Any] = {"messages": len(trained), "held_back": len(held)}
    if options.only != "ablation":
        result["models"] = {name: _crossed(name, fit, trained) for name, fit in MODELS.items()}
    if options.only != "models":
        result["ablation"] = _ablation(trained, held)
    if not options.only:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0


def tell(line: str) -> None:
    """Write a line of progress to standard error."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


def _pipelines() -> dict[str, str]:
    return {row.tag: row.spacy for row in languages()}


def _trained() -> list[Message]:
    pipelines = _pipelines()
    return [
        Message(
            taken_apart(example.get(TEXT), language_of(example), pipelines),
            (example.get(INTENT),),
            language_of(example),
            str(metadata_of(example).get("author")),
        )
        for example in read_examples(ROOT / "data" / "nlu", list(pipelines))
    ]


def _held() -> list[Message]:
    pipelines = _pipelines()
    return [
        Message(taken_apart(held.text, held.language, pipelines), held.intents, held.language, "")
        for held in read_labelled(ROOT / "data" / "held-back", list(pipelines))
    ]


# Models: each returns what scores rows of a matrix, higher for likelier.


def _ours(rows: csr_matrix, wanted: np.ndarray) -> Scores:
    weights, bias = fitted(rows, wanted, int(wanted.max()) + 1)
    return lambda unseen: unseen @ weights + bias


def _logistic(rows: csr_matrix, wanted: np.ndarray) -> Scores:
    alpha = 1 / (STRENGTH * rows.shape[0])
    model = SGDClassifier(
        loss="log", alpha=alpha, max_iter=ROUNDS, tol=None, random_state=0, n_jobs=CORES
    )
    return model.fit(rows, wanted).decision_function


def _support_vectors(rows: csr_matrix, wanted: np.ndarray) -> Scores:
    return LinearSVC(C=0.5, tol=0.05, random_state=0).fit(rows, wanted).decision_function


def _bayes(rows: csr_matrix, wanted: np.ndarray) -> Scores:
    bayes = ComplementNB(alpha=0.3).fit(rows, wanted).feature_log_prob_.T
    bayes = bayes - bayes.mean(axis=1, keepdims=True)
    return lambda unseen: BAYES * (unseen @ bayes)


def _factorised(rows: csr_matrix, wanted: np.ndarray) -> Scores:
    """Concepts and their pairs only, through a layer of a few numbers."""
    model = MLPClassifier(
        (_HIDDEN,), "identity", max_iter=10, learning_rate_init=5e-3, random_state=0
    ).fit(rows[:, CONCEPTS], wanted)
    return lambda unseen: np.log(model.predict_proba(unseen[:, CONCEPTS]) + 1e-9)


CONCEPTS: np.ndarray = np.zeros(0, int)  # the columns that are concepts, of the current vocabulary
MODELS: Mapping[str, Callable[[csr_matrix, np.ndarray], Scores]] = {
    "logistic regression": _logistic,
    "linear support vector machine": _support_vectors,
    "complement naive Bayes": _bayes,
    "factorised model on concepts": _factorised,
    f"logistic regression + {BAYES} complement naive Bayes (ours)": _ours,
}


def _crossed(name: str, fit: Callable[..., Scores], messages: Sequence[Message]) -> dict[str, Any]:
    """Return the figures of one model over all parts. Calibrated by one temperature a part."""
    seconds, right, three, danger, sure = 0.0, [], [], [], []
    for number, (seen, unseen) in enumerate(_parts(messages), 1):
        intents = sorted({message.intents[0] for message in messages})
        rows, wanted = _rows(messages, seen, intents)
        started = time.monotonic()
        present, known = np.unique(wanted[seen], return_inverse=True)
        scores = np.full((len(unseen), len(intents)), _NEVER)
        scores[:, present] = fit(rows[seen], known)(rows[unseen])
        seconds += time.monotonic() - started
        # Half of the unseen messages set the temperature of the other half.
        likely = np.vstack(
            [
                softmax(scores[half] / _temperature(scores[other], wanted[unseen][other]))
                for half, other in ((np.s_[::2], np.s_[1::2]), (np.s_[1::2], np.s_[::2]))
            ]
        )
        answers = np.concatenate([wanted[unseen][::2], wanted[unseen][1::2]])
        order = np.argsort(-likely, axis=1)
        right += list(order[:, 0] == answers)
        three += list((order[:, :3] == answers[:, np.newaxis]).any(axis=1))
        sure += list(likely.max(axis=1))
        named = np.array(intents)
        dangerous = np.isin(named[answers], DANGERS)
        danger += list(np.isin(named[order[:, 0]], DANGERS)[dangerous])
        tell(f"{name}: part {number} of {PARTS}, first {np.mean(right):.1%} so far")
    return {
        "first": round(float(np.mean(right)), 4),
        "within_three": round(float(np.mean(three)), 4),
        "danger_first": round(float(np.mean(danger)), 4),
        "calibration_error": round(calibration_error(list(zip(sure, right))).value, 4),  # noqa: B905
        "seconds_a_part": round(seconds / PARTS, 1),
        "messages": len(right),
    }


def _parts(messages: Sequence[Message]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield what is trained on and what is measured on, by author."""
    writing: dict[str, list[str]] = {}
    for message in messages:
        writing.setdefault(message.language, []).append(message.author)
    part = {
        author: position % PARTS
        for authors in writing.values()
        for position, author in enumerate(sorted(set(authors)))
    }
    parts = np.array([part[message.author] for message in messages])
    for number in range(PARTS):
        if (parts == number).any():
            yield np.flatnonzero(parts != number), np.flatnonzero(parts == number)


def _rows(
    messages: Sequence[Message], seen: np.ndarray, intents: Sequence[str], blocks: str = "cwk"
) -> tuple[csr_matrix, np.ndarray]:
    global CONCEPTS  # noqa: PLW0603  # the one model that needs to know
    documents = [
        {block: names if block in blocks else () for block, names in message.document.items()}
        for message in messages
    ]
    vocabulary = Vocabulary.of([documents[at] for at in seen])
    CONCEPTS = np.array([at for at, name in enumerate(vocabulary.names) if name[0] == "k"], int)
    known = {intent: at for at, intent in enumerate(intents)}
    return matrix(vocabulary, documents), np.array([known[m.intents[0]] for m in messages])


def _temperature(scores: np.ndarray, wanted: np.ndarray) -> float:
    def unlikely(temperature: float) -> float:
        likely = softmax(scores / temperature)[np.arange(len(wanted)), wanted]
        return -float(np.log(np.maximum(likely, 1e-12)).mean())

    return float(minimize_scalar(unlikely, bounds=(0.02, 20.0), method="bounded").x)


def _ablation(trained: Sequence[Message], held: Sequence[Message]) -> dict[str, Any]:
    """Return how many held-back messages are right, first and within three, by language."""
    tags = sorted({message.language for message in held})
    found: dict[str, Any] = {}
    for name, blocks in (("concepts and n-grams", "cwk"), ("n-grams", "cw"), ("concepts", "k")):
        whole = _held_right(trained, held, blocks)
        found[f"{name}, all languages trained"] = whole
        tell(f"{name}: {whole}")
        without = {
            tag: _held_right(
                [message for message in trained if message.language != tag],
                [message for message in held if message.language == tag],
                blocks,
            )[tag]
            for tag in tags
        }
        found[f"{name}, without a message of the language"] = without
        tell(f"{name}, without a message of the language: {without}")
    return found


def _held_right(
    trained: Sequence[Message], held: Sequence[Message], blocks: str
) -> dict[str, tuple[float, float, int]]:
    everything = [*trained, *held]
    intents = sorted({message.intents[0] for message in everything})
    seen = np.arange(len(trained))
    rows, wanted = _rows(everything, seen, intents, blocks)
    weights, bias = fitted(rows[seen], wanted[seen], len(intents))
    order = np.argsort(-(rows[len(trained) :] @ weights + bias), axis=1)[:, :3]
    found: dict[str, tuple[float, float, int]] = {}
    for tag in sorted({message.language for message in held}):
        right = [
            [intents[at] in message.intents for at in best]
            for best, message in zip(order, held, strict=True)
            if message.language == tag
        ]
        first = sum(best[0] for best in right) / len(right)
        found[tag] = round(first, 3), round(sum(map(any, right)) / len(right), 3), len(right)
    return found


if __name__ == "__main__":
    sys.exit(main())
