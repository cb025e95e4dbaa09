"""A rights fact in words: every code of it becomes a sentence in the person's language."""

from __future__ import annotations

from collections.abc import Sequence

from content.fact_words import FactWords
from content.rights_choice import Chosen, Fact

_FIRST_COST = 2  # sentences on the cost that stand in the first message; the rest comes after
# For whom it matters whether the clinic tells somebody.
WARY = frozenset({"undocumented", "in_transit", "prefer_not_to_say"})


class RightsWords(FactWords):
    """Says what answers a question: the main fact, those beside it, and what is to be known."""

    def answer(self, chosen: Chosen, *, focus: str) -> list[str]:
        """Return what matters most of the main fact: what it gives, costs, and the first step.

        Args:
            chosen: What answers; ``main`` is set.
            focus: ``may``, ``cost`` or ``conditions``: what the person asked for, said first.
        """
        main = chosen.main
        assert main is not None  # noqa: S101 - the caller asks only when there is one
        may, cost = [self._may(main)], self._cost(main)
        cost = cost if focus == "cost" else cost[:_FIRST_COST]
        blocks = {
            "may": [*may, *cost],
            "cost": [*cost, *may],
            "conditions": [*may, *self._bring(main, asked=True), *cost],
        }[focus]
        return [*self._case(main), *blocks, self._first_step(main)]

    def rest(self, main: Fact, *, focus: str) -> list[str]:
        """Return what else the main fact says: papers, later steps, waiting time, validity."""
        return [
            *(self._cost(main)[_FIRST_COST:] if focus != "cost" else []),
            *(self._bring(main, asked=False) if focus != "conditions" else []),
            *self._later_steps(main),
            *self._waiting(main),
            *self._validity(main),
        ]

    def all_of(self, fact: Fact) -> list[str]:
        """Return every code of a fact in words, for whoever reviews it."""
        notes = [self._labels.of("note", note) for note in fact["notes"]]
        alone = Chosen(main=fact)
        said = [*self.answer(alone, focus="may"), *self.rest(fact, focus="may"), *notes]
        return [*said, *self.reporting([fact], "undocumented")]

    def notes(self, chosen: Chosen) -> list[str]:
        """Return what else a person should know or expect, first by the main fact."""
        main = chosen.main
        said = [self._labels.of("note", note) for note in main["notes"]] if main else []
        for fact in chosen.beside:
            told = [self._labels.of("note", note) for note in fact["notes"]]
            new = " ".join(note for note in told if note not in said)
            clause = self._clause(fact)
            if new and clause:
                said.append(self._labels.text("rights.beside_note", case=clause, note=new))
            elif new:
                said.append(new)
        return said

    def beside(self, fact: Fact, main: Fact, care: str) -> str:
        """Return another rule as one line: its case, entitlement, cost and first step."""
        steps = [self._labels.of("step", step) for step in fact["steps"][:1]]
        first = [self._labels.text("rights.first_step", step=step) for step in steps]
        values = {
            "entitlement": self._labels.text(f"rights.short.{fact['entitlement']}"),
            "cost": " ".join([*self._cost(fact), *self._validity(fact), *first]),
        }
        if clause := self._clause(fact):
            text = self._labels.text("rights.beside", case=clause, **values)
        elif care in fact["care"] and care not in main["care"]:
            named = self._labels.of("care", care)
            text = self._labels.text("rights.beside_care", care=named, **values)
        else:
            text = self._labels.text("rights.beside_plain", **values)
        return text.strip()

    def emergency(self, fact: Fact, number: str) -> str:
        """Return what holds in an emergency, with the number."""
        values = {
            "entitlement": self._labels.text(f"rights.in_emergency.{fact['entitlement']}"),
            "cost": " ".join(self._cost(fact)),
            "number": number,
        }
        if clause := self._clause(fact, but="emergency"):
            return self._labels.text("rights.emergency_case", case=clause, **values)
        return self._labels.text("rights.emergency", **values)

    def reporting(self, facts: Sequence[Fact], status: str) -> list[str]:
        """Return whether care leads to data going on: any yes wins, then no, then not known."""
        found = {fact["reporting"] for fact in facts}
        verdict = "yes" if "yes" in found else "no" if "no" in found else "unknown"
        said = []
        if status in WARY or verdict == "yes":
            said.append(self._labels.text(f"rights.reporting.{verdict}"))
        said += [
            self._labels.of("note", fact["reporting_note"])
            for answer in ("yes", "no")
            for fact in facts
            if fact["reporting"] == answer and fact["reporting_note"]
        ]
        return list(dict.fromkeys(said))

    def ended(self, fact: Fact, status: str) -> str:
        """Return that the last rule for a status is over, and when."""
        return self._labels.text(
            "rights.ended",
            status=self._labels.of("status_phrase", status),
            date=self._date(fact, "valid_until"),
        )
