"""May I, what does it cost, what do I bring: the answer for a country, a status and a care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.answers.ask_here import ask_here
from content.answers.values import code
from content.lines import Country
from content.reply import Choice, Part
from content.rights_choice import Chosen, Fact, Question, choose, nearest_cares
from content.scene import Scene
from directory.queries import countries, rights_of
from wire.choice import write_choice
from wire.say import Say

_MOST_CARES = 3
_LONG = 700  # characters of one message: more is hard to take in on a small phone


@dataclass(frozen=True)
class _Case:
    """One question in one country."""

    country: Country
    question: Question
    focus: str
    facts: Sequence[Fact]


async def answer(scene: Scene, say: Say) -> Part:
    """Return what is known, with source and date; or what is not, with the nearest known."""
    country_code = code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("rights.no_country"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    question = Question(
        status=code(say, "status") or "prefer_not_to_say",
        care=code(say, "care"),
        today=scene.now.date(),
        fallbacks=scene.tables.fallbacks,
    )
    facts = await rights_of(scene.session, country_code)
    case = _Case(country, question, code(say, "focus") or "may", facts)
    chosen = choose(facts, question)
    if chosen.main is None:
        return await _not_known(scene, case, chosen)
    return await _known(scene, case, chosen)


async def no_pack(scene: Scene, country: str) -> Part:
    """Return that nothing is known of a country, and of which countries something is."""
    known = [scene.labels.country(c) for c in await countries(scene.session)]
    return Part(
        (
            scene.labels.text(
                "rights.no_pack",
                country=scene.labels.country(country),
                countries=scene.labels.listed(known),
            ),
        )
    )


async def _known(scene: Scene, case: _Case, chosen: Chosen) -> Part:
    main = chosen.main
    assert main is not None  # noqa: S101 - the caller made sure
    emergency = _emergency_fact(case)
    said = [main, *chosen.beside, *([emergency] if emergency and emergency != main else [])]
    head = [
        _header(scene, case, chosen),
        *await _ended(scene, case, chosen),
        *_fallback(scene, case, chosen),
        *scene.rights.answer(chosen, focus=case.focus),
    ]
    fitting = [*chosen.fitting, *said[1:]]
    unique = list({fact["id"]: fact for fact in fitting}.values())
    tail = [
        *_emergency(scene, case, emergency if emergency not in (main, *chosen.beside) else None),
        *scene.rights.reporting(unique, case.question.status),
        *scene.rights.sources([*said, *([chosen.ended] if chosen.ended else [])]),
    ]
    notes = scene.rights.notes(chosen)
    extra: tuple[Choice, ...] = ()
    if main["entitlement"] in ("none", "emergency_only"):
        extra = (scene.choice(write_choice("find_service", {"kind": "undocumented_care"})),)
    if len("\n".join([*head, *notes, *tail])) <= _LONG or not notes:
        return Part(("\n".join([*head, *notes, *tail]),), extra)
    more = "\n".join([scene.labels.text("rights.more"), *notes])
    return Part(("\n".join([*head, *tail]), more), extra)


def _header(scene: Scene, case: _Case, chosen: Chosen) -> str:
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


async def _ended(scene: Scene, case: _Case, chosen: Chosen) -> list[str]:
    if chosen.ended is None:
        return []
    place = await ask_here(scene, case.country, case.question.status)
    where = [scene.labels.text("rights.ask_here", place=place)] if place else []
    return [scene.rights.ended(chosen.ended, case.question.status), *where]


def _fallback(scene: Scene, case: _Case, chosen: Chosen) -> list[str]:
    if chosen.fallback is None:
        return []
    other = scene.labels.of("status_phrase", chosen.fallback.status)
    if case.question.status == "prefer_not_to_say":
        return [scene.labels.text("rights.fallback_not_said", other=other)]
    if chosen.ended is not None:
        return [scene.labels.text("rights.fallback_ended", other=other)]
    status = scene.labels.of("status_phrase", case.question.status)
    return [scene.labels.text("rights.fallback", status=status, other=other)]


def _emergency_fact(case: _Case) -> Fact | None:
    """Return what holds in an emergency for this status or any, strictest first."""
    if case.question.care == "emergency":
        return None
    facts = [fact for fact in case.facts if "emergency" in fact["care"]]
    return choose(facts, replace(case.question, care="emergency")).main


def _emergency(scene: Scene, case: _Case, fact: Fact | None) -> list[str]:
    """Return what holds in an emergency, whatever the papers; at least the number."""
    number = case.country.emergency_number("emergency_medical", "emergency_any")
    if number is None:
        return []
    if fact is None:
        return [scene.labels.text("rights.emergency_number", number=number)]
    return [scene.rights.emergency(fact, number)]


async def _not_known(scene: Scene, case: _Case, chosen: Chosen) -> Part:
    labels, question = scene.labels, case.question
    emergency = _emergency_fact(case)
    message = "rights.not_confirmed" if chosen.hidden else "rights.not_known"
    place = await ask_here(scene, case.country, question.status)
    lines = [
        _header(scene, case, chosen),
        labels.text(message),
        *([scene.rights.ended(chosen.ended, question.status)] if chosen.ended else []),
        *([labels.text("rights.ask_here", place=place)] if place else []),
    ]
    cares = nearest_cares(case.facts, question)[:_MOST_CARES]
    if cares:
        lines.append(labels.text("rights.known_cares", cares=labels.each("care", cares)))
    lines += _emergency(scene, case, emergency)
    if emergency:
        lines += scene.rights.reporting([emergency], question.status)
        lines += scene.rights.sources([emergency])
    extra = tuple(scene.choice(write_choice("rights_care", {"care": care})) for care in cares)
    return Part(("\n".join(lines),), extra)
