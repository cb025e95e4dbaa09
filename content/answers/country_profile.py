"""What is known of a country, in short pages: who may, cost, where first, gaps, sources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content import dates
from content.answers.rights import no_pack
from content.answers.values import code
from content.first_doors import first_places, who_can_be_asked
from content.gaps import gap_lines, gaps_of
from content.general_care import rules_of, status_words
from content.lines import Country
from content.reply import Choice, Part
from content.rights_choice import STRICTNESS
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.queries import EVERY, services_for
from wire.choice import write_choice
from wire.say import Say

_SOURCES = 5  # on a page: more is too long for a small phone
_PLACES, _STEPS = 2, 4


async def answer(scene: Scene, say: Say) -> Part:
    """Return one page, with the other pages as choices."""
    country_code = code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("rights.no_country"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    wanted = code(say, "page") or "1"
    number = max(1, int(wanted)) if wanted.isdigit() else 1
    heading, compose = _PAGES[min(number, len(_PAGES)) - 1]
    lines = await compose(scene, country)
    more: tuple[Choice, ...] = ()
    if number >= len(_PAGES):
        lines, more = _sources_page(scene, lines, number)
    title = f"{scene.labels.country(country.code)}: {scene.labels.text(heading)}"
    return Part(("\n".join([title, *lines]),), (*more, *_other_pages(scene, number)))


def _other_pages(scene: Scene, shown: int) -> tuple[Choice, ...]:
    return tuple(
        _page(scene, number, heading)
        for number, (heading, _) in enumerate(_PAGES, 1)
        if number != min(shown, len(_PAGES))
    )


def _page(scene: Scene, number: int, label: str) -> Choice:
    page = write_choice("country_profile", {"page": str(number)})
    return Choice(page, scene.labels.text(label))


def _sources_page(
    scene: Scene, lines: list[str], number: int
) -> tuple[list[str], tuple[Choice, ...]]:
    begin = (number - len(_PAGES)) * _SOURCES
    shown = lines[begin : begin + _SOURCES] or lines[:_SOURCES]
    left = len(lines) > begin + _SOURCES
    return shown, ((_page(scene, number + 1, "choice.more"),) if left else ())


async def _may(scene: Scene, country: Country) -> list[str]:
    labels, rules = scene.labels, await rules_of(scene, country)
    groups = rules.by_answer("entitlement")
    said = [
        f"{_capital(labels.text(f'rights.short.{code}'))}: {status_words(labels, groups[code])}"
        for code in reversed(STRICTNESS)
        if code in groups
    ]
    if without := rules.without_own():
        said.append(labels.text("gaps.statuses", whom=status_words(labels, without)))
    general = labels.text("rights.care_general")
    return [f"({general})", *said, labels.text("profile.in_short")]


async def _cost(scene: Scene, country: Country) -> list[str]:
    labels, rules = scene.labels, await rules_of(scene, country)
    groups = rules.by_answer("cost").items()
    said = [
        f"{_capital(labels.text(f'rights.cost_kind.{kind}'))}: {status_words(labels, statuses)}"
        for kind, statuses in sorted(groups, key=lambda group: group[0] == "unknown")
    ]
    general = labels.text("rights.care_general")
    return [f"({general})", *said, labels.text("profile.in_short")]


async def _door(scene: Scene, country: Country) -> list[str]:
    labels, rules = scene.labels, await rules_of(scene, country)
    steps = [
        f"{_capital(status_words(labels, statuses))}: {labels.of('step', step)}"
        for step, statuses in list(rules.first_steps().items())[:_STEPS]
    ]
    asked = [
        labels.text("rights.ask_here", place=place)
        for place in await who_can_be_asked(scene, country)
    ]
    places = [
        scene.services.title(place.body) + "".join(f", {p['number']}" for p in phones)
        for place in await first_places(scene, country, _PLACES)
        if (phones := place.body["phones"][:1])
    ]
    return [await scene.emergency_line(country.code), *asked, *places, *steps]


async def _gaps(scene: Scene, country: Country) -> list[str]:
    rules = await rules_of(scene, country)
    services = await services_for(scene.session, country=country.code, kinds=(), most=EVERY)
    return gap_lines(gaps_of(country, rules, services), scene.labels)


async def _sources(scene: Scene, country: Country) -> list[str]:
    rules = await rules_of(scene, country)
    shown = [fact for fact in rules.facts if confirmed(fact) and in_force(fact, rules.today)]
    newest = sorted(shown, key=lambda fact: str(fact["source"]["published"]), reverse=True)
    dated = sorted(newest, key=lambda fact: not str(fact["source"]["published"])[:1].isdigit())
    said = [dates.source(fact, scene.messages, scene.language) for fact in dated]
    return list(dict.fromkeys(said))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_Compose = Callable[[Scene, Country], Awaitable[list[str]]]
# Heading, which is also the label of its choice, and what stands under it.
_PAGES: tuple[tuple[str, _Compose], ...] = (
    ("choice.profile_may", _may),
    ("choice.profile_cost", _cost),
    ("choice.profile_door", _door),
    ("choice.profile_gaps", _gaps),
    ("choice.profile_sources", _sources),
)
