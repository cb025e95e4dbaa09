"""Finds messages that suggest that somebody is in danger.

Phrases per language, ``data/safeguarding/<language>.yml``, compiled to spaCy's token
patterns. A miss costs more than a false alarm, so the phrases of every enabled language
are tried on every message: people switch when they are afraid. What the phrases do not
see the classifier may: its danger intents count from a low probability on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.understanding.dangers import DANGERS, urgency_of
from bot.understanding.patterns import PatternError, anchor, compile_pattern
from bot.understanding.thresholds import DANGER_ALL, DANGER_ONE
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
    """

    id: str
    risk: str
    urgency: str
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


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
        self._vocabulary = spacy.blank("xx").vocab
        self._phrases = {phrase.id: phrase for phrase in phrases}
        self._matchers: dict[tuple[str, ...], Matcher] = {}  # made when first needed: 1 ms each
        self._by_word: dict[str, dict[str, None]] = {}
        for phrase in self._phrases.values():
            for key in (key for pattern in phrase.patterns for key in anchor(pattern)):
                self._by_word.setdefault(key, {})[phrase.id] = None

    def find(self, words: Sequence[Word], likely: Mapping[str, float]) -> Risk | None:
        """Return the most urgent risk in a message, or None.

        Args:
            words: The words of the message.
            likely: The classifier's probability of each intent.
        """
        found = self.phrases_in(words)
        risks = {(p.risk, p.urgency) for p in found} | self._guessed(likely)
        if not risks:
            return None

        def order(risk: tuple[str, str]) -> tuple[bool, float, int]:
            return risk[1] != "now", -likely.get(risk[0], 0.0), DANGERS.index(risk[0])

        intent, urgency = min(risks, key=order)
        return Risk(intent, urgency, tuple(p.id for p in found if p.risk == intent))

    def phrases_in(self, words: Sequence[Word]) -> list[Phrase]:
        """Return the phrases in a message that no exception voids."""
        doc = Doc(self._vocabulary, words=[word.text for word in words])
        return [self._phrases[name] for name in self._near(words) if self._hits(name, doc, words)]

    def _near(self, words: Sequence[Word]) -> list[str]:
        """Return the phrases of which a word is in the message; all others cannot match."""
        near: dict[str, None] = {}
        for word in {word.text: None for word in words}:
            near.update(self._by_word.get(word, {}))
            for length in range(1, len(word) + 1):
                near.update(self._by_word.get(word[:length] + "*", {}))
        return list(near)

    def _hits(self, name: str, doc: Doc, words: Sequence[Word]) -> bool:
        """Return whether a phrase is in a message and no exception voids it."""
        phrase = self._phrases[name]
        hits = [_clauses(words, *span) for span in self._found(phrase.patterns, doc)]
        if not hits or not phrase.exceptions:
            return bool(hits)
        void = [_clauses(words, *span) for span in self._found(phrase.exceptions, doc)]
        return not all(_touch(clauses, void) for clauses in hits)

    def _found(self, patterns: tuple[str, ...], doc: Doc) -> list[tuple[int, int]]:
        """Return where patterns match. Each phrase has a matcher of its own.

        spaCy asks each predicate of a matcher of every word, so that one matcher for all
        phrases takes ten times as long.
        """
        if patterns not in self._matchers:
            matcher = Matcher(self._vocabulary)
            matcher.add("phrase", [compile_pattern(pattern) for pattern in patterns])
            self._matchers[patterns] = matcher
        return [(start, end) for _, start, end in self._matchers[patterns](doc)]

    @staticmethod
    def _guessed(likely: Mapping[str, float]) -> set[tuple[str, str]]:
        dangers = {danger: likely.get(danger, 0.0) for danger in DANGERS}
        best = max(DANGERS, key=lambda danger: dangers[danger])
        if dangers[best] >= DANGER_ONE or sum(dangers.values()) >= DANGER_ALL:
            return {(best, urgency_of(best))}
        return set()


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
    return phrases


def _phrase(row: Mapping[str, object]) -> Phrase:
    name, risk, urgency = (str(row.get(key)) for key in ("id", "risk", "urgency"))
    if risk not in DANGERS or urgency not in ("now", "careful"):
        raise PatternError(f"{name}: no such risk or urgency")
    patterns, exceptions = (
        tuple(str(pattern) for pattern in row.get(key) or ())  # type: ignore[attr-defined]  # YAML
        for key in ("patterns", "exceptions")
    )
    try:
        for pattern in (*patterns, *exceptions):
            compile_pattern(pattern)
    except PatternError as error:
        raise PatternError(f"{name}: {error}") from None
    return Phrase(name, risk, urgency, patterns, exceptions)


def _clauses(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    return words[start].clause, words[end - 1].clause


def _touch(clauses: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    first, last = clauses
    return any(begins <= last + 1 and ends >= first - 1 for begins, ends in others)
