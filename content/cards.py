"""Cards that people edit as files: rumours, practices, lines of a country for its people abroad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Card = Mapping[str, Any]
NO_SERVICE = frozenset({"finished_pilot", "standard", "guide", "coordination"})  # forms


@dataclass(frozen=True)
class Cards:
    """Read once; never changes while running.

    Attributes:
        myths: Id to the card of a rumour.
        practices: Id to a practice.
        origin_lines: Country to the rows of its lines for people abroad, best first.
    """

    myths: Mapping[str, Card] = field(default_factory=dict)
    practices: Mapping[str, Card] = field(default_factory=dict)
    origin_lines: Mapping[str, Sequence[Card]] = field(default_factory=dict)


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
