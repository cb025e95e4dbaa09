"""The messages that the bot learns from, and those held back to measure it, with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.yaml_lines import read_yaml
from wire.normalise import words


@dataclass(frozen=True)
class Example:
    """A message in ``data/nlu`` or ``data/held-back``.

    Attributes:
        line: Where it stands in its file, from 1.
        words: Its words as they are compared.
        held_back: Whether it is never trained on.
    """

    path: Path
    line: int
    intent: str
    author: str
    text: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    held_back: bool


def read_examples(folder: Path, *, held_back: bool = False) -> Iterator[Example]:
    """Yield the messages of one language's folder in order. Raises YamlError."""
    for path in sorted(folder.glob("messages.yml" if held_back else "*.yml")):
        document = read_yaml(path)
        for position, block in enumerate(document.data["nlu"]):
            first = document.line(["nlu", position, "examples"]) + 1
            author = str((block.get("metadata") or {}).get("author"))
            for below, line in enumerate(block["examples"].splitlines()):
                if text := line.strip().removeprefix("-").strip():
                    yield Example(
                        path,
                        first + below,
                        block["intent"],
                        author,
                        text,
                        tuple(words(text)),
                        held_back,
                    )
