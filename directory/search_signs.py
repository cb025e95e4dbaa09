"""What a listing offers, and for whom, as bits of two numbers: a first look that is soon taken.

Each code has one bit, which codes that nobody thought of may share. What has none of the bits of a
question does not fit; what has some of each may fit, and is looked at more closely.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

_BITS = 63  # of PostgreSQL's bigint, without its sign
# Column, first letters of its codes, and what their checksums begin with: numbers were tried until
# all codes of the vocabulary, and all languages and countries of today, had bits of their own.
OFFERS = ("offers", "yxmql", crc32(b"38335030"))
FOR_WHOM = ("for_whom", "asc", crc32(b"17991122"))


def signs(tokens: Iterable[str]) -> tuple[int, int]:
    """Return the bits of the codes of a listing, for the columns ``offers`` and ``for_whom``."""
    known = list(tokens)
    offers, for_whom = (
        _bits((code for code in known if _letter(code) in letters), begins)
        for _, letters, begins in (OFFERS, FOR_WHOM)
    )
    return offers, for_whom


def sign_of(alternatives: Sequence[str]) -> tuple[str, int] | None:
    """Return the column and the bits of which a listing has one that has any of some codes.

    Args:
        alternatives: Codes; one of a pair stands for its second half.

    Returns:
        None where nothing can be told without a closer look.
    """
    codes = [code.split(":", 2)[2] if code.startswith("p:") else code for code in alternatives]
    for column, letters, begins in (OFFERS, FOR_WHOM):
        if codes and all(_letter(code) in letters for code in codes):
            return column, _bits(codes, begins)
    return None


def _bits(codes: Iterable[str], begins: int) -> int:
    found = 0
    for code in codes:
        found |= 1 << crc32(code.encode(), begins) % _BITS
    return found


def _letter(code: str) -> str:
    return code[0] if code[1:2] == ":" else "-"
