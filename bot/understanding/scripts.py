"""Which script a text is in."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter

_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr",
    "BENGALI": "Beng", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "GURMUKHI": "Guru",
}  # fmt: skip


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script that most letters are in; ``""`` for none."""
    found = scripts_in(text)
    return found.most_common(1)[0][0] if found else ""


def scripts_in(text: str) -> Counter[str]:
    """Return how many letters of each script a text has."""
    return Counter(_script(character) for character in text if character.isalpha())


@functools.lru_cache(maxsize=20_000)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ", 1)[0], "Zyyy")
