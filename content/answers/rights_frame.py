"""What stands around a rule: for whom and where it is told, and what holds in an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.answers.ask_here import ask_here
from content.answers.nearby import Near
from content.lines import Country
from content.rights_choice import Chosen, Fact, Question, choose
from content.scene import Scene


@dataclass(frozen=True)
class Case:
    """One question in one country."""

    country: Country
    question: Question
    focus: str
    facts: Sequence[Fact]
    near: Near


def header(scene: Scene, case: Case, chosen: Chosen) -> str:
    """Return which country, care and status the answer is about."""
    status = case.question.status
    if status == "prefer_not_to_say" and chosen.main and "any" in chosen.main["status"]:
        status = "any"  # not saying was the right thing to do: it changes nothing here
    return scene.labels.text(
        "rights.header",
        country=scene.labels.country(case.country.code),
        care=_care(scene, case.question, chosen),
        status=scene.labels.of("status_phrase", status),
    )


def _care(scene: Scene, question: Question, chosen: Chosen) -> str:
    if question.care:
        return scene.labels.of("care", question.care)
    if chosen.care == question.cares[0]:
        return scene.labels.text("rights.care_general")
    return scene.labels.of("care", chosen.care)


async def ended(scene: Scene, case: Case, chosen: Chosen) -> list[str]:
    """Return that the last rule for the status is over, and who can be asked."""
    if chosen.ended is None:
        return []
    place = await ask_here(scene, case.country, case.question.status)
    where = [scene.labels.text("rights.ask_here", place=place)] if place else []
    return [scene.rights.ended(chosen.ended, case.question.status), *where]


def fallback(scene: Scene, case: Case, chosen: Chosen) -> list[str]:
    """Return whose rule answers, where the status itself has none."""
    if chosen.fallback is None:
        return []
    other = scene.labels.of("status_phrase", chosen.fallback.status)
    if case.question.status == "prefer_not_to_say":
        return [scene.labels.text("rights.fallback_not_said", other=other)]
    if chosen.ended is not None:
        return [scene.labels.text("rights.fallback_ended", other=other)]
    status = scene.labels.of("status_phrase", case.question.status)
    return [scene.labels.text("rights.fallback", status=status, other=other)]


def emergency_fact(case: Case) -> Fact | None:
    """Return what holds in an emergency for this status or any, strictest first."""
    if case.question.care == "emergency":
        return None
    facts = [fact for fact in case.facts if "emergency" in fact["care"]]
    return choose(facts, replace(case.question, care="emergency")).main


def in_emergency(scene: Scene, case: Case, fact: Fact | None) -> list[str]:
    """Return what holds in an emergency, whatever the papers; at least the number."""
    number = case.country.emergency_number("emergency_medical", "emergency_any")
    if number is None:
        return []
    if fact is None:
        return [scene.labels.text("rights.emergency_number", number=number)]
    return [scene.rights.emergency(fact, number)]
