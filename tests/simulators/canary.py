"""A name, a number and a sentence that nobody else writes, and a search for them in files."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from simulators.telegram import text_update
from simulators.twilio import SMS, WHATSAPP

_LARGEST = 300_000_000  # bytes; nothing of ours is larger


class Canary:
    """What is planted. Each one differs, so that an older one is never found."""

    def __init__(self) -> None:
        self.name = _word(9).capitalize()
        # So many that no telephone number or float of the directory holds them by chance.
        self.digits = str(secrets.randbelow(10**9)).zfill(9)
        self.phone = f"+525{self.digits}"
        self.chat_id = int(f"7{self.digits}8")
        self.sentence = f"{_word(7)} {_word(8)}"

    def said(self, text: str) -> str:
        """Return a message with all of it."""
        return f"{text} soy {self.name}, {self.sentence}, mi número es {self.phone}"

    def chat(self, number: int, text: str) -> dict[str, str]:
        """Return what a page posts; the page's own id holds the number, too."""
        name = f"{self.name}{'x' * 30}"
        return {"conversation": name, "id": f"{number}{self.digits}", "text": text}

    def update(self, number: int, text: str) -> dict[str, Any]:
        """Return what Telegram posts."""
        update = text_update(number, text, chat=self.chat_id)
        update["message"]["from"]["first_name"] = self.name
        return update

    def forms(self, number: int, text: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each of Twilio's channels and what is posted for it."""
        for channel, prefix, ours in (("sms", "", SMS), ("whatsapp", "whatsapp:", WHATSAPP)):
            yield (
                channel,
                {
                    "MessageSid": f"{channel}{number}{self.digits}",
                    "From": f"{prefix}{self.phone}",
                    "To": ours if ours.startswith(prefix) else f"{prefix}{ours}",
                    "Body": text,
                    "ProfileName": self.name,
                },
            )

    @property
    def needles(self) -> list[bytes]:
        """What must stand nowhere: in small letters, as it is and in hexadecimal digits."""
        words = [self.name, *self.sentence.split(), self.digits]
        plain = [word.lower().encode() for word in words]
        return [*plain, *(word.hex().encode() for word in plain)]

    def in_text(self, text: str) -> bool:
        """Return whether something of it stands in a text."""
        return any(needle in text.lower().encode() for needle in self.needles)

    def in_files(self, folders: Iterable[Path], *, since: float = 0.0) -> list[str]:
        """Return the files that hold something of it; of those that changed after a time."""
        return [str(file) for file in files_below(folders, since) if self._in_file(file)]

    def _in_file(self, file: Path) -> bool:
        try:
            if file.stat().st_size > _LARGEST:
                return False
            content = file.read_bytes().lower()
        except OSError:
            return False  # it is gone, or no file of ours
        return any(needle in content for needle in self.needles)


def files_below(folders: Iterable[Path], since: float = 0.0) -> Iterator[Path]:
    """Yield ordinary files below folders that changed after a time."""
    for folder in folders:
        for file in folder.rglob("*"):
            try:
                ours = not file.is_symlink() and file.is_file() and file.stat().st_mtime >= since
            except OSError:
                continue
            if ours:
                yield file


def _word(length: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(length))
