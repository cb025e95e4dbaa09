"""May I, what does it cost, what do I bring: the answer for a country, a status and a care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.answers.values import code
from content.lines import Country
from content.reply import Choice, Part
from content.rights_choice import Chosen, Fact, Question, choose, nearest_cares
from content.scene import Scene
from content.validity import confirmed
from directory.queries import countries, rights_of, services_for
from wire.choice import write_choice
from wire.say import Say

_NEEDS_EMERGENCY = frozenset({"none", "emergency_only", "unclear", "partial"})
# Who treats and advises people whom the public system turns away, nearest first.
_ASK_HERE = ("undocumented_care", "legal_aid", "orientation", "primary_care")
_MOST_CARES = 3


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
        fallbacks=scene.fallbacks,
    )
    facts = await rights_of(scene.session, country_code)
    case = _Case(country, question, code(say, "focus") or "may", facts)
    chosen = choose(facts, question)
    if chosen.main is None:
        return await _not_known(scene, case, chosen)
    return _known(scene, case, chosen)


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


def _known(scene: Scene, case: _Case, chosen: Chosen) -> Part:
    main = chosen.main
    assert main is not None  # noqa: S101 - the caller made sure
    lines = [
        _header(scene, case),
        *_fallback(scene, case, chosen),
        *scene.rights.answer(chosen, focus=case.focus, status=case.question.status),
    ]
    if main["entitlement"] in _NEEDS_EMERGENCY and case.question.care != "emergency":
        lines += _emergency(scene, case)
    sources = list(dict.fromkeys(scene.rights.source(fact) for fact in (main, *chosen.beside)))
    extra: tuple[Choice, ...] = ()
    if main["entitlement"] in ("none", "emergency_only"):
        extra = (scene.choice(write_choice("find_service", {"kind": "undocumented_care"})),)
    return Part(("\n".join([*lines, *sources]),), extra)


def _header(scene: Scene, case: _Case) -> str:
    labels, question = scene.labels, case.question
    care = labels.of("care", question.care) if question.care else labels.text("rights.care_general")
    return labels.text(
        "rights.header",
        country=labels.country(case.country.code),
        care=care,
        status=labels.of("status", question.status),
    )


def _fallback(scene: Scene, case: _Case, chosen: Chosen) -> list[str]:
    if chosen.fallback is None:
        return []
    other = scene.labels.of("status", chosen.fallback.status)
    if case.question.status == "prefer_not_to_say":
        return [scene.labels.text("rights.fallback_not_said", other=other)]
    status = scene.labels.of("status", case.question.status)
    return [scene.labels.text("rights.fallback", status=status, other=other)]


def _emergency(scene: Scene, case: _Case) -> list[str]:
    """Return what holds in an emergency, whatever the papers; at least the number."""
    number = case.country.emergency_number("emergency_medical", "emergency_any")
    if number is None:
        return []
    question = Question(
        case.question.status, "emergency", case.question.today, case.question.fallbacks
    )
    chosen = choose([fact for fact in case.facts if "emergency" in fact["care"]], question)
    if chosen.main is None:
        return [scene.labels.text("rights.emergency_number", number=number)]
    return [scene.rights.emergency(chosen.main, number)]


async def _not_known(scene: Scene, case: _Case, chosen: Chosen) -> Part:
    labels, question = scene.labels, case.question
    place = await _ask_here(scene, case)
    if chosen.hidden:
        lines = [_header(scene, case), labels.text("rights.not_confirmed", place=place or "-")]
    else:
        care = (
            labels.of("care", question.care)
            if question.care
            else labels.text("rights.care_general")
        )
        lines = [
            labels.text(
                "rights.not_known",
                care=care,
                status=labels.of("status", question.status),
                country=labels.country(case.country.code),
            )
        ]
        if place:
            lines.append(labels.text("rights.ask_here", place=place))
    cares = nearest_cares(case.facts, question)[:_MOST_CARES]
    if cares:
        lines.append(labels.text("rights.known_cares", cares=labels.each("care", cares)))
    lines += _emergency(scene, case)
    extra = tuple(scene.choice(write_choice("rights_care", {"care": care})) for care in cares)
    return Part(("\n".join(lines),), extra)


async def _ask_here(scene: Scene, case: _Case) -> str | None:
    """Return name and number of somebody who can be asked: a line, else an organisation."""
    for line in case.country.for_purpose("asylum_refugee_info", case.question.today):
        if confirmed(line):
            return f"{line['name']}: {', '.join(scene.lines.ways(line))}"
    found = await services_for(scene.session, country=case.country.code, kinds=_ASK_HERE)
    for listing in found:
        if listing.body["phones"]:
            return f"{listing.body['name']}: {listing.body['phones'][0]['number']}"
    return None
