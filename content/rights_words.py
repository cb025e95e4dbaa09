"""A rights fact in words: every code of it becomes a sentence in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content import dates
from content.messages import Messages
from content.rights_choice import Chosen, Fact
from content.vocabulary_labels import Labels

_REPORTING_MATTERS = frozenset({"undocumented", "in_transit", "prefer_not_to_say"})


class RightsWords:
    """Says rights facts in one language."""

    def __init__(self, messages: Messages, language: str, labels: Labels) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels

    def answer(self, chosen: Chosen, *, focus: str, status: str) -> list[str]:
        """Return the sentences about the main fact and those beside it, most wanted first.

        Args:
            chosen: What answers; ``main`` is set.
            focus: ``may``, ``cost`` or ``conditions``: what the person asked for.
            status: The person's, for whom reporting may matter.
        """
        main = chosen.main
        assert main is not None  # noqa: S101 - the caller asks only when there is one
        may = [self._may(main)]
        cost = self._cost(main)
        bring = self._bring(main, asked=focus == "conditions")
        blocks = {
            "may": [*may, *cost, *bring],
            "cost": [*cost, *may, *bring],
            "conditions": [*may, *bring, *cost],
        }[focus]
        return [
            *self._case(main),
            *blocks,
            *self._steps(main),
            *[self._labels.of("note", note) for note in main["notes"]],
            *self._waiting(main),
            *self._validity(main),
            *self._reporting(main, status),
            *[self.beside(fact) for fact in chosen.beside],
        ]

    def beside(self, fact: Fact) -> str:
        """Return another rule as one line: its case, its entitlement, its cost."""
        entitlement = self._labels.text(f"rights.short.{fact['entitlement']}")
        cost = " ".join(self._cost(fact))
        clause = self._clause(fact)
        if clause:
            return self._labels.text(
                "rights.beside", case=clause, entitlement=entitlement, cost=cost
            ).strip()
        return self._labels.text("rights.beside_plain", entitlement=entitlement, cost=cost).strip()

    def emergency(self, fact: Fact, number: str) -> str:
        """Return what holds in an emergency, with the number."""
        return self._labels.text(
            "rights.emergency",
            entitlement=self._labels.text(f"rights.short.{fact['entitlement']}"),
            cost=" ".join(self._cost(fact)),
            number=number,
        )

    def source(self, entry: Mapping[str, Any], *, rule: bool = True) -> str:
        """Return the name and date of a source, and whether we verified it."""
        return source_line(entry, self._messages, self._language, rule=rule)

    def _clause(self, fact: Fact) -> str:
        clauses = [self._labels.of("case", fact["case"])] if fact["case"] else []
        clauses += [self._labels.of("condition", code) for code in fact["conditions"]]
        return self._labels.listed(clauses) if clauses else ""

    def _case(self, fact: Fact) -> list[str]:
        if not fact["case"]:
            return []
        return [self._labels.text("rights.case", case=self._labels.of("case", fact["case"]))]

    def _may(self, fact: Fact) -> str:
        text = self._labels.text(f"rights.entitlement.{fact['entitlement']}")
        if fact["conditions"]:
            clauses = [self._labels.of("condition", code) for code in fact["conditions"]]
            held = self._labels.text("rights.conditions", conditions=self._labels.listed(clauses))
            text = f"{text} {held}"
        return text

    def _cost(self, fact: Fact) -> list[str]:
        cost = fact["cost"]
        notes = [self._labels.of("cost", note) for note in cost.get("notes", [])]
        if cost["kind"] == "unknown" and notes:
            return notes
        amounts = [
            dates.money(amount, self._messages, self._language)
            for amount in cost.get("amounts", [])
        ]
        kind = self._labels.text(f"rights.cost_kind.{cost['kind']}")
        text = f"{kind} ({self._labels.listed(amounts)})" if amounts else kind
        return [self._labels.text("rights.cost", cost=text), *notes]

    def _bring(self, fact: Fact, *, asked: bool) -> list[str]:
        if fact["documents"]:
            documents = self._labels.each("document", fact["documents"])
            return [self._labels.text("rights.bring", documents=documents)]
        return [self._labels.text("rights.bring_unknown")] if asked else []

    def _steps(self, fact: Fact) -> list[str]:
        steps = [self._labels.of("step", step) for step in fact["steps"]]
        if len(steps) == 1:
            return [self._labels.text("rights.first_step", step=steps[0])]
        numbered = " ".join(f"{number}) {step}" for number, step in enumerate(steps, 1))
        return [self._labels.text("rights.steps", steps=numbered)] if steps else []

    def _waiting(self, fact: Fact) -> list[str]:
        if not fact["waiting"]:
            return []
        waiting = self._labels.of("waiting", fact["waiting"])
        return [self._labels.text("rights.waiting", waiting=waiting)]

    def _validity(self, fact: Fact) -> list[str]:
        said = []
        for end in ("valid_from", "valid_until"):
            if fact[end]:
                # "Since 2024" is not "since 1 January 2024".
                length = {"year": 4, "month": 7}.get(str(fact.get("valid_precision")), 10)
                date = dates.published(fact[end][:length], self._messages, self._language)
                said.append(self._labels.text(f"rights.{end}", date=date))
        return said

    def _reporting(self, fact: Fact, status: str) -> list[str]:
        said = []
        if status in _REPORTING_MATTERS or fact["reporting"] == "yes":
            said.append(self._labels.text(f"rights.reporting.{fact['reporting']}"))
        if fact["reporting_note"]:
            said.append(self._labels.of("note", fact["reporting_note"]))
        return said


def source_line(
    entry: Mapping[str, Any], messages: Messages, language: str, *, rule: bool = False
) -> str:
    """Return "Source: name, date. Not yet confirmed …" for a fact or a listing."""
    source = entry["source"]
    if entry["verified"] == "never":
        verified = messages.text(
            "source.not_verified_rule" if rule else "source.not_verified", language
        )
    else:
        verified = messages.text(
            "source.verified", language, date=dates.day(entry["verified"], language)
        )
    return messages.text(
        "source.line",
        language,
        title=source["title"],
        date=dates.published(str(source["published"]), messages, language),
        verified=verified,
    )
