"""Rasa graph component around ``bot.understanding.classifier``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import fingerprint
from bot.components.language_identifier import metadata_of
from bot.components.parsed import ALARM, CONCEPTS, EVERYDAY, GUESSES, KNOWN, WORDS
from bot.progress import tell
from bot.understanding.classifier import (
    Classifier,
    Guess,
    load_classifier,
    store_classifier,
)
from bot.understanding.features import Document, features_of

RANKED = 10  # intents in Rasa's ranking
_NEAR_DANGER = 3.0  # times that a message counts which sounds dangerous and is not


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifierComponent(GraphComponent, IntentClassifier):
    """Sets the intent of each message and the ranking of all intents."""

    def __init__(
        self, classifier: Classifier | None, storage: ModelStorage, resource: Resource
    ) -> None:
        self._classifier = classifier
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifierComponent:
        """Return a component that waits for its training."""
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifierComponent:
        """Return a trained component. Raises BrokenModelError, never falls back to an empty one."""
        with model_storage.read_from(resource) as folder:
            return cls(load_classifier(folder), model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("concepts")

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the messages and store the model."""
        from bot.understanding.training import train  # noqa: PLC0415  # scikit-learn, for training only

        read = training_data.intent_examples
        everyday = [example for example in read if metadata_of(example).get(EVERYDAY)]
        examples = [example for example in read if not metadata_of(example).get(EVERYDAY)]
        count = len({example.get(INTENT) for example in examples})
        tell(f"model: learning {count} intents from {len(examples)} messages")
        classifier = train(
            [document_of(example) for example in examples],
            [example.get(INTENT) for example in examples],
            weights=[_weight(metadata_of(example)) for example in examples],
            authors=[str(metadata_of(example).get("author")) for example in examples],
            everyday=[document_of(example) for example in everyday],
        )
        with self._storage.write_to(self._resource) as folder:
            store_classifier(classifier, folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and guesses of each message."""
        assert self._classifier is not None  # noqa: S101  # Rasa loads before it processes
        for message in messages:
            document = document_of(message)
            guesses = self._classifier.guess(document)
            message.set(ALARM, self._classifier.alarm(document))
            message.set(KNOWN, self._classifier.vocabulary.knows(document))
            message.set(GUESSES, guesses)
            message.set(INTENT, as_rasa_intent(guesses[0]), add_to_output=True)
            ranking = [as_rasa_intent(guess) for guess in guesses[:RANKED]]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def why(self, message: Message, intents: list[str]) -> dict[str, list[tuple[str, float]]]:
        """Return the features that speak most for each of ``intents``."""
        assert self._classifier is not None  # noqa: S101  # Rasa loads before it processes
        document = document_of(message)
        return {intent: self._classifier.why(document, intent) for intent in intents}


def _weight(metadata: Mapping[str, Any]) -> float:
    """Return how much a message counts: more when it only sounds dangerous."""
    return _NEAR_DANGER if metadata.get("near") or metadata.get("weight") else 1.0


def document_of(message: Message) -> Document:
    """Return the features of a message that the tokeniser has taken apart."""
    concepts = [hit.name for hit in message.get(CONCEPTS) or ()]
    return features_of([word.text for word in message.get(WORDS) or ()], concepts)


def as_rasa_intent(guess: Guess) -> Mapping[str, Any]:
    """Return a guess the way Rasa writes an intent."""
    return {"name": guess.intent, "confidence": guess.confidence}
