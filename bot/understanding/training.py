"""Training of the classifier, with scikit-learn; not needed to use one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import ComplementNB

from bot.understanding.classifier import Classifier, probabilities
from bot.understanding.dangers import DANGERS
from bot.understanding.features import Document, Vocabulary
from bot.understanding.weights import Weights

STRENGTH = 10.0  # inverse of the regularisation of one message
ROUNDS = 4  # through all messages; more change the third decimal of the accuracy
CORES = 2  # intents are learnt independently, so that their number changes no result
BAYES = 1.2  # share of the complement naive Bayes: one point at first rank, two within three
_NO_DANGER = "out_of_scope"  # any intent that is none will do
_EVERY = 4  # one message in four is held back for the temperature where nobody names authors


def train(
    documents: Sequence[Document],
    intents: Sequence[str],
    *,
    weights: Sequence[float] | None = None,
    authors: Sequence[str] | None = None,
    everyday: Sequence[Document] = (),
) -> Classifier:
    """Return the classifier that a training set makes. The same set makes the same one.

    Args:
        documents: What :func:`features_of` found in each message.
        intents: The intent of each message.
        weights: How much each message counts; 1 when it is not given.
        authors: Who wrote each message, ``<language>-<name>``.
        everyday: What was found in messages that are no danger, whatever else they are.
    """
    vocabulary = Vocabulary.of(documents)
    rows = matrix(vocabulary, documents)
    names = sorted(set(intents))
    wanted = np.array([names.index(intent) for intent in intents])
    unseen = _held_back(wanted, authors)
    counts = None if weights is None else np.array(weights, dtype=np.float64)
    exact, bias = fitted(rows, wanted, len(names), counts)
    return Classifier(
        names,
        vocabulary,
        Weights.of(exact),
        bias,
        temperature=_temperature(_unseen_scores(rows, wanted, unseen, counts), wanted[unseen]),
        alarm_weights=_alarm(*_with_everyday(vocabulary, rows, intents, counts, everyday)),
    )


def matrix(vocabulary: Vocabulary, documents: Sequence[Document]) -> csr_matrix:
    """Return messages as rows of a sparse matrix."""
    vectors = [vocabulary.vector(document) for document in documents]
    ends = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
    columns = np.concatenate([columns for columns, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    shape = (len(vectors), len(vocabulary.rarity))
    return csr_matrix((values, columns, ends), shape=shape, dtype=np.float64)


def fitted(
    rows: csr_matrix,
    wanted: NDArray[np.int64],
    intents: int,
    weights: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights and bias of both linear models as one: their scores are added up."""
    present, wanted = np.unique(wanted, return_inverse=True)
    linear = _logistic(rows, wanted, weights)
    weights, bias = linear.coef_.T, linear.intercept_
    if weights.shape[1] == 1:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    bayes = ComplementNB(alpha=0.3).fit(rows, wanted).feature_log_prob_.T
    bayes -= bayes.mean(axis=1, keepdims=True)
    weights += BAYES / float((rows @ bayes).std()) * bayes
    whole = np.zeros((rows.shape[1], intents), np.float32)
    whole[:, present] = weights
    offsets = np.full(intents, bias.min() - 1, np.float32)  # what was never seen is never guessed
    offsets[present] = bias
    return whole, offsets


def _logistic(
    rows: csr_matrix, wanted: NDArray[np.int64], weights: NDArray[np.float64] | None = None
) -> SGDClassifier:
    return SGDClassifier(
        loss="log",
        alpha=1 / (STRENGTH * rows.shape[0]),
        max_iter=ROUNDS,
        tol=None,
        random_state=0,
        n_jobs=CORES,
    ).fit(rows, wanted, sample_weight=weights)


def _alarm(
    rows: csr_matrix, intents: Sequence[str], weights: NDArray[np.float64] | None
) -> NDArray[np.float32]:
    """Return a weight for each feature, and the bias: whether a message speaks of any danger.

    Asking that alone finds more than adding the seven up, and sentences that only sound
    dangerous can be given more weight without bending the intents.
    """
    dangerous = np.isin(np.array(intents), DANGERS)
    if dangerous.all() or not dangerous.any():
        return np.zeros(rows.shape[1] + 1, np.float32)
    linear = _logistic(rows, dangerous.astype(np.int64), weights)
    return np.append(linear.coef_[0], linear.intercept_).astype(np.float32)


def _with_everyday(
    vocabulary: Vocabulary,
    rows: csr_matrix,
    intents: Sequence[str],
    weights: NDArray[np.float64] | None,
    everyday: Sequence[Document],
) -> tuple[csr_matrix, Sequence[str], NDArray[np.float64] | None]:
    """Return messages, intents and weights with the everyday messages behind them."""
    if not everyday:
        return rows, intents, weights
    count = len(everyday)
    more = vstack([rows, matrix(vocabulary, everyday)]).tocsr()
    counted = np.ones(rows.shape[0]) if weights is None else weights
    return more, [*intents, *[_NO_DANGER] * count], np.append(counted, np.ones(count))


def _held_back(wanted: NDArray[np.int64], authors: Sequence[str] | None) -> NDArray[np.bool_]:
    """Return which messages tell how sure the model may be: each language's last author's.

    Messages of one author resemble each other, so that a part of everybody's would flatter it.
    """
    if authors is not None:
        named: dict[str, set[str]] = {}
        for author in authors:
            named.setdefault(author.partition("-")[0], set()).add(author)
        last = {max(those) for those in named.values() if len(those) > 1}
        unseen = np.array([author in last for author in authors])
        if unseen.any():
            return unseen
    order = np.argsort(wanted, kind="stable")
    unseen = np.zeros(len(wanted), bool)
    unseen[order[::_EVERY]] = True
    return unseen


def _unseen_scores(
    rows: csr_matrix,
    wanted: NDArray[np.int64],
    unseen: NDArray[np.bool_],
    counts: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    """Return the scores of the messages held back, from a model that has not seen them."""
    seen = ~unseen
    weights, bias = fitted(
        rows[seen], wanted[seen], int(wanted.max()) + 1, None if counts is None else counts[seen]
    )
    scores: NDArray[np.float64] = rows[unseen] @ weights.astype(np.float64) + bias
    return scores


def _temperature(scores: NDArray[np.float64], wanted: NDArray[np.int64]) -> float:
    """Return the temperature under which the held-back messages are likeliest."""

    def unlikely(temperature: float) -> float:
        likely = probabilities(scores, temperature)[np.arange(len(wanted)), wanted]
        return -float(np.log(np.maximum(likely, 1e-12)).mean())

    return float(minimize_scalar(unlikely, bounds=(0.05, 5.0), method="bounded").x)
