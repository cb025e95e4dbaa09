"""Which script a text is in: ISO 15924 codes by the names of its letters in Unicode."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter

LATIN = "Latn"
UNKNOWN = "Zyyy"
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


@functools.lru_cache(maxsize=20_000)
def script(letter: str) -> str:
    """Return the script of a letter; ``UNKNOWN`` for one that is not listed."""
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], UNKNOWN)


def scripts_in(text: str) -> Counter[str]:
    """Return how many letters of each script a text has."""
    return Counter(script(character) for character in text if character.isalpha())


def script_of(text: str) -> str:
    """Return the script that most letters are in; ``""`` for a text without letters."""
    found = scripts_in(text)
    return found.most_common(1)[0][0] if found else ""
