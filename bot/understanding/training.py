"""Training of the classifier, with scikit-learn; not needed to use one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB

from bot.understanding.classifier import Classifier, Document, softmax
from bot.understanding.dangers import DANGERS
from bot.understanding.features import Vocabulary

STRENGTH = 15.0  # inverse of the regularisation
CLOSE_ENOUGH = 0.01  # liblinear's tolerance; less changes the third decimal of the accuracy
BAYES = 0.8  # share of the complement naive Bayes: one point at first rank, two within three
FOLDS = 3  # for the temperature


def train(
    documents: Sequence[Document], intents: Sequence[str], weights: Sequence[float] | None = None
) -> Classifier:
    """Return the classifier that a training set makes. The same set makes the same one.

    Args:
        documents: What :func:`features_of` found in each message.
        intents: The intent of each message.
        weights: How much each message counts for the alarm; 1 when it is not given.
    """
    vocabulary = Vocabulary.of(documents)
    rows = matrix(vocabulary, documents)
    names = sorted(set(intents))
    wanted = np.array([names.index(intent) for intent in intents])
    return Classifier(
        names,
        vocabulary,
        *_fitted(rows, wanted),
        temperature=_temperature(held_back_scores(rows, wanted), wanted),
        alarm_weights=_alarm(rows, intents, weights),
    )


def matrix(vocabulary: Vocabulary, documents: Sequence[Document]) -> csr_matrix:
    """Return messages as rows of a sparse matrix."""
    vectors = [vocabulary.vector(document) for document in documents]
    ends = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
    columns = np.concatenate([columns for columns, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix(
        (values, columns, ends), shape=(len(vectors), len(vocabulary.names)), dtype=np.float64
    )


def held_back_scores(
    rows: csr_matrix, wanted: NDArray[np.int64], folds: int = FOLDS
) -> NDArray[np.float64]:
    """Return the scores of each message from a model that has not seen it."""
    scores = np.zeros((rows.shape[0], int(wanted.max()) + 1))
    split = StratifiedKFold(folds, shuffle=True, random_state=0)
    for seen, unseen in split.split(rows, wanted):
        weights, bias = _fitted(rows[seen], wanted[seen])
        scores[unseen] = rows[unseen] @ weights + bias
    return scores


def _fitted(
    rows: csr_matrix, wanted: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights and bias of both linear models as one: their scores are added up."""
    logistic = LogisticRegression(
        C=STRENGTH, tol=CLOSE_ENOUGH, solver="liblinear", dual=True, random_state=0
    ).fit(rows, wanted)
    weights, bias = logistic.coef_.T, logistic.intercept_
    if weights.shape[1] == 1:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    bayes = ComplementNB(alpha=0.3).fit(rows, wanted).feature_log_prob_.T
    bayes = bayes - bayes.mean(axis=1, keepdims=True)
    weights = weights + BAYES / float((rows @ bayes).std()) * bayes
    return np.ascontiguousarray(weights, dtype=np.float32), bias.astype(np.float32)


def _alarm(
    rows: csr_matrix, intents: Sequence[str], weights: Sequence[float] | None
) -> NDArray[np.float32]:
    """Return a weight for each feature, and the bias: whether a message speaks of any danger.

    Asking that alone finds more than adding the seven up, and sentences that only sound
    dangerous can be given more weight without bending the intents.
    """
    dangerous = np.isin(np.array(intents), DANGERS)
    if dangerous.all() or not dangerous.any():
        return np.zeros(rows.shape[1] + 1, np.float32)
    fitted = LogisticRegression(
        C=STRENGTH, tol=CLOSE_ENOUGH, solver="liblinear", dual=True, random_state=0
    ).fit(rows, dangerous, sample_weight=weights)
    return np.append(fitted.coef_[0], fitted.intercept_).astype(np.float32)


def _temperature(scores: NDArray[np.float64], wanted: NDArray[np.int64]) -> float:
    """Return the temperature under which the held-back messages are likeliest."""

    def unlikely(temperature: float) -> float:
        likely = softmax(scores / temperature)[np.arange(len(wanted)), wanted]
        return float(-np.log(np.maximum(likely, 1e-12)).mean())

    return float(minimize_scalar(unlikely, bounds=(0.05, 5.0), method="bounded").x)
