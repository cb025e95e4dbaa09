"""Which language a message is in.

The script and its letters first, then the words of our own training messages and concepts, then
lingua and langdetect among the enabled languages where those are in doubt, with the person's last
language as a prior. Mixed text is in the language that most of its words speak for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.languages import Language
from bot.understanding.own_voice import OwnVoice, written
from bot.understanding.thresholds import SURE_BY_ONE_WORD, SURE_LANGUAGE, SWITCH_LANGUAGE
from bot.understanding.voices import langdetect_guess, lingua_guess
from wire.scripts import script_of, scripts_in

# Logarithms of odds.
_LAST = 2.0  # the person's last language
_HINT = 1.0  # the channel's hint
_LETTER = 1.5  # a letter that not all languages of a script have
_OTHER_SCRIPT = 3.0  # a language in the letters of another: Arabic in Latin ones
_LINGUA, _LANGDETECT = 0.3, 0.3  # weights of their logarithms
_MUTE = 0.02  # what a library gives a language that it does not find
_DOUBTFUL = 0.6  # below it lingua is asked, and when it is in doubt as well, langdetect
_A_FEW = 2  # words: more of them tell a language by their letters
_LEAST_SHARE = 0.1  # of the letters: a script with fewer is no candidate


@dataclass(frozen=True)
class Identified:
    """A language, how likely it is, and whether that is enough to answer in it."""

    language: str
    confidence: float
    sure: bool


class LanguageIdentifier:
    """Tells the enabled languages apart.

    Attributes:
        voices: The libraries that are asked in doubt, first to last, and what they weigh.
    """

    def __init__(self, languages: Sequence[Language], own: OwnVoice) -> None:
        self._languages = {language.tag: language for language in languages}
        self._own = own
        self._heard = [tag for tag in self._languages if tag in own.tags]
        self._columns = [own.tags.index(tag) for tag in self._heard]
        self.voices = ((lingua_guess, _LINGUA), (langdetect_guess, _LANGDETECT))
        self._letters = frozenset().union(*(lang.letters for lang in languages))

    def identify(
        self,
        text: str,
        *,
        last: str | None = None,
        hint: str | None = None,
    ) -> Identified:
        """Return the language of a message.

        Args:
            text: The message.
            last: The language of the conversation so far; None on a first message.
            hint: What the channel says about the person's language.
        """
        last = self._enabled(last)
        hint = self._enabled(hint)
        words = written(text)
        candidates = self._candidates(text)
        if not words or not candidates:
            silent = last or hint or next(iter(self._languages))
            return Identified(silent, 0.0, sure=last is not None)
        if len(candidates) == 1 and len(candidates) < len(self._languages):
            return Identified(candidates[0].tag, 1.0, sure=True)
        if len(words) == 1 and last in [language.tag for language in candidates]:
            return Identified(str(last), 1.0, sure=True)  # one word never switches a conversation
        if self._says_nothing(words, candidates):
            native = [lang.tag for lang in candidates if lang.scripts[0] == script_of(text)]
            silent = last or hint or (native or [candidates[0].tag])[0]
            return Identified(silent, 0.0, sure=last is not None)
        likely = self._likely(text, words, candidates, last, hint)
        best = max(likely, key=lambda tag: likely[tag])
        if last in likely and best != last and likely[best] < SWITCH_LANGUAGE:
            best = str(last)
        told = self._told_by_a_word(words[0], best) if len(words) == 1 else likely[best]
        return Identified(best, likely[best], sure=last is not None or told >= SURE_LANGUAGE)

    def _told_by_a_word(self, word: str, best: str) -> float:
        """Return how sure one word makes of a language: "hospital" is of several."""
        odds = self._by_words([word])
        share = _normalised(odds).get(best, 0.0) if self._own.knows(word) and odds else 0.0
        return share if share >= SURE_BY_ONE_WORD else 0.0

    def explain(self, text: str) -> dict[str, list[tuple[str, float]]]:
        """Return for each word of a text the languages that it speaks for, the likeliest first."""
        found: dict[str, list[tuple[str, float]]] = {}
        for word in written(text):
            odds = self._own.weigh(word)[self._columns]
            shares = np.exp(odds) / np.exp(odds).sum()
            ranked = np.argsort(-shares, kind="stable")[:3]
            found[word] = [(self._heard[i], round(float(shares[i]), 3)) for i in ranked]
        return found

    def _enabled(self, tag: str | None) -> str | None:
        """Return a tag, or what it is a variant of, when it is switched on."""
        if tag in self._languages:
            return tag
        base = (tag or "").split("-")[0].lower()
        return base if base in self._languages else None

    def _says_nothing(self, words: Sequence[str], languages: Sequence[Language]) -> bool:
        """Return whether no word is of any language, where the words of all of them are known.

        lingua would be sure of a language for keys pressed at random.
        """
        known = all(language.tag in self._own.tags for language in languages)
        few = len(words) <= _A_FEW
        return few and known and not any(self._own.knows(word) for word in words)

    def _candidates(self, text: str) -> list[Language]:
        """Return the languages that are written in a script of the text.

        Those of the script that most letters are in, and others whose own script it has too:
        "ayuda من فضلك" may be of either.
        """
        letters = scripts_in(text)
        if not letters:
            return []
        most = letters.most_common(1)[0][0]
        least = _LEAST_SHARE * sum(letters.values())
        others = {script for script, times in letters.items() if times >= least}
        return [
            language
            for language in self._languages.values()
            if most in language.scripts or language.scripts[0] in others
        ]

    def _likely(
        self,
        text: str,
        words: Sequence[str],
        languages: Sequence[Language],
        last: str | None,
        hint: str | None,
    ) -> dict[str, float]:
        scores = self._by_letters(text, languages)
        for tag, odds in self._by_words(words).items():
            if tag in scores:
                scores[tag] += odds
        for known, weight in ((last, _LAST), (hint, _HINT)):
            if known in scores:
                scores[known] += weight
        likely = _normalised(scores)
        for voice, weight in self.voices:
            if max(likely.values()) >= _DOUBTFUL:
                break
            guessed = voice(text, tuple(self._languages.values()))
            _add(scores, guessed, languages, weight)
            likely = _normalised(scores)
        return likely

    def _by_words(self, words: Sequence[str]) -> dict[str, float]:
        if not self._heard:
            return {}
        total: NDArray[np.float64] = np.sum([self._own.weigh(word) for word in words], axis=0)
        odds = total[self._columns].tolist()
        return dict(zip(self._heard, odds, strict=True))

    def _by_letters(self, text: str, languages: Sequence[Language]) -> dict[str, float]:
        """Return what the script and its letters say of each language."""
        script = script_of(text)
        scores = {lang.tag: -_OTHER_SCRIPT * (lang.scripts[0] != script) for lang in languages}
        for letter in self._letters.intersection(text):
            having = [lang.tag for lang in languages if letter in lang.letters]
            for tag in having if len(having) < len(languages) else ():
                scores[tag] += _LETTER
        return scores


def _add(
    scores: dict[str, float],
    guessed: Mapping[str, float],
    languages: Sequence[Language],
    weight: float,
) -> None:
    """Add a library's opinion to the languages that it knows; for others it says nothing."""
    known = [language.tag for language in languages if language.lingua]
    if not known or not guessed:
        return
    said = {tag: weight * math.log(guessed.get(tag, 0.0) + _MUTE) for tag in known}
    middle = (max(said.values()) + min(said.values())) / 2
    for tag in scores:
        scores[tag] += said.get(tag, middle)


def _normalised(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {tag: math.exp(score - top) for tag, score in scores.items()}
    total = sum(raised.values())
    return {tag: value / total for tag, value in raised.items()}
