"""How many segments an SMS takes.

Source: 3GPP TS 23.038 (alphabet, table 6.2.1 and its extension) and TS 23.040 (a joined
message loses 7 septets or 3 UCS-2 units a segment to its header).
"""

from __future__ import annotations

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("\f^{}\\[~]|€")  # two septets each
_GSM_SINGLE, _GSM_JOINED = 160, 153  # septets
_UCS2_SINGLE, _UCS2_JOINED = 70, 67  # units of 16 bits
_BASIC_PLANE = 0xFFFF


def is_gsm7(text: str) -> bool:
    """Return whether every character is in the GSM alphabet or its extension."""
    return all(character in _GSM or character in _GSM_ESCAPED for character in text)


def count_segments(text: str) -> int:
    """Return the segments that ``text`` takes; 0 for an empty one."""
    if is_gsm7(text):
        sizes = [2 if character in _GSM_ESCAPED else 1 for character in text]
        single, joined = _GSM_SINGLE, _GSM_JOINED
    else:
        sizes = [2 if ord(character) > _BASIC_PLANE else 1 for character in text]
        single, joined = _UCS2_SINGLE, _UCS2_JOINED
    if sum(sizes) <= single:
        return 1 if sizes else 0
    segments, used = 1, 0
    for size in sizes:
        if used + size > joined:  # neither an escape nor a pair is cut in two
            segments, used = segments + 1, 0
        used += size
    return segments
