"""How hard a text is to read: the length of its sentences and, in alphabets, of its words.

LIX (Björnsson 1968: words a sentence, plus the share of words with more than six letters) was made
to compare languages; textstat computes it. It says nothing of a single sentence, so it is asked of
a family of messages as one text. Scripts without it are held by the length of sentences alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LONGEST_SENTENCE = 28  # words; plain-language guides advise 15 to 20 on average
# LIX: below 30 very easy, 30-40 easy, 40-50 medium. The share of long words differs by language.
HARDEST: Mapping[str, float] = {
    "en": 40,
    "es": 45,
    "fr": 45,
    "pt": 45,
    "it": 48,
    "de": 50,
    "ht": 35,
    "el": 50,
    "uk": 55,
    "ru": 55,
    "tr": 60,
}
_SENTENCE = re.compile(r"(?<!\d)[.!?؟。।۔።:;](?:\s|$)|\n")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_LEAST_WORDS = 100  # of a text that can be judged


def longest_sentence(text: str) -> int:
    """Return the number of words in the longest sentence of a text."""
    return max(len(sentence.split()) for sentence in _sentences(text))


def lix(text: str) -> float | None:
    """Return the LIX of a text; None for one too short to be judged."""
    import textstat  # noqa: PLC0415 - takes most of a second, and only a check needs it

    plain = ". ".join(sentence for sentence in _sentences(text) if sentence)
    if len(plain.split()) < _LEAST_WORDS:
        return None
    return float(textstat.lix(plain))  # type: ignore[attr-defined]  # bound at import


def _sentences(text: str) -> Iterator[str]:
    yield from (part.strip() for part in _SENTENCE.split(_PLACEHOLDER.sub("x", text)))
