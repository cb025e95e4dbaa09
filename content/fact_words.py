"""One rights fact in words: each code of it becomes a sentence in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content import dates
from content.freshness import is_overdue
from content.messages import Messages
from content.rights_choice import Fact
from content.vocabulary_labels import Labels


class FactWords:
    """Says rights facts one by one in one language, on one day."""

    def __init__(self, messages: Messages, language: str, labels: Labels, today: date) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels
        self._today = today

    def may(self, fact: Fact) -> list[str]:
        """Return what a fact gives, and to whom."""
        return [*self._case(fact), self._may(fact)]

    def costs(self, fact: Fact) -> list[str]:
        """Return all that is known of what a fact's care costs."""
        return self._cost(fact)

    def papers(self, fact: Fact) -> list[str]:
        """Return which papers a fact asks for, or that this is not known."""
        return self._bring(fact, asked=True)

    def may_and_cost(self, fact: Fact) -> list[str]:
        """Return what a fact gives, what it costs, to whom, and until when."""
        return [*self.may(fact), *self._cost(fact), *self._waiting(fact), *self._validity(fact)]

    def held(self, fact: Fact) -> list[str]:
        """Return what has to be true for a fact to hold; empty where nothing has to."""
        clauses = [self._labels.of("case", fact["case"])] if fact["case"] else []
        clauses += [self._labels.of("condition", code) for code in _telling(fact)]
        if not clauses:
            return []
        return [self._labels.text("rights.conditions", conditions=self._labels.listed(clauses))]

    def price(self, fact: Fact) -> str:
        """Return what a fact's care costs in one sentence: what kind of cost, and how much."""
        cost = fact["cost"]
        amounts = [
            dates.money(amount, self._messages, self._language)
            for amount in cost.get("amounts", [])
        ]
        kind = self._labels.text(f"rights.cost_kind.{cost['kind']}")
        text = f"{kind} ({self._labels.listed(amounts)})" if amounts else kind
        return self._labels.text("rights.cost", cost=text)

    def verified(self, fact: Fact) -> str:
        """Return whether and when somebody last verified a fact, and that it is long ago."""
        if is_overdue("rights", fact, self._today):
            date = dates.day(fact["verified"], self._language)
            return self._labels.text("source.aged", date=date)
        return dates.verified(fact, self._messages, self._language, rule=True)

    def sources(self, facts: Sequence[Fact]) -> list[str]:
        """Return the names and dates of the sources of some facts, and whether we verified them."""
        groups: dict[str, list[str]] = {}
        for fact in facts:
            verified = self.verified(fact)
            source = dates.source(fact, self._messages, self._language)
            groups.setdefault(verified, []).append(source)
        return [
            self._labels.text(
                "source.lines" if len(set(sources)) > 1 else "source.line",
                sources="; ".join(dict.fromkeys(sources)),
                verified=verified,
            )
            for verified, sources in groups.items()
        ]

    def _clause(self, fact: Fact, *, but: str = "") -> str:
        clauses = [self._labels.of("case", fact["case"])] if fact["case"] else []
        conditions = [code for code in fact["conditions"] if code != but]
        clauses += [self._labels.of("condition", code) for code in conditions]
        return self._labels.listed(clauses) if clauses else ""

    def _case(self, fact: Fact) -> list[str]:
        if not fact["case"]:
            return []
        return [self._labels.text("rights.case", case=self._labels.of("case", fact["case"]))]

    def _may(self, fact: Fact) -> str:
        text = self._labels.text(f"rights.entitlement.{fact['entitlement']}")
        if conditions := _telling(fact):
            clauses = [self._labels.of("condition", code) for code in conditions]
            held = self._labels.text("rights.conditions", conditions=self._labels.listed(clauses))
            text = f"{text} {held}"
        return text

    def _cost(self, fact: Fact) -> list[str]:
        cost = fact["cost"]
        notes = [self._labels.of("cost", note) for note in cost.get("notes", [])]
        if cost["kind"] == "unknown" and notes:
            return notes
        return [self.price(fact), *notes]

    def _bring(self, fact: Fact, *, asked: bool) -> list[str]:
        if fact["documents"]:
            documents = self._labels.each("document", fact["documents"])
            return [self._labels.text("rights.bring", documents=documents)]
        return [self._labels.text("rights.bring_unknown")] if asked else []

    def _first_step(self, fact: Fact) -> str:
        steps = [self._labels.of("step", step) for step in fact["steps"][:1]]
        step = steps[0] if steps else self._labels.text("rights.ask_first")
        return self._labels.text("rights.first_step", step=step)

    def _later_steps(self, fact: Fact) -> list[str]:
        steps = [self._labels.of("step", step) for step in fact["steps"][1:]]
        if not steps:
            return []
        numbered = " ".join(f"{number}) {step}" for number, step in enumerate(steps, 2))
        return [self._labels.text("rights.steps", steps=numbered)]

    def _waiting(self, fact: Fact) -> list[str]:
        if not fact["waiting"]:
            return []
        waiting = self._labels.of("waiting", fact["waiting"])
        return [self._labels.text("rights.waiting", waiting=waiting)]

    def _validity(self, fact: Fact) -> list[str]:
        said = []
        for end in ("valid_from", "valid_until"):
            if fact[end]:
                message = f"rights.{end}_day" if _precision(fact) == "day" else f"rights.{end}"
                said.append(self._labels.text(message, date=self._date(fact, end)))
        return said

    def _date(self, fact: Fact, end: str) -> str:
        # "Since 2024" is not "since 1 January 2024".
        length = {"year": 4, "month": 7}.get(_precision(fact), 10)
        return dates.published(str(fact[end])[:length], self._messages, self._language)


def _telling(fact: Fact) -> list[str]:
    """Return the conditions that say more than "only for emergencies" did."""
    told = fact["entitlement"] == "emergency_only" or fact["care"] == ["emergency"]
    return [code for code in fact["conditions"] if not (told and code == "emergency")]


def _precision(fact: Fact) -> str:
    return str(fact.get("valid_precision") or "day")
