"""The translation desk: how far each message is in each language; and search by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from content.languages import Language
from content.live import OF_CARDS
from content.messages import (
    DRAFTED,
    MACHINE_DRAFTED,
    READ_TWICE,
    REVIEWED,
    SOURCE_LANGUAGE,
    Messages,
)
from content.short_set import ShortSet
from content.wording_faults import is_safety
from wire.normalise import words


class Stage(StrEnum):
    """How far a wording is; from what needs most work to what needs none."""

    MISSING = "missing"
    OUTDATED = "outdated"  # made from an English text that has changed
    MACHINE_DRAFTED = "machine_drafted"
    DRAFTED = "drafted"
    READ_TWICE = "read_twice"
    REVIEWED = "reviewed"


_STAGES: Mapping[str, Stage] = {
    MACHINE_DRAFTED: Stage.MACHINE_DRAFTED,
    DRAFTED: Stage.DRAFTED,
    READ_TWICE: Stage.READ_TWICE,
    REVIEWED: Stage.REVIEWED,
}


@dataclass(frozen=True)
class OnTheDesk:
    """One message in one language.

    Attributes:
        message: Its id.
        language: BCP 47 tag.
        stage: How far it is.
        english: What it says in English today.
        text: What it says in the language; empty: nothing yet.
        about: What a translator is told about it.
        reviewer: Who reviewed it, and when.
        safety: Whether it keeps somebody safe.
    """

    message: str
    language: str
    stage: Stage
    english: str = field(repr=False)
    text: str = field(repr=False)
    about: str = ""
    reviewer: str = ""
    safety: bool = False

    @property
    def family(self) -> str:
        """The first part of its id."""
        return self.message.partition(".")[0]


class TranslationDesk:
    """What stands on the desk: all messages in all languages, as they are said now.

    Args:
        messages: What is said now.
        languages: Those that are switched on.
        short: What a language that is not whole needs.
    """

    def __init__(
        self, messages: Messages, languages: Mapping[str, Language], short: ShortSet
    ) -> None:
        self.messages = messages
        self.languages = languages
        self._short = short

    def wanted(self, language: str) -> list[str]:
        """Return the ids that a language needs, or has, in order."""
        everything = self.messages.ids(SOURCE_LANGUAGE)
        row = self.languages.get(language)
        if row is None or not row.short:
            return sorted(everything)
        return sorted(
            one for one in everything if one in self._short or self.messages.has(one, language)
        )

    def one(self, message: str, language: str) -> OnTheDesk:
        """Return how far a message is in a language.

        Raises MissingMessageError: it is none, and no operator can add it.
        """
        safety = is_safety(message)
        if message.startswith(OF_CARDS) and not self.messages.has(message, SOURCE_LANGUAGE):
            return OnTheDesk(message, language, Stage.MISSING, "", "", safety=safety)
        english = self.messages.wording(message, SOURCE_LANGUAGE)
        if not self.messages.has(message, language):
            return OnTheDesk(
                message, language, Stage.MISSING, english.text, "", english.about, safety=safety
            )
        own = self.messages.wording(message, language)
        outdated = language != SOURCE_LANGUAGE and own.source != english.text
        stage = Stage.OUTDATED if outdated else _STAGES.get(own.state, Stage.DRAFTED)
        return OnTheDesk(
            message, language, stage, english.text, own.text, english.about, own.reviewer, safety
        )

    def counts(self, language: str) -> dict[Stage, int]:
        """Return how many messages of a language are how far."""
        found = Counter(self.one(message, language).stage for message in self.wanted(language))
        return {stage: found[stage] for stage in Stage}

    def families(self) -> list[str]:
        """Return the families of messages, in order."""
        return sorted({one.partition(".")[0] for one in self.messages.ids(SOURCE_LANGUAGE)})

    def listed(
        self,
        language: str,
        *,
        stages: Collection[str] = (),
        family: str = "",
        said: str = "",
    ) -> list[OnTheDesk]:
        """Return the messages of a language, those that keep somebody safe first.

        Args:
            language: BCP 47 tag.
            stages: Only these; all when empty.
            family: Only this one.
            said: Words that stand in the id, the English or the language, in any order.
        """
        rows: Iterator[OnTheDesk] = (self.one(one, language) for one in self.wanted(language))
        looked_for = words(said)
        found = [
            row
            for row in rows
            if (not stages or row.stage in stages)
            and (not family or row.family == family)
            and _stands_in(looked_for, row)
        ]
        return sorted(found, key=lambda row: (not row.safety, row.message))


def _stands_in(looked_for: Sequence[str], row: OnTheDesk) -> bool:
    if not looked_for:
        return True
    told = " ".join(words(f"{row.message.replace('.', ' ')} {row.english} {row.text}"))
    return all(word in told for word in looked_for)
