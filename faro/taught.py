"""Messages to learn from that operators type in: their own words, never what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from content.training_files import Example, read_examples
from faro.errors import FaroError
from wire.normalise import words

FILE = "taught.yml"
LONGEST = 300  # characters: nobody types more into a chat at once
_ANNOTATION = frozenset("[]{}`")  # Rasa reads these as entities
Block = tuple[str, str]  # intent, author


def teach(data: Path, *, language: str, intent: str, author: str, text: str) -> Path:
    """Add a message to the training data of a language; return the file it stands in.

    Args:
        data: The folder ``data``.
        language: BCP 47 tag.
        intent: What the message means.
        author: Whose words they are; a short name, since it stands in a public file.
        text: The message.

    Raises:
        FaroError: It stands there already, or cannot be a message.
        YamlError: A file of the language cannot be read.
    """
    message = " ".join(text.split())
    if not message or len(message) > LONGEST or _ANNOTATION & set(message):
        raise FaroError(
            f"A message has 1 to {LONGEST} characters and no brackets", "Write it as people do"
        )
    path = data / "nlu" / language / FILE
    trained = list(read_examples(path.parent))
    held_back = read_examples(data / "held-back" / language, held_back=True)
    said = words(message)
    for known in (*trained, *held_back):
        if list(known.words) == said:
            raise FaroError(f"{known.path.name} has it already", "Say it in other words")
    blocks = _blocks(example for example in trained if example.path == path)
    blocks.setdefault((intent, author), []).append(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(_written(language, blocks), encoding="utf-8")
    new.replace(path)
    return path


def _blocks(examples: Iterable[Example]) -> dict[Block, list[str]]:
    """Return messages by intent and author."""
    found: dict[Block, list[str]] = {}
    for example in examples:
        found.setdefault((example.intent, example.author), []).append(example.text)
    return found


def _written(language: str, blocks: dict[Block, list[str]]) -> str:
    lines = ['version: "3.1"', "# Messages that operators typed in (faro teach).", "nlu:"]
    for (intent, author), messages in sorted(blocks.items()):
        lines += [f"- intent: {intent}", "  metadata:", f"    language: {language}"]
        lines += [f"    author: {author}", "  examples: |"]
        lines += [f"    - {message}" for message in messages]
    return "\n".join([*lines, ""])
