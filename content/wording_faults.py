"""What is wrong with a new wording before anybody reads it: all that ``faro check`` finds.

The checks are those of ``content.check``; here they look at wordings that are not in a file yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from content.check import check_banned, check_language
from content.check_words import check_lengths, check_reading
from content.messages import SOURCE_LANGUAGE, Messages, Wording, why_unfit
from content.vocabulary_labels import LABEL_LENGTH
from directory.pack_files import Fault
from directory.yaml_lines import read_yaml

# What keeps somebody safe. Nobody waves a fault through here, so no wording with one is said.
SAFETY = ("danger.", "exit.", "privacy.", "numbers.", "safe.", "early_care.")
_NO_LABELS = frozenset({"choice.out_of_range"})


@dataclass(frozen=True)
class WordingFault:
    """One thing that is wrong with a wording."""

    message: str
    problem: str


def is_safety(message: str) -> bool:
    """Return whether a message keeps somebody safe."""
    return message.startswith(SAFETY)


def is_label(message: str) -> bool:
    """Return whether a message is read on a button."""
    return message.startswith("choice.") and message not in _NO_LABELS


def wording_faults(
    messages: Messages, language: str, texts: Mapping[str, str], folder: Path
) -> list[WordingFault]:
    """Return what is wrong with new wordings of a language.

    Args:
        messages: What is said now.
        language: BCP 47 tag.
        texts: Message id to its new wording, made from the English text of today.
        folder: ``data/messages``, with the words that are never said.
    """
    path = folder / f"{language}.po"
    trial = _tried(messages, language, texts)
    faults = [
        *(_of_code(messages, texts) if language == SOURCE_LANGUAGE else ()),
        *_told(check_language(trial, language, path), texts),
        *_told(check_banned(trial, language, path, _banned(folder)), texts),
        *_told(check_lengths(trial, language, path), texts),
        *_told_of_families(check_reading(trial, language, path), texts),
        *_labels(texts),
    ]
    return list(dict.fromkeys(faults))


def _tried(messages: Messages, language: str, texts: Mapping[str, str]) -> Messages:
    """Return English and a language as they would be, and nothing else."""
    changed: dict[str, Wording] = {}
    for message, text in texts.items():
        source = text
        if language != SOURCE_LANGUAGE and messages.has(message, SOURCE_LANGUAGE):
            source = messages.wording(message, SOURCE_LANGUAGE).text
        changed[message] = Wording(text, source, "", "", 1)
    return messages.only((SOURCE_LANGUAGE, language)).with_wordings({language: changed})


def _of_code(messages: Messages, texts: Mapping[str, str]) -> Iterator[WordingFault]:
    """Yield English texts with other placeholders than those that code fills."""
    for message, text in texts.items():
        if messages.has(message, SOURCE_LANGUAGE):
            before = messages.wording(message, SOURCE_LANGUAGE).text
            if problem := why_unfit(text, before):
                yield WordingFault(message, problem)


def _told(faults: Iterable[Fault], texts: Collection[str]) -> Iterator[WordingFault]:
    """Yield those faults that are about the new wordings, and not about what stood there before."""
    for fault in faults:
        message = fault.problem.partition(" ")[0].rstrip(":")
        if message in texts:
            problem = fault.problem.removeprefix(message).removeprefix(":").strip()
            yield WordingFault(message, problem)


def _told_of_families(faults: Iterable[Fault], texts: Collection[str]) -> Iterator[WordingFault]:
    for fault in faults:
        family = fault.problem.partition(".")[0]
        for message in texts:
            if message.partition(".")[0] == family:
                yield WordingFault(message, fault.problem)


def _labels(texts: Mapping[str, str]) -> Iterator[WordingFault]:
    for message, text in texts.items():
        if is_label(message) and len(text) > LABEL_LENGTH:
            told = f"{len(text)} characters, and a button shows {LABEL_LENGTH}"
            yield WordingFault(message, told)


@cache
def _banned(folder: Path) -> Mapping[str, Mapping[str, Sequence[str]]]:
    banned: Mapping[str, Any] = read_yaml(folder / "banned.yml").data
    return banned
