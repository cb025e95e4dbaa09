"""Care after sexual violence: the time limits first, then where, what it costs, and what not.

Nothing is asked before it, and it stands without a country too. The first words name nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.answers.nearby import near, nearby
from content.answers.packing import packed
from content.answers.rights import no_pack
from content.answers.values import code
from content.glosses import glossed
from content.lines import Country
from content.reply import Part
from content.rights_choice import Chosen, Fact, Question, choose
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.queries import rights_of
from wire.say import Say

CARE = "sexual_violence_care"
_KINDS = (CARE, "hospital")
_ANY_NUMBER = "112 / 911"


async def answer(scene: Scene, say: Say) -> Part:
    """Return until when care helps most, where to go, and what the rules of the country say."""
    labels = scene.labels
    limits = labels.text("early_care.limits")
    country = await scene.country(code(say, "country"))
    if country is None:
        where = labels.text("early_care.where", number=_ANY_NUMBER)
        unknown = code(say, "country")
        more = (await no_pack(scene, unknown)).texts if unknown else ()
        return Part((f"{limits}\n{where}", *more))
    facts, status = await rights_of(scene.session, country.code), code(say, "status")
    chosen = _chosen(scene, [fact for fact in facts if CARE in fact["care"]], status)
    first = [limits, *_own_limits(scene, chosen), *_where(scene, country, chosen)]
    there = near(scene, say, country.code)
    places, choices = await nearby(scene, there, _KINDS)
    rules = (
        _rules(scene, country, chosen, status)
        if chosen.main
        else _nearest(scene, country, facts, hidden=chosen.hidden)
    )
    texts = ("\n".join(first), *packed(rules), *packed(places))
    return Part(glossed(labels, scene.tables.local_names, texts), choices)


def _chosen(scene: Scene, facts: Sequence[Fact], status: str | None) -> Chosen:
    """Return what answers; where nobody told a status, a rule for some is better than none."""
    today, fallbacks = scene.now.date(), scene.tables.fallbacks
    asked = Question(status or "prefer_not_to_say", CARE, today, fallbacks)
    chosen = choose(facts, asked)
    if chosen.main or status not in (None, "prefer_not_to_say"):
        return chosen
    known = [fact for fact in facts if confirmed(fact) and in_force(fact, today)]
    if not known:
        return chosen
    return choose(known, Question(known[0]["status"][0], CARE, today))


def _own_limits(scene: Scene, chosen: Chosen) -> list[str]:
    return _told(scene, chosen, "own_limits", ("steps", "notes"))


def _no_report(scene: Scene, chosen: Chosen) -> list[str]:
    return _told(scene, chosen, "no_report", ("notes",))


def _told(scene: Scene, chosen: Chosen, row: str, families: tuple[str, ...]) -> list[str]:
    """Return in words the codes of a row of the table that are codes of the facts, too."""
    facts = [fact for fact in (chosen.main, *chosen.beside) if fact]
    return [
        scene.labels.of(family.removesuffix("s"), code)
        for family in families
        for code in scene.tables.early_care[row][family]
        if any(code in fact[family] for fact in facts)
    ]


def _where(scene: Scene, country: Country, chosen: Chosen) -> list[str]:
    number = country.emergency_number("emergency_medical", "emergency_any") or _ANY_NUMBER
    if chosen.main is None:
        return [scene.labels.text("early_care.where", number=number)]
    limits = scene.tables.early_care["own_limits"]["steps"]
    steps = [code for code in chosen.main["steps"] if code not in limits]
    said = [scene.labels.of("step", code) for code in steps]
    return [*said, scene.labels.text("rights.emergency_number", number=number)]


def _nearest(scene: Scene, country: Country, facts: Sequence[Fact], *, hidden: bool) -> list[str]:
    """Return that the rule is not known, and what holds in an emergency."""
    labels = scene.labels
    unknown = labels.text("rights.not_confirmed" if hidden else "rights.not_known")
    said = [f"{labels.country(country.code)}: {unknown}"]
    asked = Question("prefer_not_to_say", "emergency", scene.now.date(), scene.tables.fallbacks)
    fact = choose(facts, asked).main
    number = country.emergency_number("emergency_medical", "emergency_any")
    if fact is None or number is None:
        return said
    return [*said, scene.rights.emergency(fact, number), *scene.rights.sources([fact])]


def _rules(scene: Scene, country: Country, chosen: Chosen, status: str | None) -> list[str]:
    """Return what the rules give, what it costs, that no report is needed, and the source."""
    main, words, labels = chosen.main, scene.rights, scene.labels
    assert main is not None  # noqa: S101 - the caller made sure
    told = _own_limits(scene, chosen) + _no_report(scene, chosen)
    notes = [note for note in words.notes(chosen) if note not in told]
    facts = [main, *chosen.beside]
    return [
        f"{labels.country(country.code)} ({_whom(scene, main, status)}):",
        *_no_report(scene, chosen),
        *words.may_and_cost(main),
        *[words.beside(fact, main, chosen.care) for fact in chosen.beside],
        *notes,
        *words.reporting(facts, ""),
        *words.sources(facts),
    ]


def _whom(scene: Scene, main: Fact, status: str | None) -> str:
    known = [*([status] if status else []), "any", "undocumented"]
    whose = next((one for one in known if one in main["status"]), main["status"][0])
    return scene.labels.of("status_phrase", whose)
