"""The messages as the checks of packs need them."""

from __future__ import annotations

from pathlib import Path

from content.languages import read_languages, whole
from content.messages import Messages, read_messages
from directory.pack_lint import HasMessage
from faro.root import DATA


def whole_messages(data: Path = DATA) -> Messages:
    """Return the messages of the languages that everything is said in.

    Args:
        data: Holds ``languages.yml`` and ``messages``.

    Raises:
        MessageFileError: A file cannot be read.
        YamlError: The list of languages cannot be read.
    """
    return read_messages(data / "messages", whole(read_languages(data / "languages.yml"), ""))


def has_message_everywhere() -> HasMessage:
    """Return the question whether a message has a wording in every whole language.

    Raises as :func:`whole_messages`.
    """
    return whole_messages().everywhere
