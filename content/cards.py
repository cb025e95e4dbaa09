"""Cards that people edit as files: rumours, practices, lines of a country for its people abroad."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Card = Mapping[str, Any]
MYTH, PRACTICE = "myth", "practice"  # kinds; the intents that show one, and families of messages
NO_SERVICE = frozenset({"finished_pilot", "standard", "guide", "coordination"})  # forms


@dataclass(frozen=True)
class Cards:
    """The cards of files, and over them what operators published (``content.live``).

    Attributes:
        myths: Id to the card of a rumour.
        practices: Id to a practice.
        origin_lines: Country to the rows of its lines for people abroad, best first.
        added: Kind of card to the ids that stand in no file, so that no rule knows of them yet.
        taken_back: Kind of card to the ids that are said no more.
        recognised: Id of a rumour to rows of concepts (``"HOSPITAL POLICE"``) where they are not
            those of its file; without rows where it is said no more.
    """

    myths: Mapping[str, Card] = field(default_factory=dict)
    practices: Mapping[str, Card] = field(default_factory=dict)
    origin_lines: Mapping[str, Sequence[Card]] = field(default_factory=dict)
    added: Mapping[str, Sequence[str]] = field(default_factory=dict)
    taken_back: Mapping[str, Collection[str]] = field(default_factory=dict)
    recognised: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, Card]:
        """Return the cards of a kind, ``myth`` or ``practice``, by id."""
        return {MYTH: self.myths, PRACTICE: self.practices}[kind]


def read_all_cards(data: Path) -> Cards:
    """Return the cards under ``data``. Raises OSError or yaml.YAMLError."""
    table = _read(data / "borders" / "origin-lines.yml")
    return Cards(
        read_cards(data / "myths"),
        read_cards(data / "practices"),
        {country: row["lines"] for country, row in table.items()},
    )


def read_cards(folder: Path) -> dict[str, Card]:
    """Return what stands in each file of a folder, by its id."""
    cards = [_read(file) for file in sorted(folder.glob("*.yml"))]
    return {str(card["id"]): card for card in cards}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
