"""Rasa graph component around ``bot.understanding.places`` and ``bot.understanding.entities``."""

# ruff: noqa: ARG003  # Rasa hands every component more than it needs

from __future__ import annotations

from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import DATA, concepts, fingerprint
from bot.components.parsed import CONCEPTS, FINDING, WORDS
from bot.process import VAR
from bot.understanding.entities import find_codes
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.ordinary import learn_ordinary, learn_words
from bot.understanding.places import PlaceFinder, read_place_words
from bot.understanding.storing import load, store
from wire.normalise import words

_LISTS = ("place-words", "ordinary-words", "demonyms")
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
        forms = (form for listed in concepts().words.values() for form in listed)
        everyday = {*stored["words"], *(word for form in forms for word in words(form))}
        covered = [folder.name for folder in (DATA / "packs").glob("[A-Z][A-Z]")]
        place_words = read_place_words(_lists(), everyday, stored["ordinary"])
        places = PlaceFinder(gazetteer, place_words, covered)
        return cls(gazetteer, model_storage, resource, places)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which names of places are ordinary words, and store them."""
        messages = [example.get(WORDS) or [] for example in training_data.intent_examples]
        ordinary = learn_ordinary(messages, self.gazetteer)
        with self._storage.write_to(self._resource) as folder:
            store(folder, {}, {"ordinary": ordinary, "words": learn_words(messages)})
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
            where = self._places.find(
                said, country=known.get("country"), asked=known.get("pending") in _PLACES
            )
            found = find_codes(len(said), message.get(CONCEPTS), concepts().entities, where)
            message.set(FINDING, found)
            entities = [{"entity": slot, "value": code} for slot, code in found.codes.items()]
            message.set(ENTITIES, (message.get(ENTITIES) or []) + entities, add_to_output=True)
        return messages


def _lists() -> dict[str, Any]:
    """Return the lists of ``data/places``, every value a string: NO is Norway."""
    folder = DATA / "places"
    return {
        name: yaml.load((folder / f"{name}.yml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506
        for name in _LISTS
    }
