"""What can be done about what stands in the way: words, what the facts say, and who may help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content.answers.nearby import near, nearby
from content.answers.packing import packed
from content.answers.values import code, codes
from content.glosses import glossed
from content.lines import Country, serves
from content.reply import Part
from content.rights_choice import GENERAL, Chosen, Fact, Question, choose
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.queries import rights_of
from wire.say import Say

OBSTACLES = ("paper", "money", "language", "distance", "fear", "refused")
_MOST = 3  # sentences from the facts
_LEAST_RIGHTS = "undocumented"  # what is told to whoever does not say their papers


@dataclass(frozen=True)
class _Met:
    """What is known where an obstacle was met.

    Attributes:
        obstacle: Code.
        country: Where.
        status: Whose rules are told.
        chosen: The rule for the care that was asked about.
        facts: Every fact that holds for this status and care, or in an emergency.
    """

    obstacle: str
    country: Country
    status: str
    chosen: Chosen
    facts: Sequence[Fact]


async def answer(scene: Scene, say: Say) -> Part:
    """Return advice that holds everywhere, then what is known in the country, then places."""
    obstacle = say.message.removeprefix("obstacle.")
    words = scene.labels.text(f"obstacle.{obstacle}")
    country = await scene.country(code(say, "country"))
    if country is None:
        return Part((words,))
    met = await _met(scene, say, obstacle, country)
    rule = _by_rule(scene, met)
    lines = [*rule, *_by_code(scene, met, sourced=bool(rule)), *_by_line(scene, met)]
    places, choices = await nearby(scene, near(scene, say, country.code), codes(say, "kinds"))
    texts = (words, *packed(lines), *packed(places))
    return Part(glossed(scene.labels, scene.tables.local_names, texts), choices)


async def _met(scene: Scene, say: Say, obstacle: str, country: Country) -> _Met:
    told, care, today = code(say, "status"), code(say, "care"), scene.now.date()
    status = told if told not in (None, "prefer_not_to_say") else None
    facts = await rights_of(scene.session, country.code)
    asked = Question(status or "prefer_not_to_say", care, today, scene.tables.fallbacks)
    whose, cares = {status or _LEAST_RIGHTS, "any"}, {*((care,) if care else GENERAL)}
    holding = [
        fact
        for fact in facts
        if confirmed(fact)
        and in_force(fact, today)
        and whose & set(fact["status"])
        and (cares | {"any", "emergency"}) & set(fact["care"])
    ]
    return _Met(obstacle, country, asked.status, choose(facts, asked), holding)


def _by_rule(scene: Scene, met: _Met) -> list[str]:
    """Return the part of the rule that answers the obstacle, under whose rule it is."""
    said = _RULES.get(met.obstacle, _nothing)(scene, met)
    if not said or met.chosen.main is None:
        return said
    header = scene.labels.text(
        "rights.header",
        country=scene.labels.country(met.country.code),
        care=scene.labels.of("care", met.chosen.care),
        status=scene.labels.of("status_phrase", met.chosen.whose(met.status)),
    )
    return [header, *said, *scene.rights.sources([met.chosen.main])]


def _nothing(_scene: Scene, _met: _Met) -> list[str]:
    return []


def _paper(scene: Scene, met: _Met) -> list[str]:
    return scene.rights.papers(met.chosen.main) if met.chosen.main else []


def _money(scene: Scene, met: _Met) -> list[str]:
    return scene.rights.costs(met.chosen.main) if met.chosen.main else []


def _refused(scene: Scene, met: _Met) -> list[str]:
    return scene.rights.may(met.chosen.main) if met.chosen.main else []


def _fear(scene: Scene, met: _Met) -> list[str]:
    facts = [*([met.chosen.main] if met.chosen.main else []), *met.facts]
    may = scene.rights.may(met.chosen.main) if met.chosen.main else []
    return [*may, *scene.rights.reporting(facts, _LEAST_RIGHTS)]


_RULES: dict[str, Callable[[Scene, _Met], list[str]]] = {
    "paper": _paper,
    "money": _money,
    "refused": _refused,
    "fear": _fear,
}


def _by_code(scene: Scene, met: _Met, *, sourced: bool) -> list[str]:
    """Return steps and notes of the facts that the table names for the obstacle.

    Args:
        scene: The reply.
        met: What is known.
        sourced: Whether the source of the rule itself was said already.
    """
    table, said, used = scene.tables.obstacles[met.obstacle], [], []
    for family in ("steps", "notes"):
        for wanted in table[family]:
            holding = [fact for fact in met.facts if wanted in fact[family]]
            if holding:
                said.append(scene.labels.of(family.removesuffix("s"), wanted))
                used.append(holding[0])
    main = met.chosen.main if sourced else None
    more = [fact for fact in used[:_MOST] if main is None or fact["id"] != main["id"]]
    return [*said[:_MOST], *(scene.rights.sources(more) if more else [])]


def _by_line(scene: Scene, met: _Met) -> list[str]:
    """Return a line that can be called instead of a long way."""
    if met.obstacle != "distance":
        return []
    known = met.country.for_purpose("asylum_refugee_info", scene.now.date())
    fitting = [line for line in known if serves(line, met.status)]
    return [scene.lines.line(line, met.country.zones) for line in fitting[:1]]
