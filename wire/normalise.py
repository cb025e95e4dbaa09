"""One way to compare what people write: without case, accents, punctuation and invisible signs.

Both environments use it: names of places are stored normalised by one and looked up by the other.
Vowel signs of Indic scripts stay, since dropping them would merge words. Letters that one
person writes for another (Arabic and Persian keyboards, Ge'ez letters that sound alike, Cyrillic
и for й) become one, in messages, lists and names of places alike.
"""

from __future__ import annotations

import re
import unicodedata

_REMOVED = frozenset("'’‘ʼʹ`´ʻ‛ـ")  # apostrophes join ("dont"); the Arabic tatweel only stretches
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_LETTERS = {
    # one letter, several keyboards: Arabic, Persian, Urdu, Pashto, Kurdish
    "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ئ": "ي", "ک": "ك", "ڪ": "ك", "ګ": "گ",
    "ة": "ه", "ۃ": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ؤ": "و", "ٱ": "ا", "ں": "ن",
    # letters that Unicode does not decompose
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "ґ": "г",
    # numbers of Ge'ez that are no digits
    "፲": "10", "፳": "20", "፴": "30", "፵": "40", "፶": "50", "፷": "60", "፸": "70", "፹": "80",
    "፺": "90", "፻": "100",
    # a nasal sign that most people leave out
    "ঁ": "",
}  # fmt: skip
# Ge'ez letters that sound alike and that everybody writes as they like: the first of a row of
# seven, and of the row that it becomes.
_SOUNDS_LIKE = {
    0x1210: 0x1200,
    0x1280: 0x1200,
    0x1220: 0x1230,
    0x1340: 0x1338,
    0x12D0: 0x12A0,
    0x1250: 0x1240,
}
_LETTERS |= {
    chr(one + vowel): chr(other + vowel)
    for one, other in _SOUNDS_LIKE.items()
    for vowel in range(7)
}
# Behind these the first and the fourth vowel are one.
_LETTERS |= {
    written: chr(first)
    for first in (0x1200, 0x12A0)
    for written in (
        chr(row + 3) for row in (first, *(o for o, f in _SOUNDS_LIKE.items() if f == first))
    )
}
_HALF_SPACE = re.compile("(?<=[\u0600-\u06ff])\u200c+(?=[\u0600-\u06ff])")
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
    if "\u200c" in text:  # between Persian letters it parts words, elsewhere it only draws
        text = _HALF_SPACE.sub(" ", text)
    return "".join(
        [_folded[character] if character in _folded else _fold(character) for character in text]
    )


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded, in order; punctuation only separates them."""
    return normalise(text).split()


def normalise(text: str) -> str:
    """Return the words of ``text``, folded, one space apart."""
    folded = fold(text)
    if not folded.replace(" ", "").isalnum():  # which most of what the lists hold is
        folded = "".join(letter if is_word_character(letter) else " " for letter in folded)
    return " ".join(folded.split())


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
