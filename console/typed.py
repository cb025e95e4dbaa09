"""What people type, without what nobody sees and no database keeps."""

from __future__ import annotations

import re
import unicodedata

# Control characters but tabs and line ends; and what turns the direction of all that follows, by
# which a name could be shown as another one. Marks of direction and isolates stay: Arabic has them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def clean(text: str) -> str:
    """Return a text without unseen characters and outer blanks, with plain line ends."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()


def in_one_line(text: str) -> str:
    """Return a text with single blanks where blanks and line ends were."""
    return " ".join(text.split())


def plain_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9, as they are dialled."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
