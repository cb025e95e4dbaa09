"""Which pictogram stands beside the label of a choice: rows of data/messages/pictograms.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.choice_labels import label_message
from directory.yaml_lines import read_yaml
from wire.choice import read_choice

PLACE = "📍"
_FLAG_A = 0x1F1E6  # two of these letters are the flag of a country


@dataclass(frozen=True)
class Pictograms:
    """Pictograms by the message that labels a choice; a name may end in ``*``."""

    rows: Mapping[str, str]

    def of_message(self, message: str) -> str:
        """Return the pictogram of a label; nothing without a row."""
        if message in self.rows:
            return self.rows[message]
        begins = [name[:-1] for name in self.rows if name.endswith("*")]
        fitting = [name for name in begins if message.startswith(name)]
        return self.rows[f"{max(fitting, key=len)}*"] if fitting else ""

    def of(self, choice: str) -> str:
        """Return the pictogram of a choice by its id: a flag for a country, none for a language.

        Raises WireError: it is no id.
        """
        if message := label_message(choice):
            return self.of_message(message)
        _, codes = read_choice(choice)
        country = codes.get("country") or codes.get("origin")
        if country:
            return "".join(chr(_FLAG_A + ord(letter) - ord("A")) for letter in country)
        return PLACE if "city" in codes else ""


def read_pictograms(folder: Path) -> Pictograms:
    """Return the rows of ``pictograms.yml`` in ``data/messages``. Raises YamlError."""
    rows = read_yaml(folder / "pictograms.yml").data
    return Pictograms({str(name): str(sign) for name, sign in rows.items()})
