"""What holds for each status when somebody needs a doctor: the short view of a country's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.lines import Country
from content.rights_choice import Chosen, Fact, Fallback, Question, choose
from content.scene import Scene
from content.vocabulary_labels import Labels
from directory.queries import rights_of

STATUSES = (
    "asylum_seeker",
    "refugee",
    "temporary_protection",
    "undocumented",
    "regular_migrant",
    "unaccompanied_child",
    "returnee",
    "internally_displaced",
    "in_transit",
    "stateless",
)
CARES = (
    "emergency",
    "primary",
    "hospital",
    "maternity",
    "child_health",
    "mental_health",
    "medicines",
    "sexual_violence_care",
    "infectious_disease",
)


@dataclass(frozen=True)
class Rules:
    """The rules of a country on one day.

    Attributes:
        facts: Its rights facts in the order of the pack.
        today: The day they are asked for.
        fallbacks: Status to the statuses that may answer for it.
    """

    facts: Sequence[Fact]
    today: date
    fallbacks: Mapping[str, Sequence[Fallback]] = field(default_factory=dict, repr=False)

    def chosen(self, status: str, care: str | None) -> Chosen:
        """Return what answers for a status and a care; no care is a doctor and the hospital."""
        return choose(self.facts, Question(status, care, self.today, self.fallbacks))

    def own(self, status: str) -> dict[str, Chosen]:
        """Return, by care, what is known for exactly this status or for everybody."""
        found = {care: choose(self.facts, Question(status, care, self.today)) for care in CARES}
        return {care: chosen for care, chosen in found.items() if chosen.main is not None}

    def by_answer(self, answer: str) -> dict[str, list[str]]:
        """Return the statuses by what holds for them, in order of the vocabulary.

        Args:
            answer: ``entitlement`` or ``cost``: what of the first fact they are grouped by.
        """
        groups: dict[str, list[str]] = {}
        for status, main in self._first_facts():
            if main is not None:
                code = main["entitlement"] if answer == "entitlement" else main["cost"]["kind"]
                groups.setdefault(str(code), []).append(status)
        return groups

    def without_own(self) -> list[str]:
        """Return the statuses that no rule on a doctor or the hospital is known for."""
        return [status for status, main in self._first_facts() if main is None]

    def first_steps(self) -> dict[str, list[str]]:
        """Return the first steps to a doctor, each with the statuses that it is for."""
        groups: dict[str, list[str]] = {}
        for status, main in self._first_facts():
            if main is not None and main["steps"]:
                groups.setdefault(str(main["steps"][0]), []).append(status)
        return groups

    def _first_facts(self) -> Iterator[tuple[str, Fact | None]]:
        """Yield each status with what holds when somebody needs a doctor; nothing borrowed."""
        for status in STATUSES:
            yield status, choose(self.facts, Question(status, None, self.today)).main


def status_words(labels: Labels, statuses: Sequence[str]) -> str:
    """Return statuses as a list in words; all of them are "with or without papers"."""
    if len(statuses) == len(STATUSES):
        return labels.of("status_phrase", "any")
    return labels.each("status_phrase", statuses)


async def rules_of(scene: Scene, country: Country) -> Rules:
    """Return the rules of a country as they are at the moment of the scene."""
    facts = await rights_of(scene.session, country.code)
    return Rules(facts, scene.now.date(), scene.tables.fallbacks)
