"""May I, what does it cost, what do I bring: the answer for a country, a status and a care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.answers.ask_here import ask_here
from content.answers.nearby import near, nearby
from content.answers.packing import packed
from content.answers.rights_frame import (
    Case,
    emergency_fact,
    ended,
    fallback,
    header,
    in_emergency,
)
from content.answers.values import code
from content.entries import write_entries
from content.glosses import glossed
from content.reply import Choice, Part
from content.rights_choice import Chosen, Fact, Question, choose, nearest_cares
from content.scene import Scene
from content.unmet import NO_PACK, NO_RULE, unmet_right
from directory.parts import Part as Entries
from directory.queries import countries, rights_of
from wire.choice import write_choice
from wire.say import Say

_MOST_CARES = 3
_NOTHING = ("none", "emergency_only")
_ALL_THE_SAME = "undocumented_care"


async def answer(scene: Scene, say: Say) -> Part:
    """Return what is known, with source and date; or what is not, with the nearest known."""
    country_code = code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("rights.no_country"),))
    country = await scene.country(country_code)
    if country is None:
        unmet = unmet_right(country_code, code(say, "care"), NO_PACK)
        return replace(await no_pack(scene, country_code), unmet=(unmet,))
    question = Question(
        status=code(say, "status") or "prefer_not_to_say",
        care=code(say, "care"),
        today=scene.now.date(),
        fallbacks=scene.tables.fallbacks,
    )
    facts = await rights_of(scene.session, country_code)
    case = Case(
        country, question, code(say, "focus") or "may", facts, near(scene, say, country_code)
    )
    chosen = choose(facts, question)
    if chosen.main is None:
        unmet = unmet_right(country_code, question.care, NO_RULE)
        return replace(await _not_known(scene, case, chosen), unmet=(unmet,))
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


async def _known(scene: Scene, case: Case, chosen: Chosen) -> Part:
    """Return what matters most in a message of its own, then the rest, then other cases."""
    main = chosen.main
    assert main is not None  # noqa: S101 - the caller made sure
    emergency = emergency_fact(case)
    beside = [fact for fact in chosen.beside if fact != main]
    more = [emergency] if emergency and emergency not in (main, *beside) else []
    told = scene.rights.reporting(_unique([*chosen.fitting, *beside, *more]), case.question.status)
    first = [
        header(scene, case, chosen),
        *await ended(scene, case, chosen),
        *fallback(scene, case, chosen),
        *scene.rights.answer(chosen, focus=case.focus),
        *told[:1],
        *scene.rights.sources([main, *([chosen.ended] if chosen.ended else [])]),
    ]
    others, places = await _who_treats(scene, case, main)
    rest = [
        *told[1:],
        *scene.rights.rest(main, focus=case.focus),
        *in_emergency(scene, case, more[0] if more else None),
        *others,
    ]
    cases = [scene.rights.beside(fact, main, chosen.care) for fact in beside]
    sources = _sources_but(scene, [*beside, *more], main)
    notes = scene.rights.notes(chosen)
    headed = [scene.labels.text("rights.more"), *notes] if notes else []
    texts = ("\n".join(first), *packed(rest), *packed([*cases, *sources]), *packed(headed))
    about = write_entries(Entries.RIGHTS, case.country.code, [main["id"]])
    return Part(glossed(scene.labels, scene.tables.local_names, texts), places, about)


async def _who_treats(scene: Scene, case: Case, main: Fact) -> tuple[list[str], tuple[Choice, ...]]:
    """Return who may help all the same, where the rules give nothing or emergencies only."""
    if main["entitlement"] not in _NOTHING:
        return [], ()
    where = replace(case.near, status=None)  # they are there for whoever is turned away
    lines, _ = await nearby(scene, where, (_ALL_THE_SAME,))
    return lines, (scene.choice(write_choice("find_service", {"kind": _ALL_THE_SAME})),)


def _unique(facts: Sequence[Fact]) -> list[Fact]:
    return list({fact["id"]: fact for fact in facts}.values())


def _sources_but(scene: Scene, facts: Sequence[Fact], said: Fact) -> list[str]:
    """Return the sources of facts, without those that were named with another already."""
    named = scene.rights.sources([said])
    return [line for line in scene.rights.sources(facts) if line not in named] if facts else []


async def _not_known(scene: Scene, case: Case, chosen: Chosen) -> Part:
    labels, question = scene.labels, case.question
    emergency = emergency_fact(case)
    message = "rights.not_confirmed" if chosen.hidden else "rights.not_known"
    place = await ask_here(scene, case.country, question.status)
    lines = [
        header(scene, case, chosen),
        labels.text(message),
        *([scene.rights.ended(chosen.ended, question.status)] if chosen.ended else []),
        *([labels.text("rights.ask_here", place=place)] if place else []),
    ]
    cares = nearest_cares(case.facts, question)[:_MOST_CARES]
    if cares:
        lines.append(labels.text("rights.known_cares", cares=labels.each("care", cares)))
    lines += in_emergency(scene, case, emergency)
    known = [emergency] if emergency else []
    lines += scene.rights.reporting(known, question.status)
    lines += scene.rights.sources(known)
    extra = tuple(scene.choice(write_choice("rights_care", {"care": care})) for care in cares)
    return Part(glossed(scene.labels, scene.tables.local_names, packed(lines)), extra)
