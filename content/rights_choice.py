"""Which rights facts answer a question. Never one picked in silence.

Order (docs/decisions, "facts are structured"): exact status before ``any``, exact care before
``any``, then higher confidence, then the newer source. What a condition or a case separates is
said beside it, strictest first. A status without facts falls back by the table in
data/rights/status-fallback.yml, only towards ``any`` or fewer rights, and that is said first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from content.validity import confirmed, in_force

Fact = Mapping[str, Any]
STRICTNESS = ("none", "emergency_only", "unclear", "partial", "full")
_CONFIDENCE = ("high", "medium", "low")
GENERAL = "primary"  # what "may I see a doctor" is about when no care was named


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
    """

    main: Fact | None = None
    beside: tuple[Fact, ...] = ()
    fallback: Fallback | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked: codes of the vocabulary. ``care`` None means care in general."""

    status: str
    care: str | None
    today: date
    fallbacks: Mapping[str, Sequence[Fallback]] = field(default_factory=dict, repr=False)


def choose(facts: Sequence[Fact], question: Question) -> Chosen:
    """Return what answers the question, in the order described above."""
    valid = [fact for fact in facts if in_force(fact, question.today)]
    care = question.care or GENERAL
    own = _fitting(valid, question.status, care)
    if any(confirmed(fact) for fact in own):
        return _arranged([fact for fact in own if confirmed(fact)], question.status, care)
    if own:
        return Chosen(hidden=True)
    for fallback in question.fallbacks.get(question.status, ()):
        found = [f for f in _fitting(valid, fallback.status, care) if confirmed(f)]
        if found:
            chosen = _arranged(found, fallback.status, care)
            return Chosen(chosen.main, chosen.beside, fallback)
    return Chosen()


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


def _arranged(facts: Sequence[Fact], status: str, care: str) -> Chosen:
    def tier(fact: Fact) -> tuple[bool, bool]:
        return (status not in fact["status"], care not in fact["care"])

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
    beside = [fact for fact in top[1:] if _differs(fact, main)]
    return Chosen(main, (*beside, *sorted(cases, key=_strictest)))


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
