"""The words of the chat, for previews and for the labels of codes. Read once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console import translation
from console.context import Console
from console.preview import Previews
from content.languages import whole
from content.messages import SOURCE_LANGUAGE, Messages, read_messages
from content.tables import Tables, read_tables
from content.vocabulary_labels import Labels


@dataclass(frozen=True)
class ChatWords:
    """What the chat says its answers with.

    Attributes:
        messages: Every wording, in every language that is switched on.
        whole: The wordings of the languages that everything is said in.
        tables: What answers look up.
    """

    messages: Messages
    whole: Messages
    tables: Tables

    def has_message(self, message: str) -> bool:
        """Return whether a message has a wording in every whole language."""
        return self.whole.everywhere(message)

    def labels(self, console: Console, language: str) -> Labels:
        """Return names of codes in a language; in English where the chat does not speak it."""
        known = language if language in self.whole.languages else SOURCE_LANGUAGE
        return Labels(self.messages, known, console.places, self.tables.cities)

    def previews(self, console: Console) -> Previews:
        """Return what shows a version as the chat will."""
        engine = console.sessions.kw["bind"]
        return Previews(self.messages, self.tables, console.places, engine)


async def chat_words(console: Console) -> ChatWords:
    """Return the words under the console's ``data``; read once, beside the event loop.

    Raises:
        MessageFileError: A PO file cannot be read.
        YamlError: A table cannot be read.
    """
    return await asyncio.to_thread(_read, console.data)


async def labels_of(console: Console) -> Labels:
    """Return names of codes in the language of this request. Raises as ``chat_words`` does."""
    return (await chat_words(console)).labels(console, translation.language())


@cache
def _read(data: Path) -> ChatWords:
    tables = read_tables(data)
    messages = read_messages(data / "messages", tuple(tables.languages))
    return ChatWords(messages, messages.only(whole(tables.languages, "")), tables)
