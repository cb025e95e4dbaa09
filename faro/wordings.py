"""What can be wrong in the messages: an id, a placeholder or a translation that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.messages import (
    SOURCE_LANGUAGE,
    MessageFileError,
    Messages,
    Wording,
    placeholders,
    read_messages,
)
from directory.pack_files import Fault
from directory.pack_lint import HasMessage
from faro.checking import enabled_languages, fault_of
from faro.root import MESSAGES, ROOT


def has_message_everywhere() -> HasMessage:
    """Return the question whether a message has a wording in every enabled language.

    Raises:
        MessageFileError: A file cannot be read.
        YamlError: The list of languages cannot be read.
    """
    return read_messages(MESSAGES, enabled_languages(ROOT / "data" / "languages.yml")).everywhere


def check_wordings(folder: Path, languages: tuple[str, ...]) -> list[Fault]:
    """Return what is wrong in the messages of some languages."""
    missing = [language for language in languages if not (folder / f"{language}.po").exists()]
    if missing:
        return [
            Fault(folder / f"{language}.po", 1, "there is no such file") for language in missing
        ]
    try:
        messages = read_messages(folder, languages)
    except MessageFileError as error:
        return [fault_of(error)]
    ids = frozenset[str]().union(*(messages.ids(language) for language in languages))
    return [
        fault for language in languages for fault in _of_language(messages, language, ids, folder)
    ]


def _of_language(
    messages: Messages, language: str, ids: frozenset[str], folder: Path
) -> Iterator[Fault]:
    path = folder / f"{language}.po"
    for message in sorted(ids):
        if not messages.has(message, language):
            yield Fault(path, 1, f"{message} has no wording in {language}")
            continue
        wording = messages.wording(message, language)
        if not messages.has(message, SOURCE_LANGUAGE):
            continue  # told for the source language itself
        for problem in _problems(wording, messages.wording(message, SOURCE_LANGUAGE)):
            yield Fault(path, wording.line, f"{message}: {problem}")


def _problems(wording: Wording, source: Wording) -> Iterator[str]:
    try:
        own, wanted = placeholders(wording.text), placeholders(source.text)
    except ValueError:
        yield "a brace is not closed"
        return
    if own != wanted:
        yield f"the placeholders are {_listed(own)} and must be {_listed(wanted)}"
    if wording.source != source.text:
        yield "is outdated: the English text has changed"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
