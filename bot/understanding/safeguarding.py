"""Finds messages that suggest that somebody is in danger.

Phrases per language, ``data/safeguarding/<language>.yml``, compiled to spaCy's token
patterns. A miss costs more than a false alarm, so the phrases of every enabled language
are tried on every message: people switch when they are afraid. What the phrases do not
see the classifier may, and what they take for danger it may know better: their odds are
added up.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.understanding.clitics import NONE, Clitics, readings
from bot.understanding.dangers import DANGERS, odds_of_danger, urgency_of
from bot.understanding.patterns import (
    PatternError,
    compile_pattern,
    keys_of_words,
    required,
    words_in,
)
from bot.understanding.thresholds import (
    DANGER,
    FOREIGN_PHRASE_COUNTS,
    PHRASE_COUNTS,
    SURE_OF_DANGER,
)
from bot.understanding.tokenise import Word


@dataclass(frozen=True)
class Phrase:
    """One way to say that something is wrong.

    Attributes:
        id: ``language.danger.name``.
        risk: The intent that it leads to.
        urgency: ``now`` or ``careful``.
        patterns: In the language of ``patterns.py``.
        exceptions: Patterns that void a hit in or beside their clause.
        sure: Whoever says this is in danger, whatever the classifier thinks of it.
    """

    id: str
    risk: str
    urgency: str
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    sure: bool = False

    @property
    def language(self) -> str:
        """The language that it is in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Risk:
    """What was found.

    Attributes:
        intent: A danger or a disclosure.
        urgency: ``now`` or ``careful``.
        phrases: Ids of the phrases that found it; none when the classifier did.
    """

    intent: str
    urgency: str
    phrases: tuple[str, ...] = field(default=())


