"""Rasa graph component around ``bot.understanding.places`` and ``bot.understanding.entities``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import DATA, concepts, fingerprint, languages
from bot.components.language_identifier import language_of
from bot.components.parsed import CONCEPTS, FINDING, LANGUAGE, WORDS
from bot.process import VAR
from bot.understanding.entities import find_codes
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.ordinary import learn_ordinary, learn_words
from bot.understanding.place_words import read_place_lists
from bot.understanding.places import PlaceFinder
from bot.understanding.storing import load, store
from wire.normalise import words

_PLACES = ("country", "city", "place")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityFinderComponent(GraphComponent):
    """Adds the codes that a message names. Leaves everything else as it was."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        storage: ModelStorage,
        resource: Resource,
        places: PlaceFinder | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self._storage = storage
        self._resource = resource
        self._places = places

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinderComponent:
        """Return a component that waits for its training. Raises NoPlacesError."""
        return cls(Gazetteer(VAR / "places.sqlite"), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityFinderComponent:
        """Return a trained component. Raises NoPlacesError or BrokenModelError."""
        with model_storage.read_from(resource) as folder:
            _, stored = load(folder)
        gazetteer = Gazetteer(VAR / "places.sqlite")
        places = _finder(gazetteer, stored["words"], stored["ordinary"])
        return cls(gazetteer, model_storage, resource, places)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which names of places are ordinary words, and store them."""
        examples = training_data.intent_examples
        messages = [(language_of(example), example.get(WORDS) or []) for example in examples]
        ordinary = learn_ordinary(messages, _finder(self.gazetteer), self.gazetteer)
        small = learn_words(words for _, words in messages)
        with self._storage.write_to(self._resource) as folder:
            store(folder, {}, {"ordinary": ordinary, "words": small})
        return self._resource

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("concepts", "places")

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the codes of each message; its metadata says what is known of the conversation."""
        assert self._places is not None  # noqa: S101  # Rasa loads before it processes
        for message in messages:
            known = message.get("metadata") or {}
            said = message.get(WORDS)
            language = message.get(LANGUAGE)
            told = language.sure or language.confidence > 0
            where = self._places.find(
                said,
                language.language if told else "",
                country=known.get("country"),
                asked=known.get("pending") in _PLACES,
            )
            found = find_codes(len(said), message.get(CONCEPTS), concepts().entities, where)
            message.set(FINDING, found)
            entities = [{"entity": slot, "value": code} for slot, code in found.codes.items()]
            message.set(ENTITIES, (message.get(ENTITIES) or []) + entities, add_to_output=True)
        return messages


def _finder(
    gazetteer: Gazetteer, everyday: Iterable[str] = (), ordinary: Iterable[str] = ()
) -> PlaceFinder:
    """Return a finder of the enabled languages, with what was learnt from the messages."""
    forms = (form for listed in concepts().words.values() for form in listed)
    lists = read_place_lists(
        DATA / "places",
        languages(),
        words={word for form in forms for word in words(form)},
        everyday=everyday,
        ordinary=ordinary,
    )
    covered = [folder.name for folder in (DATA / "packs").glob("[A-Z][A-Z]")]
    return PlaceFinder(gazetteer, lists, covered)
