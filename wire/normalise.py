"""One way to compare what people write: without case, accents, punctuation and invisible signs.

Both environments use it: names of places are stored normalised by one and looked up by the other.
Vowel signs of Indic and Ethiopic scripts stay, since dropping them would merge words.
"""

from __future__ import annotations

import unicodedata

_REMOVED = frozenset("'’‘ʼʹ`´ʻ‛ـ")  # apostrophes join ("dont"); the Arabic tatweel only stretches
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_LETTERS = {
    # one letter, several keyboards: Arabic, Persian, Urdu, Kurdish
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه",
    "ہ": "ه", "ھ": "ه", "ە": "ه", "ؤ": "و", "ٱ": "ا", "گ": "گ",
    # letters that Unicode does not decompose
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "ґ": "г", "ё": "е",
}  # fmt: skip
_DROPPED_MARKS = (  # accents and vowel points that people leave out when they write
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05C7),  # Hebrew
    (0x0610, 0x061A),  # Arabic
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors of emoji
)
_folded: dict[str, str] = {}  # what each character becomes; grows with the characters met
_MOST_CHARACTERS = 20_000


def fold(text: str) -> str:
    """Return ``text`` without case, accents, apostrophes and invisible signs.

    Punctuation stays as it is; white space becomes a space or, at the end of a line, a line break.
    """
    return "".join(
        [_folded[character] if character in _folded else _fold(character) for character in text]
    )


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded, in order; punctuation only separates them."""
    return normalise(text).split()


def normalise(text: str) -> str:
    """Return the words of ``text``, folded, one space apart."""
    kept = (character if is_word_character(character) else " " for character in fold(text))
    return " ".join("".join(kept).split())


def is_word_character(character: str) -> bool:
    """Return whether a folded character is part of a word: a letter, a digit, a vowel sign."""
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}


def _fold(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029" else " "
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    folded = "".join(_kept(part) for part in decomposed)
    if len(_folded) < _MOST_CHARACTERS:
        _folded[character] = folded
    return folded


def _kept(part: str) -> str:
    if part in _LETTERS:
        return _LETTERS[part]
    if part in _REMOVED or unicodedata.category(part) in _INVISIBLE:
        return ""
    if any(first <= ord(part) <= last for first, last in _DROPPED_MARKS):
        return ""
    digit = unicodedata.digit(part, None)
    return part if digit is None else str(digit)
