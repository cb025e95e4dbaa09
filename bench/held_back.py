"""The held-back messages with their labels, for the benches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml
from side import ROOT


@dataclass(frozen=True)
class Labelled:
    """A message that nothing was trained on, and the intents that are right for it."""

    text: str
    language: str
    accepted: frozenset[str]


def held_back(languages: Sequence[str]) -> Iterator[Labelled]:
    """Yield the held-back messages of some languages."""
    for language in languages:
        file = ROOT / "data" / "held-back" / language / "messages.yml"
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            accepted = {block["intent"], *(block.get("metadata") or {}).get("accept", ())}
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield Labelled(line[2:].strip(), language, frozenset(accepted))
