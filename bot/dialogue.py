"""Rasa's message processor, without what hides failures and without what costs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.trackers import DialogueStateTracker

from bot.executor import InProcessAction, InProcessActions
from bot.runner import SequentialGraphRunner
from bot.tracker import RequestScopedTrackerStore


class Dialogue(MessageProcessor):
    """Decides a turn: one rule, one action, in this process."""

    def __init__(self, model: Path, actions: InProcessActions) -> None:
        super().__init__(
            model_path=model,
            tracker_store=RequestScopedTrackerStore(None),
            lock_store=InMemoryLockStore(),  # never asked: a turn brings its state along
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=actions,
        )
        self.tracker_store.domain = self.domain

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory() as folder:
            metadata, runner = loader.load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, SequentialGraphRunner
            )
        return Path(model_path).name, metadata, runner

    def understand(self, messages: list[UserMessage]) -> list[dict[str, Any]]:
        """Return Rasa's parse of each message, in order. Runs the whole pipeline once for all."""
        target = self.model_metadata.nlu_target
        inputs = {"__message__": messages, "__tracker__": None}
        parsed = self.graph_runner.run(inputs=inputs, targets=[target])[target]
        return [message.as_dict(only_output_properties=False) for message in parsed]

    async def say(self, message: UserMessage) -> list[dict[str, Any]]:
        """Return what one understood message leads to, in order.

        Raises:
            Exception: An action failed. Rasa would carry on in silence.
        """
        said = message.output_channel
        assert isinstance(said, CollectingOutputChannel)  # noqa: S101  # narrows for mypy
        await self.handle_message(message)
        return [part["custom"] for part in said.messages]

    def _get_action(self, action_name: str) -> Action | None:
        action = super()._get_action(action_name)
        if isinstance(action, RemoteAction):
            return InProcessAction(action_name, self.action_endpoint)
        return action

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run an action; let its failure through. Actions are pure, so nothing is to undo."""
        events = await action.run(output_channel, nlg, tracker, self.domain)
        self._log_action_on_tracker(tracker, action, events, prediction)
        await self.execute_side_effects(events, tracker, output_channel)
        return self.should_predict_another_action(action.name())

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Do nothing: Rasa formats every slot here on each turn, whatever the log level."""
