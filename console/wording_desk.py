"""The translation desk of this console: what the files say, and over it what was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from console.chat_words import chat_words
from console.context import Console
from content.live import with_published
from content.messages import Messages
from content.reply import Reply
from content.samples import filled
from content.short_set import ShortSet, read_short_set
from content.translation_desk import TranslationDesk
from content.wording_faults import is_label
from delivery.capabilities import CAPABILITIES
from delivery.fitting import fit
from delivery.gsm7 import spared
from delivery.segments import count_segments, is_gsm7
from directory.edited import wordings_published
from directory.gazetteer import Gazetteer

SMS = "sms"


@dataclass(frozen=True)
class Desk:
    """What is open on the desk.

    Attributes:
        now: Every message as it is said now.
        files: Every message as its file says it.
        folder: ``data/messages``.
        places: The gazetteer.
    """

    now: TranslationDesk
    files: Messages
    folder: Path
    places: Gazetteer = field(repr=False)


@dataclass(frozen=True)
class Screen:
    """A wording on one channel.

    Attributes:
        channel: Registry name.
        texts: The messages that it becomes.
        segments: How many SMS segments it costs; None on other channels.
        alphabet: ``GSM-7`` or ``UCS-2``; None on other channels.
        button: Whether it stands on a button.
    """

    channel: str
    texts: tuple[str, ...] = field(repr=False)
    segments: int | None = None
    alphabet: str | None = None
    button: bool = False


async def open_desk(console: Console, session: AsyncSession) -> Desk:
    """Return the desk as it is at this moment. Raises MessageFileError, YamlError."""
    words = await chat_words(console)
    folder = console.data / "messages"
    messages = with_published(words.messages, await wordings_published(session))
    now = TranslationDesk(messages, words.tables.languages, _short(folder))
    return Desk(now, words.messages, folder, console.places)


def screens(message: str, language: str, text: str) -> list[Screen]:
    """Return a wording as each channel shows it, samples in its placeholders."""
    try:
        told = filled(text, language)
    except (ValueError, KeyError, IndexError):
        return []
    if is_label(message):
        return [Screen(channel, (told,), button=True) for channel in CAPABILITIES]
    shown = []
    for channel, capabilities in CAPABILITIES.items():
        said = spared(told) if channel == SMS else told
        parts = fit(Reply(language, (said,), ()), capabilities, offered_in=1)
        texts = tuple(part.text for part in parts)
        segments, alphabet = None, None
        if channel == SMS:
            segments = sum(map(count_segments, texts))
            alphabet = "GSM-7" if all(map(is_gsm7, texts)) else "UCS-2"
        shown.append(Screen(channel, texts, segments, alphabet))
    return shown


@cache
def _short(folder: Path) -> ShortSet:
    return read_short_set(folder)
