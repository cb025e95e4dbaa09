"""How many segments an SMS takes.

Source: 3GPP TS 23.038 (alphabet, table 6.2.1 and its extension) and TS 23.040 (a joined
message loses 7 septets or 3 UCS-2 units a segment to its header).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("\f^{}\\[~]|€")  # two septets each
_GSM_SINGLE, _GSM_JOINED = 160, 153  # septets
_UCS2_SINGLE, _UCS2_JOINED = 70, 67  # units of 16 bits
_PAIRED = re.compile("[\U00010000-\U0010ffff]")  # two units each
_ESCAPED = re.compile("[" + re.escape("".join(sorted(_GSM_ESCAPED))) + "]")
_ALL_GSM = _GSM | _GSM_ESCAPED


def is_gsm7(text: str) -> bool:
    """Return whether every character is in the GSM alphabet or its extension."""
    return _ALL_GSM.issuperset(text)


def count_segments(text: str) -> int:
    """Return the segments that ``text`` takes; 0 for an empty one."""
    if is_gsm7(text):
        double, single, joined = _ESCAPED, _GSM_SINGLE, _GSM_JOINED
    else:
        double, single, joined = _PAIRED, _UCS2_SINGLE, _UCS2_JOINED
    # No loop over the characters: a page is cut by asking this of every beginning of a text.
    doubles = [match.start() for match in double.finditer(text)]
    if len(text) + len(doubles) <= single:
        return 1 if text else 0
    return _joined(len(text), doubles, joined)


def _joined(length: int, doubles: Sequence[int], joined: int) -> int:
    """Return how many segments so many characters take when those at ``doubles`` count twice."""
    segments, end = 1, joined  # where a segment ends, counted in characters
    for place in doubles:
        while place >= end:
            segments, end = segments + 1, end + joined
        # One place less in this segment; a character that would be cut in two begins the next.
        end -= 1
        if place >= end:
            segments, end = segments + 1, place + joined - 1
    return segments + max(0, -(-(length - end) // joined))
