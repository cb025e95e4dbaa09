"""The state of one conversation, for as long as one request lasts. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from wire.strict import JsonValue


@dataclass
class Held:
    """The slots that came with a request and, once Rasa is done, those that go back with it."""

    slots: Mapping[str, JsonValue] = field(repr=False)


_held: ContextVar[Held] = ContextVar("held")


class RequestScopedTrackerStore(TrackerStore):
    """Gives Rasa the slots of the running request as a conversation that waits for its next turn.

    The conversation has no history: slots, then one ``action_listen``. So turn 5,000 costs
    what turn 5 did, and no word that a person wrote is in it.
    """

    @staticmethod
    @contextmanager
    def holding(slots: Mapping[str, JsonValue]) -> Iterator[Held]:
        """Hold ``slots`` for the turn that runs inside; they are the new ones after it."""
        held = Held(slots)
        token = _held.set(held)
        try:
            yield held
        finally:
            _held.reset(token)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """Return the held slots as a tracker."""
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for name, value in _held.get().slots.items():
            if name in tracker.slots:
                tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Put the slots that hold something back where they came from."""
        _held.get().slots = {
            name: slot.value
            for name, slot in sorted(tracker.slots.items())
            if name not in DEFAULT_SLOT_NAMES and slot.value not in (None, [], "")
        }

    async def keys(self) -> Iterable[str]:
        """Return no conversation: none is kept."""
        return ()
