"""What programs leave in a text that nobody sees, taken out of it."""

from __future__ import annotations

import re

# No width and no use between letters of ours; marks that turn a text around, by which it lies.
_UNSEEN = "\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_SPACES = "\u00a0\u2007\u202f"  # which keep words together
_HYPHEN = "\u2011"  # likewise
_AS = str.maketrans(
    {
        **dict.fromkeys(_UNSEEN + _CONTROLS, None),
        **dict.fromkeys(_SPACES, " "),
        _HYPHEN: "-",
    }
)
_DIRECTIONS = " \t\n\r\u200e\u200f"  # nothing at the ends; within Arabic they may be needed
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def tidied(text: str) -> str:
    """Return a text without what nobody sees, with plain spaces and line ends."""
    plain = text if text.isascii() and text.isprintable() else text.translate(_AS)
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip(_DIRECTIONS)


def unescaped(text: str) -> str:
    """Return a text of a workbook with the characters that XML cannot hold (_x000D_)."""
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Return a text as a workbook holds it; ``unescaped`` makes the same of it again."""
    return _TO_ESCAPE.sub(lambda one: f"_x{ord(one[0]):04X}_", text)
