"""Rasa's message processor, without what hides failures and without what costs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.executor import InProcessAction, InProcessActions
from bot.runner import SequentialGraphRunner
from bot.tracker import RequestScopedTrackerStore

Component = TypeVar("Component")


class Dialogue(MessageProcessor):
    """Decides a turn: one rule, one action, in this process."""

    def __init__(self, model: Path, actions: InProcessActions) -> None:
        self.store = RequestScopedTrackerStore(None)
        super().__init__(
            model_path=model,
            tracker_store=self.store,
            lock_store=InMemoryLockStore(),  # never asked: a turn brings its state along
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=actions,
        )
        self.store.domain = self.domain

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory() as folder:
            metadata, runner = loader.load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, SequentialGraphRunner
            )
        return Path(model_path).name, metadata, runner

    def understand(self, messages: list[UserMessage]) -> list[Message]:
        """Return what the pipeline leaves in each message, in order. Runs it once for all."""
        target = self.model_metadata.nlu_target
        inputs = {"__message__": messages, "__tracker__": None}
        parsed: list[Message] = self.graph_runner.run(inputs=inputs, targets=[target])[target]
        return parsed

    def component(self, kind: type[Component]) -> Component:
        """Return the component of a kind. Raises LookupError: the pipeline has none."""
        runner = self.graph_runner
        assert isinstance(runner, SequentialGraphRunner)  # noqa: S101  # narrows for mypy
        for node in runner._instantiated_nodes.values():
            if isinstance(node._component, kind):
                return node._component
        raise LookupError(f"no {kind.__name__} in the pipeline")

    async def say(self, message: UserMessage) -> list[dict[str, Any]]:
        """Return what one understood message leads to, in order.

        Raises:
            Exception: An action failed. Rasa would carry on in silence.
        """
        said = message.output_channel
        assert isinstance(said, CollectingOutputChannel)  # noqa: S101  # narrows for mypy
        await self.handle_message(message)
        return [part["custom"] for part in said.messages]

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run an action; let its failure through. Actions are pure, so nothing is to undo."""
        if isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self.action_endpoint)
        events = await action.run(output_channel, nlg, tracker, self.domain)
        self._log_action_on_tracker(tracker, action, events, prediction)
        await self.execute_side_effects(events, tracker, output_channel)
        return self.should_predict_another_action(action.name())

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Do nothing: Rasa formats every slot here on each turn, whatever the log level."""
