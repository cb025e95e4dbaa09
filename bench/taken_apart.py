"""A message as our classifier sees it. Runs in the enclave's environment."""

from __future__ import annotations

from collections.abc import Mapping

from bot.components.knowledge import concepts
from bot.understanding.features import Document, features_of
from bot.understanding.tokenise import words_of


def taken_apart(text: str, language: str, pipelines: Mapping[str, str]) -> Document:
    """Return the features of a message.

    Args:
        text: The message.
        language: Its BCP 47 tag.
        pipelines: spaCy's blank pipeline of each language.
    """
    words = words_of(text, pipelines.get(language, "xx"))
    found = [hit.name for hit in concepts().find(words, language)]
    return features_of([word.text for word in words], found)
