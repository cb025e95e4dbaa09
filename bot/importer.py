"""Reads the training messages, in place of Rasa's own reader.

Rasa copies every message and hashes it anew for each file that it reads: with a hundred and
fifty files and 55,000 messages that takes longer than everything else in a training.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.knowledge import languages
from bot.components.parsed import EVERYDAY
from bot.examples import messages_in


class Example(Message):
    """A training message that is never copied and equal to none but itself.

    Nothing changes it but our own components, which only add to it.
    """

    def __deepcopy__(self, _: dict[int, Any]) -> Example:
        return self

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def fingerprint(self) -> str:
        """Return what tells it from other messages; Rasa's cache of trained parts is never used."""
        return f"{self.data[INTENT]}: {self.data[TEXT]}"


class MessagesImporter(RasaFileImporter):
    """Rasa's own importer for rules and domain; ours for ``data/nlu``."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Return every training message of every language."""
        assert self.config_file is not None  # noqa: S101  # bot.train names it
        data = Path(self.config_file).parents[1] / "data"
        tags = [lang.tag for lang in languages()]
        read: list[Message] = [*read_examples(data / "nlu", tags)]
        return TrainingData([*read, *read_everyday(data / "everyday", tags)])


def read_examples(folder: Path, tags: Sequence[str]) -> Iterator[Example]:
    """Yield the messages of some languages, those that stand twice under an intent once.

    A language's files stand in a folder of its name; what lies beside these folders counts too.
    """
    seen: set[tuple[str, str, str]] = set()
    files = [file for tag in tags for file in folder.glob(f"{tag}/*.yml")]
    for file in sorted([*folder.glob("*.yml"), *files]):
        written = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for block in written["nlu"]:
            metadata = dict(block.get("metadata") or {})
            for text in messages_in(str(block["examples"])):
                same = (str(metadata.get("language")), block["intent"], text)
                if same not in seen:
                    seen.add(same)
                    told = {TEXT: text, INTENT: block["intent"], "metadata": {"intent": metadata}}
                    yield Example(data=told)


def read_everyday(folder: Path, tags: Sequence[str]) -> Iterator[Example]:
    """Yield the messages of ``data/everyday``: they teach what is no danger, and no intent."""
    for tag in tags:
        file = folder / f"{tag}.txt"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        for text in dict.fromkeys(line.strip() for line in lines):
            if text:
                metadata = {"language": tag, "author": f"{tag}-everyday", EVERYDAY: True}
                told = {TEXT: text, INTENT: "out_of_scope", "metadata": {"intent": metadata}}
                yield Example(data=told)
