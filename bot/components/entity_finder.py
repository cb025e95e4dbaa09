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

from bot.components.knowledge import DATA, concepts, fingerprint
from bot.components.parsed import CONCEPTS, FINDING, WORDS
from bot.process import VAR
from bot.understanding.entities import find_codes
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.places import PlaceFinder, read_place_words
from wire.normalise import words

_LISTS = ("place-words", "ordinary-words", "demonyms")
_PLACES = ("country", "city", "place")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinderComponent(GraphComponent):
    """Adds the codes that a message names. Leaves everything else as it was."""

    def __init__(self, places: PlaceFinder, gazetteer: Gazetteer) -> None:
        self._places = places
        self.gazetteer = gazetteer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinderComponent:
        """Return the component. Raises NoPlacesError."""
        lists = {
            name: yaml.load((DATA / "places" / f"{name}.yml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506  # strings: NO is Norway
            for name in _LISTS
        }
        covered = [folder.name for folder in (DATA / "packs").glob("[A-Z][A-Z]")]
        everyday = {w for forms in concepts().words.values() for form in forms for w in words(form)}
        gazetteer = Gazetteer(VAR / "places.sqlite")
        return cls(PlaceFinder(gazetteer, read_place_words(lists, everyday), covered), gazetteer)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what Rasa's own fingerprint does not see."""
        return fingerprint("concepts", "places")

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the codes of each message; its metadata says what is known of the conversation."""
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
