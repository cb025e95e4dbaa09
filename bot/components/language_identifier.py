"""Rasa graph component around ``bot.understanding.identify``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import concepts, fingerprint, languages
from bot.components.parsed import LANGUAGE
from bot.understanding.identify import LanguageIdentifier
from bot.understanding.own_voice import learn, own_voice
from bot.understanding.storing import load, store


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifierComponent(GraphComponent):
    """Sets the language of each message. Leaves everything else as it was."""

    def __init__(
        self, identifier: LanguageIdentifier | None, storage: ModelStorage, resource: Resource
    ) -> None:
        self._identifier = identifier
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifierComponent:
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
    ) -> LanguageIdentifierComponent:
        """Return a trained component. Raises BrokenModelError."""
        with model_storage.read_from(resource) as folder:
            own = own_voice(*load(folder))
        return cls(LanguageIdentifier(languages(), own), model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("concepts")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of each language and store what they say."""
        with self._storage.write_to(self._resource) as folder:
            store(folder, *learn(_messages(training_data)))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of each message; its metadata says what is known of the person."""
        assert self._identifier is not None  # noqa: S101  # Rasa loads before it processes
        for message in messages:
            known = message.get("metadata") or {}
            text = message.get(TEXT) or ""
            found = self._identifier.identify(text, last=known.get("last"), hint=known.get("hint"))
            message.set(LANGUAGE, found)
        return messages

    def explain(self, text: str) -> dict[str, list[tuple[str, float]]]:
        """Return for each word of a text the languages that it speaks for, the likeliest first."""
        assert self._identifier is not None  # noqa: S101  # Rasa loads before it processes
        return self._identifier.explain(text)


def _messages(training_data: TrainingData) -> Iterator[tuple[str, str]]:
    for example in training_data.intent_examples:
        yield language_of(example), example.get(TEXT) or ""
    for tag, forms in concepts().words.items():
        for form in forms:
            yield tag, form


def language_of(example: Message) -> str:
    """Return the language that a training file names for a message; ``xx`` for none."""
    return str(metadata_of(example).get("language") or "xx")


def metadata_of(example: Message) -> dict[str, Any]:
    """Return what a training file says about the messages of an intent."""
    return dict((example.get("metadata") or {}).get("intent") or {})
