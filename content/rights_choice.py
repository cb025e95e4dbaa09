"""Which rights facts answer a question. Never one picked in silence.

Order (docs/decisions, "facts are structured"): exact status before ``any``, exact care before
``any``, then higher confidence, then the newer source. What a condition or a case separates is
said beside it, strictest first. A status without facts falls back by the table in
data/rights/status-fallback.yml, only towards ``any`` or fewer rights, and that is said first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from content.validity import confirmed, ended_before, in_force

Fact = Mapping[str, Any]
STRICTNESS = ("none", "emergency_only", "unclear", "partial", "full")
_CONFIDENCE = ("high", "medium", "low")
GENERAL = ("primary", "hospital")  # what "may I see a doctor" is about when no care was named


@dataclass(frozen=True)
class Fallback:
    """A row of the fallback table: which status answers for which, and why."""

    status: str
    reason: str


@dataclass(frozen=True)
class Chosen:
    """What answers a question.

    Attributes:
        main: Said in full; None when nothing is known or confirmed.
        beside: Said as "if …", strictest first.
        fallback: The row that led here, or None when the status itself has facts.
        hidden: A fact exists, but it waits for an operator to confirm it.
        care: The care that ``main`` was found for.
        fitting: Every confirmed fact that holds for the question, said or not.
        ended: The last fact of this very status, where none of it is in force any more.
    """

    main: Fact | None = None
    beside: tuple[Fact, ...] = ()
    fallback: Fallback | None = None
    hidden: bool = False
    care: str = GENERAL[0]
    fitting: tuple[Fact, ...] = ()
    ended: Fact | None = None

    def whose(self, status: str) -> str:
        """Return for whom the rule stands that answers somebody of a status.

        That status, the one whose rule was taken instead, or ``any``. ``main`` is set.
        """
        assert self.main is not None  # noqa: S101 - the caller made sure
        known_for = self.fallback.status if self.fallback else status
        general = known_for not in self.main["status"] and "any" in self.main["status"]
        return "any" if general else known_for


@dataclass(frozen=True)
class Question:
    """What is asked: codes of the vocabulary. ``care`` None means care in general."""

    status: str
    care: str | None
    today: date
    fallbacks: Mapping[str, Sequence[Fallback]] = field(default_factory=dict, repr=False)

    @property
    def cares(self) -> tuple[str, ...]:
        """The cares to look for, in order."""
        return (self.care,) if self.care else GENERAL


def choose(facts: Sequence[Fact], question: Question) -> Chosen:
    """Return what answers the question, in the order described above."""
    valid = [fact for fact in facts if in_force(fact, question.today)]
    ended = _ended(facts, question)
    for care in question.cares:
        own = _fitting(valid, question.status, care)
        if any(confirmed(fact) for fact in own):
            chosen = _arranged(own, question.status, care)
            return replace(_with_hospital(chosen, valid, question), ended=ended)
        if own:
            return Chosen(hidden=True, care=care, ended=ended)
    for fallback in question.fallbacks.get(question.status, ()):
        for care in question.cares:
            found = _fitting(valid, fallback.status, care)
            if any(confirmed(fact) for fact in found):
                chosen = _arranged(found, fallback.status, care)
                return replace(chosen, fallback=fallback, ended=ended)
    return Chosen(care=question.cares[0], ended=ended)


def nearest_cares(facts: Sequence[Fact], question: Question) -> list[str]:
    """Return the cares that something is known about for this status, emergency first."""
    cares: list[str] = []
    for fact in facts:
        holds = question.status in fact["status"] or "any" in fact["status"]
        if holds and confirmed(fact) and in_force(fact, question.today):
            cares += [care for care in fact["care"] if care not in (*cares, "any", question.care)]
    return sorted(cares, key=lambda care: care != "emergency")


def _fitting(facts: Sequence[Fact], status: str, care: str) -> list[Fact]:
    return [
        fact
        for fact in facts
        if {status, "any"} & set(fact["status"]) and {care, "any"} & set(fact["care"])
    ]


def _ended(facts: Sequence[Fact], question: Question) -> Fact | None:
    """Return the last rule for exactly this status, where none of it is in force any more."""
    own = [f for f in facts if question.status in f["status"] and confirmed(f)]
    own = [f for f in own if {question.cares[0], "any"} & set(f["care"])]
    if any(in_force(fact, question.today) for fact in own):
        return None
    over = [fact for fact in own if ended_before(fact, question.today)]
    return max(over, key=lambda fact: str(fact["valid_until"]), default=None)


def _arranged(own: Sequence[Fact], status: str, care: str) -> Chosen:
    def tier(fact: Fact) -> tuple[bool, bool]:
        return (status not in fact["status"], care not in fact["care"])

    facts = [fact for fact in own if confirmed(fact)]
    # A fact for one case only never answers alone while a plainer one exists.
    plain = [fact for fact in facts if not fact["case"]] or list(facts)
    best = min(tier(fact) for fact in plain)
    top = sorted((fact for fact in plain if tier(fact) == best), key=_strictest)
    main = top[0]
    cases = [
        fact
        for fact in facts
        if fact not in top and fact["case"] and (tier(fact) == best or status in fact["status"])
    ]
    # Nobody loses what everybody has for exactly this care to a rule on care in general.
    everybody = [
        fact
        for fact in facts
        if care not in main["care"] and care in fact["care"] and fact not in (*top, *cases)
    ]
    beside = [fact for fact in (*top[1:], *everybody) if _differs(fact, main)]
    said = (*beside, *sorted(cases, key=_strictest))
    return Chosen(main, said, care=care, fitting=tuple(facts))


def _with_hospital(chosen: Chosen, valid: Sequence[Fact], question: Question) -> Chosen:
    """Add the hospital's special cases to an answer on care in general."""
    if question.care is not None or chosen.care != GENERAL[0]:
        return chosen
    more = [
        fact
        for fact in valid
        if fact["case"]
        and confirmed(fact)
        and question.status in fact["status"]
        and GENERAL[1] in fact["care"]
        and fact not in (chosen.main, *chosen.beside)
    ]
    return replace(chosen, beside=(*chosen.beside, *sorted(more, key=_strictest)))


def _differs(fact: Fact, main: Fact) -> bool:
    """Return whether two facts say different things to the same person."""
    return any(fact[part] != main[part] for part in ("entitlement", "conditions", "cost", "case"))


def _strictest(fact: Fact) -> tuple[int, int, str]:
    newest = "".join(chr(0x10FFFF - ord(c)) for c in str(fact["source"]["published"]))
    return (
        STRICTNESS.index(fact["entitlement"]),
        _CONFIDENCE.index(fact["confidence"]),
        newest if str(fact["source"]["published"])[:1].isdigit() else chr(0x10FFFF),
    )
