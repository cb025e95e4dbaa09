"""The messages as the checks of packs need them."""

from __future__ import annotations

from content.languages import read_languages, whole
from content.messages import Messages, read_messages
from directory.pack_lint import HasMessage
from faro.root import LANGUAGES, MESSAGES


def whole_messages() -> Messages:
    """Return the messages of the languages that everything is said in.

    Raises:
        MessageFileError: A file cannot be read.
        YamlError: The list of languages cannot be read.
    """
    return read_messages(MESSAGES, whole(read_languages(LANGUAGES), ""))


def has_message_everywhere() -> HasMessage:
    """Return the question whether a message has a wording in every whole language.

    Raises as :func:`whole_messages`.
    """
    return whole_messages().everywhere
