"""The slots of a conversation as an action sees them, and what an action answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wire.say import Say
from wire.strict import JsonValue

# Meant for one turn only: cleared by every action unless it sets them itself.
PASSING = (
    *("offset", "listing", "menu", "purpose", "urgency", "wanted_language"),
    *("card", "step", "obstacle", "domain", "page", "why"),
)
# Still needed once the person has answered the question that is open.
NEEDED_AFTER = frozenset({"purpose", "obstacle"})


@dataclass(frozen=True)
class Slots:
    """What is known, as codes. Missing slots read as None.

    Attributes:
        values: Slot name to value, as Rasa's tracker holds them.
    """

    values: Mapping[str, Any] = field(repr=False)

    def code(self, name: str) -> str | None:
        """Return a slot that holds one code, or None."""
        value = self.values.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        return str(value) if value not in (None, "") else None

    def codes(self, name: str) -> list[str]:
        """Return a slot that holds a list of codes; a single code is a list of one."""
        value = self.values.get(name)
        if value in (None, ""):
            return []
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]

    def places(self) -> list[str]:
        """Return the places of one name to choose from, as numbers of the gazetteer."""
        return [code for code in self.codes("alternatives") if code.isdigit()]

    def guesses(self) -> list[str]:
        """Return the intents that were likeliest, best first."""
        return [code for code in self.codes("alternatives") if not code.isdigit()]

    def number(self, name: str) -> int:
        """Return a slot that holds a count; 0 when it is empty or no number."""
        try:
            return max(0, int(float(self.code(name) or 0)))
        except ValueError:
            return 0

    def declined(self, name: str) -> bool:
        """Return whether the person did not want to say ``name``."""
        return name in self.codes("declined")


@dataclass(frozen=True)
class Answer:
    """What to say and which slots change. ``says`` is never empty."""

    says: tuple[Say, ...]
    changes: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)


Speaker = Callable[[Slots], Answer]
