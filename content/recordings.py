"""Recordings of the key messages, for whoever listens better than they read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content.messages import Messages
from directory.pack_files import Fault, fault_of
from directory.yaml_lines import Document, YamlError, read_yaml

NOT_YET = "not yet"
MOST_BYTES = 1_000_000  # a voice note of some minutes; more is slow and costly on a phone
# Opus in Ogg is what Telegram plays as a voice note.
# Source: https://core.telegram.org/bots/api#sendvoice
_BEGINNING = b"OggS"
# What Telegram plays as a voice note, by the name's ending; WhatsApp and browsers play these, too.
MEDIA_TYPES: Mapping[str, str] = {
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
}
_MP3 = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")  # a tag, or the first frame of layer III
_FIELDS = frozenset({"file", "voice", "recorded", "wording"})
_FINGERPRINT = 12


@dataclass(frozen=True)
class Recordings:
    """Where the recording of a message in a language lies.

    Attributes:
        files: Language to message id to a path below ``data/recordings``.
    """

    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, message: str, language: str) -> str | None:
        """Return the path of a recording below ``data/recordings``, or None: not yet."""
        return self.files.get(language, {}).get(message)


def read_recordings(folder: Path, languages: Sequence[str]) -> Recordings:
    """Return the recordings that exist in ``data/recordings``. Raises YamlError."""
    rows = {tag: _rows(folder / f"{tag}.yml") for tag in languages}
    return Recordings(
        {
            tag: {message: str(row["file"]) for message, row in told.items() if row != NOT_YET}
            for tag, told in rows.items()
        }
    )


def read_key(folder: Path) -> Sequence[str]:
    """Return the ids of the key messages in ``data/recordings``. Raises YamlError."""
    key: Sequence[str] = read_yaml(folder / "key.yml").data["key"]
    return key


def suffix_of(sound: bytes) -> str | None:
    """Return how the name of a sound file ends, by its first bytes; None: no kind that we play."""
    if sound.startswith(_BEGINNING):
        return ".ogg"
    if sound[4:8] == b"ftyp":  # ISO base media: MPEG-4 audio
        return ".m4a"
    return ".mp3" if sound.startswith(_MP3) else None


def fingerprint(text: str) -> str:
    """Return what tells the text that was read aloud from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:_FINGERPRINT]


def check_recordings(
    folder: Path, messages: Messages, languages: Sequence[str]
) -> tuple[list[Fault], int, int]:
    """Return what is wrong in ``data/recordings``, how many recordings there are, how many wait."""
    try:
        key = read_yaml(folder / "key.yml").data["key"]
        documents = {tag: read_yaml(folder / f"{tag}.yml") for tag in languages}
    except YamlError as error:
        return [fault_of(error)], 0, 0
    faults: list[Fault] = []
    there = waiting = 0
    for tag, document in documents.items():
        found = list(_faults(document, key, messages, tag))
        faults += found
        rows = document.data.values()
        waiting += sum(row == NOT_YET for row in rows)
        there += sum(row != NOT_YET for row in rows)
    return faults, there, waiting


def _rows(path: Path) -> Mapping[str, Any]:
    return dict(read_yaml(path).data) if path.exists() else {}


def _faults(
    document: Document, key: Sequence[str], messages: Messages, language: str
) -> Iterator[Fault]:
    for message in key:
        if message not in document.data:
            yield Fault(document.path, 1, f"{message} has neither a recording nor 'not yet'")
    for message, row in document.data.items():
        text = ""
        if messages.has(message, language):
            text = messages.wording(message, language).text
        problem = "is no key message"
        if message in key:
            problem = _problem(document.path.parent, row, text) or ""
        if problem:
            yield Fault(document.path, document.line([message]), f"{message}: {problem}")


def _problem(folder: Path, row: Any, text: str) -> str | None:
    if row == NOT_YET:
        return None
    if not isinstance(row, dict) or not row.keys() >= _FIELDS:
        return "needs file, voice, recorded and wording, or 'not yet'"
    file = folder / str(row["file"])
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return "there is no such recording"
    if file.stat().st_size > MOST_BYTES or file.read_bytes()[:4] != _BEGINNING:
        return f"is no Ogg file of at most {MOST_BYTES} bytes"
    if row["wording"] != fingerprint(text):
        return f"is of another wording; that of today has the fingerprint {fingerprint(text)}"
    return None
