"""Messages to learn from that operators type in: their own words, never what a person wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from directory.yaml_lines import read_yaml
from faro.errors import FaroError
from wire.normalise import normalise

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
    folders = (data / "nlu" / language, data / "held-back" / language)
    wanted = normalise(message)
    for path, known in _messages(folders):
        if normalise(known) == wanted:
            raise FaroError(f"{path.name} has it already", "Say it in other words")
    path = folders[0] / FILE
    blocks = _blocks(path)
    blocks.setdefault((intent, author), []).append(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(_written(language, blocks), encoding="utf-8")
    new.replace(path)
    return path


def _messages(folders: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for path in sorted(folder.glob("*.yml")):
            for messages in _blocks(path).values():
                yield from ((path, message) for message in messages)


def _blocks(path: Path) -> dict[Block, list[str]]:
    """Return the messages of a file by intent and author; none where there is no file."""
    found: dict[Block, list[str]] = {}
    if not path.exists():
        return found
    for block in read_yaml(path).data.get("nlu", ()):
        lines = [line.strip() for line in block["examples"].splitlines()]
        messages = [line[2:] for line in lines if line.startswith("- ")]
        key = (block["intent"], (block.get("metadata") or {}).get("author", ""))
        found.setdefault(key, []).extend(messages)
    return found


def _written(language: str, blocks: dict[Block, list[str]]) -> str:
    lines = ['version: "3.1"', "# Messages that operators typed in (faro teach).", "nlu:"]
    for (intent, author), messages in sorted(blocks.items()):
        lines += [f"- intent: {intent}", "  metadata:", f"    language: {language}"]
        lines += [f"    author: {author}", "  examples: |"]
        lines += [f"    - {message}" for message in messages]
    return "\n".join([*lines, ""])
