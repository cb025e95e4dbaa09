"""Rasa graph component around ``bot.understanding.tokenise``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import concepts, fingerprint, languages
from bot.components.language_identifier import language_of
from bot.components.parsed import CONCEPTS, LANGUAGE, WORDS
from bot.understanding.tokenise import words_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class TokeniserComponent(GraphComponent):
    """Sets the words and the concepts of each message."""

    def __init__(self) -> None:
        self._pipelines = {language.tag: language.spacy for language in languages()}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TokeniserComponent:
        """Return the component; there is nothing to load."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("concepts")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Take the training messages apart like any other, each in the language of its file."""
        for example in training_data.training_examples:
            self._take_apart(example, language_of(example))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Take each message apart in the language that was found for it."""
        for message in messages:
            self._take_apart(message, message.get(LANGUAGE).language)
        return messages

    def _take_apart(self, message: Message, language: str) -> None:
        words = words_of(message.get(TEXT) or "", self._pipelines.get(language, "xx"))
        message.set(WORDS, words)
        message.set(CONCEPTS, concepts().find(words, language))
