"""What a conversation remembers between two turns: codes, never words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wire.strict import VERSION, JsonValue, checked, values


@dataclass(frozen=True)
class State:
    """The slots of a conversation that hold something.

    Attributes:
        slots: Slot name to code, number or list of codes. What is being asked stands in
            ``pending``. Kept out of ``repr``: a status or a place is personal.
    """

    slots: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, object]:
        """Return the object that :meth:`from_json` reads."""
        return {"version": VERSION, "slots": dict(self.slots)}

    @classmethod
    def from_json(cls, data: object) -> State:
        """Return the state in ``data``. Raises WireError."""
        fields = checked("state", data, frozenset({"slots"}), frozenset())
        return cls(slots=values("state.slots", fields["slots"]))
