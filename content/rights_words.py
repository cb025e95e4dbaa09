"""A rights fact in words: every code of it becomes a sentence in the person's language."""

from __future__ import annotations

from collections.abc import Sequence

from content import dates
from content.messages import Messages
from content.rights_choice import Chosen, Fact
from content.vocabulary_labels import Labels

# For whom it matters whether the clinic tells somebody.
WARY = frozenset({"undocumented", "in_transit", "prefer_not_to_say"})


class RightsWords:
    """Says rights facts in one language."""

    def __init__(self, messages: Messages, language: str, labels: Labels) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels

    def answer(self, chosen: Chosen, *, focus: str) -> list[str]:
        """Return what the main fact and those beside it give, cost and ask, most wanted first.

        Args:
            chosen: What answers; ``main`` is set.
            focus: ``may``, ``cost`` or ``conditions``: what the person asked for.
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
            *self._waiting(main),
            *self._validity(main),
            *[self.beside(fact, main, chosen.care) for fact in chosen.beside],
        ]

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

    def sources(self, facts: Sequence[Fact]) -> list[str]:
        """Return the names and dates of the sources of some facts, and whether we verified them."""
        groups: dict[str, list[str]] = {}
        for fact in facts:
            verified = dates.verified(fact, self._messages, self._language, rule=True)
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
        if len(steps) > 1:
            numbered = " ".join(f"{number}) {step}" for number, step in enumerate(steps, 1))
            return [self._labels.text("rights.steps", steps=numbered)]
        step = steps[0] if steps else self._labels.text("rights.ask_first")
        return [self._labels.text("rights.first_step", step=step)]

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
