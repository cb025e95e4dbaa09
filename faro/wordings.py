"""The messages as the checks of packs need them."""

from __future__ import annotations

from content.languages import enabled_languages
from content.messages import Messages, read_messages
from directory.pack_lint import HasMessage
from faro.root import LANGUAGES, MESSAGES


def enabled_messages() -> Messages:
    """Return the messages of the enabled languages.

    Raises:
        MessageFileError: A file cannot be read.
        YamlError: The list of languages cannot be read.
    """
    return read_messages(MESSAGES, enabled_languages(LANGUAGES))


def has_message_everywhere() -> HasMessage:
    """Return the question whether a message has a wording in every enabled language.

    Raises as :func:`enabled_messages`.
    """
    return enabled_messages().everywhere
