"""Which intent a message has: a linear model over n-grams and concepts.

Logistic regression, each intent against the rest, and complement naive Bayes (Rennie et al.
2003), whose scores are added up; one number, the temperature, turns them into probabilities
(Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Document, Vocabulary
from bot.understanding.storing import BrokenModelError, load, store
from bot.understanding.weights import Weights

# Messages that mean something else than every word in them says: no temperature makes a model
# doubt what it is sure of. Measured on authors it had not seen.
DOUBT = 0.05


@dataclass(frozen=True)
class Guess:
    """An intent and how likely it is, 0 to 1."""

    intent: str
    confidence: float


class Classifier:
    """A trained model. Does not change.

    Attributes:
        intents: The intents, in the order of the columns of ``weights``.
        vocabulary: The features, in the order of the rows of ``weights``.
        weights: Features by intents.
        bias: One number an intent.
        temperature: Scores are divided by it before they become probabilities.
        alarm_weights: A weight for each feature and, last, the bias.
    """

    def __init__(
        self,
        intents: Sequence[str],
        vocabulary: Vocabulary,
        weights: Weights,
        bias: NDArray[np.float32],
        *,
        temperature: float,
        alarm_weights: NDArray[np.float32],
    ) -> None:
        self.intents = tuple(intents)
        self.vocabulary = vocabulary
        self.weights = weights
        self.bias = bias
        self.temperature = temperature
        self.alarm_weights = alarm_weights

    def guess(self, document: Document) -> list[Guess]:
        """Return every intent, likeliest first."""
        columns, values = self.vocabulary.vector(document)
        scores = self.bias + self.weights.scores(columns, values)
        likely = probabilities(scores[np.newaxis].astype(np.float64), self.temperature)[0]
        order = np.argsort(-likely, kind="stable")
        return [Guess(self.intents[i], float(likely[i])) for i in order]

    def alarm(self, document: Document) -> float:
        """Return the probability that a message speaks of any danger."""
        columns, values = self.vocabulary.vector(document)
        score = float(values @ self.alarm_weights[columns] + self.alarm_weights[-1])
        return 1 / (1 + math.exp(-score))

    def why(self, document: Document, intent: str, most: int = 8) -> list[tuple[str, float]]:
        """Return the features that speak most for an intent, each with its share of the score."""
        columns, values = self.vocabulary.vector(document)
        shares = self.weights.shares(columns, values, self.intents.index(intent))
        order = np.argsort(-shares, kind="stable")[:most]
        names = self.vocabulary.names
        return [(names[columns[i]], float(shares[i])) for i in order]


def probabilities(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return how likely each intent is, row by row; never quite sure of one."""
    likely: NDArray[np.float64] = (1 - DOUBT) * softmax(scores / temperature)
    return likely + DOUBT / scores.shape[1]


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores as probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return likely


def store_classifier(classifier: Classifier, folder: Path) -> None:
    """Write a classifier to ``folder``."""
    arrays: dict[str, NDArray[Any]] = {
        "weights": classifier.weights.steps,
        "sizes": classifier.weights.size,
        "bias": classifier.bias,
        "rarity": classifier.vocabulary.rarity,
        "temperature": np.array([classifier.temperature]),
        "alarm": classifier.alarm_weights,
    }
    lists = {"intents": list(classifier.intents), "features": list(classifier.vocabulary.names)}
    store(folder, arrays, lists)


def load_classifier(folder: Path) -> Classifier:
    """Return the classifier in ``folder``. Raises BrokenModelError."""
    arrays, lists = load(folder)
    features, intents = len(lists["features"]), len(lists["intents"])
    expected = {
        "weights": (features, intents),
        "sizes": (features,),
        "rarity": (features,),
        "bias": (intents,),
        "alarm": (features + 1,),
    }
    if any(arrays[name].shape != shape for name, shape in expected.items()):
        raise BrokenModelError("the numbers fit neither the features nor the intents")
    vocabulary = Vocabulary(lists["features"], arrays["rarity"])
    return Classifier(
        lists["intents"],
        vocabulary,
        Weights(arrays["weights"], arrays["sizes"]),
        arrays["bias"],
        temperature=float(arrays["temperature"][0]),
        alarm_weights=arrays["alarm"],
    )
