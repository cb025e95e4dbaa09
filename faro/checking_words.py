"""Everything that can be wrong in what is said, and how far its recordings are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.check import check_messages
from content.languages import read_languages, whole
from content.messages import Messages, read_messages
from content.recordings import check_recordings
from directory.pack_files import Fault
from faro.check_sms import check_sms
from wire.scripts import LATIN


@dataclass(frozen=True)
class Words:
    """What is wrong in the messages, in one line how many are recorded, and those told in whole."""

    faults: tuple[Fault, ...]
    summary: str
    messages: Messages


def check_words(data: Path) -> Words:
    """Return what is wrong in ``messages`` and ``recordings`` below ``data``.

    Raises:
        YamlError: The list of languages cannot be read.
        MessageFileError: A PO file cannot be read.
    """
    folder = data / "messages"
    languages = read_languages(data / "languages.yml")
    short = [tag for tag, language in languages.items() if language.short]
    faults = check_messages(folder, tuple(languages), short)
    messages = read_messages(folder, tuple(languages))
    latin = [tag for tag, language in languages.items() if language.script == LATIN]
    faults += check_sms(messages, latin, folder)
    wrong, there, waiting = check_recordings(data / "recordings", messages, tuple(languages))
    summary = f"{there} key messages recorded, {waiting} not yet, {len(languages)} languages"
    return Words((*faults, *wrong), summary, messages.only(whole(languages, "")))