class SafeguardingDetector:
    """Looks for phrases anywhere in a message, and at the classifier's danger intents."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = {phrase.id: phrase for phrase in phrases}
        self._order = {name: position for position, name in enumerate(self._phrases)}
        self._vocabulary = spacy.blank("xx").vocab
        self._matchers: dict[str, Matcher] = {}  # made when first needed, 1 ms each
        self._required: dict[str, tuple[frozenset[str], ...]] = {}
        self._by_word: dict[str, dict[tuple[str, str], None]] = {}
        for phrase in self._phrases.values():
            for pattern in phrase.patterns:
                self._required[pattern] = required(pattern)
                for key in self._required[pattern][0]:
                    self._by_word.setdefault(key, {})[(phrase.id, pattern)] = None

    def find(
        self,
        words: Sequence[Word],
        likely: Mapping[str, float],
        alarm: float = 0.0,
        *,
        language: str | None = None,
        clitics: Clitics = NONE,
    ) -> Risk | None:
        """Return the most urgent risk in a message, or None.

        Args:
            words: The words of the message.
            likely: The classifier's probability of each intent.
            alarm: The classifier's probability of any danger.
            language: The language of the message, where it is known.
            clitics: What it joins to its words.
        """
        words = self._bare(words, clitics)
        found, voided = self._phrases_in(words)
        found = [phrase for phrase in found if not _denied(phrase, voided, language)]
        if not found and [len(word.text) for word in words] == [1]:
            return None  # one letter: nothing but a phrase could tell
        counts = [
            PHRASE_COUNTS if language in (None, phrase.language) else FOREIGN_PHRASE_COUNTS
            for phrase in found
        ]
        denied = bool(voided) and not found
        odds = odds_of_danger(likely, alarm, phrase=max(counts, default=0.0), denied=denied)
        if odds < DANGER and not any(phrase.sure for phrase in found):
            return None
        risks = {(phrase.risk, phrase.urgency) for phrase in found}
        best = max(DANGERS, key=lambda danger: likely.get(danger, 0.0))
        if not risks or likely.get(best, 0.0) >= SURE_OF_DANGER:
            risks.add((best, urgency_of(best)))
        longest = self._longest(words, found)
        by_phrase = {phrase.risk for phrase in found if phrase.urgency == "now"}

        def order(risk: tuple[str, str]) -> tuple[bool, bool, float, int, float, int]:
            probability = likely.get(risk[0], 0.0)
            return (
                risk[1] != "now",
                # A blade and "cut my wrists" is harm to oneself and not somebody else's.
                risk[0] == "violence_now" and "suicide_selfharm" in by_phrase,
                -probability if probability >= SURE_OF_DANGER else 0.0,
                -longest.get(risk, 0),
                -probability,
                DANGERS.index(risk[0]),
            )

        intent, urgency = min(risks, key=order)
        return Risk(intent, urgency, tuple(p.id for p in found if p.risk == intent))

    def _longest(
        self, words: Sequence[Word], found: Sequence[Phrase]
    ) -> dict[tuple[str, str], int]:
        """Return how many words the longest hit of each risk and urgency has."""
        keys = keys_of_words(word.text for word in words)
        doc = Doc(self._vocabulary, words=[word.text for word in words])
        longest: dict[tuple[str, str], int] = {}
        for phrase in found:
            spans = (
                end - start
                for pattern in phrase.patterns
                for start, end in self._spans(pattern, doc, keys)
            )
            risk = (phrase.risk, phrase.urgency)
            longest[risk] = max(longest.get(risk, 0), *spans)
        return longest

    def phrases_in(
        self, words: Sequence[Word], clitics: Clitics = NONE
    ) -> tuple[list[Phrase], list[Phrase]]:
        """Return the phrases in a message that stand, and those that an exception voids."""
        return self._phrases_in(self._bare(words, clitics))

    def _phrases_in(self, words: Sequence[Word]) -> tuple[list[Phrase], list[Phrase]]:
        """Return the phrases that stand, and those that an exception voids."""
        keys = keys_of_words(word.text for word in words)
        doc = Doc(self._vocabulary, words=[word.text for word in words])
        hits: dict[str, list[tuple[int, int]]] = {}
        for key in sorted(keys & self._by_word.keys()):
            for name, pattern in self._by_word[key]:
                hits.setdefault(name, []).extend(self._found(pattern, doc, keys, words))
        names = sorted((name for name in hits if hits[name]), key=self._order.__getitem__)
        hit = [self._phrases[name] for name in names]
        stand = [phrase for phrase in hit if self._stands(phrase, hits[phrase.id], doc, words)]
        return stand, [phrase for phrase in hit if phrase not in stand]

    def _bare(self, words: Sequence[Word], clitics: Clitics) -> Sequence[Word]:
        """Return the words without what is joined to them, where only then a phrase has them."""
        if not clitics:
            return words
        return [
            next(
                (
                    dataclasses.replace(word, text=bare)
                    for bare in readings(word.text, clitics)
                    if keys_of_words([bare]) & self._listed
                ),
                word,
            )
            if not keys_of_words([word.text]) & self._listed
            else word
            for word in words
        ]

    @functools.cached_property
    def _listed(self) -> frozenset[str]:
        """Every word of a pattern or an exception."""
        patterns = (p for row in self._phrases.values() for p in (*row.patterns, *row.exceptions))
        return frozenset(word for pattern in set(patterns) for word in words_in(pattern))

    def _stands(
        self,
        phrase: Phrase,
        hits: Sequence[tuple[int, int]],
        doc: Doc,
        words: Sequence[Word],
    ) -> bool:
        """Return whether any hit of a phrase is left when its exceptions are looked at."""
        keys = keys_of_words(word.text for word in words)
        void = [
            clauses
            for pattern in phrase.exceptions
            for clauses in self._found(pattern, doc, keys, words)
        ]
        return not all(_touch(clauses, void) for clauses in hits)

    def _found(
        self, pattern: str, doc: Doc, keys: set[str], words: Sequence[Word]
    ) -> list[tuple[int, int]]:
        """Return the clauses of every match."""
        spans = self._spans(pattern, doc, keys)
        return [(words[start].clause, words[end - 1].clause) for start, end in spans]

    def _spans(self, pattern: str, doc: Doc, keys: set[str]) -> list[tuple[int, int]]:
        """Return every match, as indexes of words.

        spaCy is asked only when all the words are there.
        """
        needed = self._required.get(pattern)
        if needed is None:
            needed = self._required[pattern] = required(pattern)
        if not all(keys & either for either in needed):
            return []
        if pattern not in self._matchers:
            self._matchers[pattern] = Matcher(self._vocabulary)
            self._matchers[pattern].add("pattern", [compile_pattern(pattern)])
        return [(start, end) for _, start, end in self._matchers[pattern](doc)]


def read_phrases(folder: Path, languages: Sequence[str]) -> list[Phrase]:
    """Return the phrases of ``languages``.

    Raises:
        PatternError: A pattern, a risk or an urgency that does not exist; names the phrase.
    """
    phrases: list[Phrase] = []
    for language in languages:
        file = folder / f"{language}.yml"
        written = (
            yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) if file.exists() else {}
        )
        phrases.extend(_phrase(row) for row in written.get("phrases") or ())
    _check(phrases)
    return phrases


def _phrase(row: Mapping[str, object]) -> Phrase:
    name, risk, urgency = (str(row.get(key)) for key in ("id", "risk", "urgency"))
    if risk not in DANGERS or urgency not in ("now", "careful"):
        raise PatternError(f"{name}: no such risk or urgency")
    patterns, exceptions = (
        tuple(str(pattern) for pattern in row.get(key) or ())  # type: ignore[attr-defined]  # YAML
        for key in ("patterns", "exceptions")
    )
    return Phrase(name, risk, urgency, patterns, exceptions, sure=row.get("sure") is True)


def _check(phrases: Iterable[Phrase]) -> None:
    """Compile each pattern once: half of them stand in several phrases. Raises PatternError."""
    seen: set[str] = set()
    for phrase in phrases:
        for pattern in (*phrase.patterns, *phrase.exceptions):
            if pattern in seen:
                continue
            seen.add(pattern)
            try:
                compile_pattern(pattern)
            except PatternError as error:
                raise PatternError(f"{phrase.id}: {error}") from None


def _touch(clauses: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    first, last = clauses
    return any(begins <= last + 1 and ends >= first - 1 for begins, ends in others)


def _denied(phrase: Phrase, voided: Iterable[Phrase], language: str | None) -> bool:
    """Return whether the message's own language knows better than a phrase of another one."""
    own = (other for other in voided if other.language == language != phrase.language)
    return any(other.risk == phrase.risk for other in own)
