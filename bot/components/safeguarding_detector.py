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

from bot.components.intent_classifier import RANKED, as_rasa_intent
from bot.components.knowledge import DATA, fingerprint, languages
from bot.components.parsed import ALARM, GUESSES, LANGUAGE, RISK, WORDS
from bot.understanding.clitics import NONE
from bot.understanding.dangers import DANGERS
from bot.understanding.safeguarding import SafeguardingDetector, read_phrases


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafeguardingDetectorComponent(GraphComponent, IntentClassifier):
    """Decides whether a message suggests danger, and replaces its intent if so.

    Stands last in ``bot/config.yml``, so that nothing after it can hide a risk. In every other
    message a danger may be the second guess and never the first.
    """

    def __init__(self, detector: SafeguardingDetector) -> None:
        self._detector = detector
        self._clitics = {language.tag: language.clitics for language in languages()}

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
            language = message.get(LANGUAGE).language
            risk = self._detector.find(
                message.get(WORDS),
                likely,
                message.get(ALARM),
                language=language,
                clitics=self._clitics.get(language, NONE),
            )
            message.set(RISK, risk)
            if risk is not None:
                intent = {"name": risk.intent, "confidence": 1.0}
                ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
                message.set(INTENT, intent, add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            else:
                _set_back(message)
        return messages

    def why(self, message: Message) -> dict[str, Any]:
        """Return the classifier's alarm, every phrase that was found, and those left aside."""
        clitics = self._clitics.get(message.get(LANGUAGE).language, NONE)
        stand, voided = self._detector.phrases_in(message.get(WORDS), clitics)
        return {
            "alarm": round(message.get(ALARM), 4),
            "found": [phrase.id for phrase in stand],
            "left_aside": [phrase.id for phrase in voided],
        }


def _set_back(message: Message) -> None:
    """Let the likeliest intent that is no danger lead, where all together speak against danger."""
    guesses = message.get(GUESSES)
    first = next((at for at, guess in enumerate(guesses) if guess.intent not in DANGERS), 0)
    if first:
        guesses = [guesses[first], *guesses[:first], *guesses[first + 1 :]]
        message.set(GUESSES, guesses)
        ranking = [as_rasa_intent(guess) for guess in guesses[:RANKED]]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
