"""Rasa graph component around ``bot.understanding.safeguarding``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.knowledge import DATA, fingerprint, languages
from bot.components.parsed import ALARM, GUESSES, RISK, WORDS
from bot.understanding.safeguarding import SafeguardingDetector, read_phrases


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafeguardingDetectorComponent(GraphComponent, IntentClassifier):
    """Replaces the intent of a message that suggests danger.

    Stands last in ``bot/config.yml``, so that nothing after it can hide a risk. Leaves every
    other message as it was.
    """

    def __init__(self, detector: SafeguardingDetector) -> None:
        self._detector = detector

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before it."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafeguardingDetectorComponent:
        """Return the component. Raises PatternError: a phrase cannot be read."""
        tags = [language.tag for language in languages()]
        return cls(SafeguardingDetector(read_phrases(DATA / "safeguarding", tags)))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("safeguarding")

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the risk of each message, and with it the intent."""
        for message in messages:
            likely = {guess.intent: guess.confidence for guess in message.get(GUESSES)}
            risk = self._detector.find(message.get(WORDS), likely, message.get(ALARM))
            message.set(RISK, risk)
            if risk is not None:
                intent = {"name": risk.intent, "confidence": 1.0}
                ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
                message.set(INTENT, intent, add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
