"""Guesses a language from the script alone, for when nothing else could answer.

Only for scripts that one of our languages writes; the enclave identifies languages.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

_LANGUAGE = {
    "ARABIC": "ar",
    "BENGALI": "bn",
    "CYRILLIC": "uk",
    "ETHIOPIC": "ti",
    "GREEK": "el",
}


def language_by_script(text: str) -> str | None:
    """Return the language of the most frequent script, or None (Latin, emoji, nothing)."""
    scripts = Counter(
        unicodedata.name(character, "").partition(" ")[0]
        for character in text[:500]
        if character.isalpha()
    )
    return _LANGUAGE.get(scripts.most_common(1)[0][0]) if scripts else None
