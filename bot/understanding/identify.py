"""Which language a message is in.

The script first, then the words of our own training messages and concepts, then lingua
and langdetect among the enabled languages, with the person's last language as a prior.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.languages import Language
from bot.understanding.thresholds import SURE_BY_ONE_WORD, SURE_LANGUAGE, SWITCH_LANGUAGE
from bot.understanding.voices import langdetect_guess, lingua_guess

_UNSEEN = 0.5  # what a word that was never seen in a language counts
_LAST = 2.0  # the person's last language, as a logarithm of odds
_HINT = 1.0  # the channel's hint
_DOUBTFUL = 0.9  # below it langdetect is asked as well
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr",
    "BENGALI": "Beng", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "GURMUKHI": "Guru",
}  # fmt: skip


@dataclass(frozen=True)
class Identified:
    """A language, how likely it is, and whether that is enough to answer in it."""

    language: str
    confidence: float
    sure: bool


class LanguageIdentifier:
    """Tells the enabled languages apart."""

    def __init__(
        self, languages: Sequence[Language], words: Mapping[str, Mapping[str, int]]
    ) -> None:
        self._languages = tuple(languages)
        self._words = words
        self._totals = {tag: sum(counts.values()) for tag, counts in words.items()}
        self._known = len({word for counts in words.values() for word in counts})

    def identify(
        self,
        text: str,
        words: Sequence[str],
        *,
        last: str | None = None,
        hint: str | None = None,
    ) -> Identified:
        """Return the language of a message.

        Args:
            text: The message.
            words: Its normalised words.
            last: The language of the conversation so far; None on a first message.
            hint: What the channel says about the person's language.
        """
        tags = [language.tag for language in self._languages]
        last = last if last in tags else None
        hint = hint if hint in tags else None
        written = self._in_script(text)
        if not words or not written:
            return Identified(last or hint or tags[0], 0.0, sure=last is not None)
        if len(written) == 1 and len(written) < len(tags) and script_of(text) != "Latn":
            return Identified(written[0].tag, 1.0, sure=True)
        if last in [language.tag for language in written] and len(words) == 1:
            return Identified(last, 1.0, sure=True)  # one word never switches a conversation
        if self._says_nothing(words, written):
            return Identified(last or hint or written[0].tag, 0.0, sure=last is not None)
        if last is None and len(words) == 1 and (own := self._owner(words[0], written)):
            return own
        likely = self._likely(text, words, written, last, hint)
        best = max(likely, key=lambda tag: likely[tag])
        if last in likely and best != last and likely[best] < SWITCH_LANGUAGE:
            best = last
        told = len(words) > 1 and likely[best] >= SURE_LANGUAGE
        sure = last is not None or told
        return Identified(best, likely[best], sure=sure)

    def _says_nothing(self, words: Sequence[str], languages: Sequence[Language]) -> bool:
        """Return whether no word is of any language, where the words of all of them are known.

        lingua would be sure of a language for keys pressed at random.
        """
        listed = [self._words[lang.tag] for lang in languages if lang.tag in self._words]
        known = len(listed) == len(languages)
        return known and not any(word in counts for word in words for counts in listed)

    def _owner(self, word: str, languages: Sequence[Language]) -> Identified | None:
        """Return the language that a word is nearly always of, or None."""
        rates = {
            lang.tag: self._words.get(lang.tag, {}).get(word, 0)
            / max(self._totals.get(lang.tag, 0), 1)
            for lang in languages
        }
        total = sum(rates.values())
        best = max(rates, key=lambda tag: rates[tag])
        if not total or rates[best] / total < SURE_BY_ONE_WORD:
            return None
        return Identified(best, rates[best] / total, sure=True)

    def _in_script(self, text: str) -> list[Language]:
        script = script_of(text)
        return [language for language in self._languages if script in language.scripts]

    def _likely(
        self,
        text: str,
        words: Sequence[str],
        languages: Sequence[Language],
        last: str | None,
        hint: str | None,
    ) -> dict[str, float]:
        scores = {language.tag: 0.0 for language in languages}
        for word in words:
            for tag in scores:
                scores[tag] += self._word_score(word, tag)
        guessed = lingua_guess(text, languages)
        if max(guessed.values(), default=0.0) < _DOUBTFUL:
            for tag, share in langdetect_guess(text, languages).items():
                guessed[tag] = (guessed.get(tag, 0.0) + share) / 2
        for tag in scores:
            scores[tag] += 2 * math.log(guessed.get(tag, 0.0) + 0.02)
        for known, weight in ((last, _LAST), (hint, _HINT)):
            if known in scores:
                scores[known] += weight
        return _normalised(scores)

    def _word_score(self, word: str, tag: str) -> float:
        if not any(word in counts for counts in self._words.values()):
            return 0.0
        times = self._words.get(tag, {}).get(word, 0)
        total = self._totals.get(tag, 0)
        return math.log((times + _UNSEEN) / (total + _UNSEEN * self._known))


def count_words(messages: Iterable[tuple[str, Sequence[str]]]) -> dict[str, dict[str, int]]:
    """Return how often each word stands in the messages of each language."""
    counts: dict[str, Counter[str]] = {}
    for tag, words in messages:
        counts.setdefault(tag, Counter()).update(words)
    return {tag: dict(sorted(found.items())) for tag, found in sorted(counts.items())}


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script that most letters are in; ``""`` for none."""
    found = Counter(_script(character) for character in text if character.isalpha())
    return found.most_common(1)[0][0] if found else ""


@functools.lru_cache(maxsize=20_000)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ", 1)[0], "Zyyy")


def _normalised(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {tag: math.exp(score - top) for tag, score in scores.items()}
    total = sum(raised.values())
    return {tag: value / total for tag, value in raised.items()}
