"""Tells the script of a text, for when nothing else could tell its language.

The enclave identifies languages; this is for the numbers that cannot wait for it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

LATIN = "Latn"
# The first word of a letter's name in Unicode, and the ISO 15924 code of its script.
_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GURMUKHI": "Guru",
    "HEBREW": "Hebr",
    "LATIN": LATIN,
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
}


def script_of(text: str) -> str | None:
    """Return the ISO 15924 code of the most frequent script, or None (emoji, numbers, nothing)."""
    scripts = Counter(
        unicodedata.name(character, "").partition(" ")[0]
        for character in text[:500]
        if character.isalpha()
    )
    return _SCRIPTS.get(scripts.most_common(1)[0][0]) if scripts else None
