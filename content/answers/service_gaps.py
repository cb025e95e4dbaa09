"""What is told where no place fits: a heading that says so, and lines of the same purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.lines import Country, serves
from content.reply import Part
from content.scene import Scene
from directory.gazetteer import Place
from directory.listing import Listing
from directory.nearness import CITY_KM, is_far
from directory.queries import services_for

CONSULATE = "consulate"
_MOST_LINES = 3


@dataclass(frozen=True)
class Wanted:
    """What is looked for: kinds best first, where, for whom, and what is not wanted."""

    country: Country
    kinds: Sequence[str]
    here: Place | None
    offset: int
    audience: str | None
    status: str | None
    without: Sequence[str] = ()


def header(scene: Scene, wanted: Wanted, first: Listing) -> str:
    """Return the one heading of a list: what and where, or that none is in the city."""
    labels, here = scene.labels, wanted.here
    if here and wanted.offset == 0 and not _near(first):
        return labels.text(_none_here(first), city=_city(scene, here))
    place = _city(scene, here) if here else labels.country(wanted.country.code)
    if not wanted.kinds:
        return labels.text("services.header_any", place=place)
    kinds = labels.each("kind", wanted.kinds[:2], style="or")
    return labels.text("services.header", kinds=kinds[:1].upper() + kinds[1:], place=place)


def _near(found: Listing) -> bool:
    return found.distance is not None and found.distance <= CITY_KM


def _none_here(first: Listing) -> str:
    """Return what is told where nothing is in the city itself."""
    if is_far(first):
        return "services.none_near"
    return "services.none_in_city" if first.distance is not None else "services.none_in_city_ask"


def _city(scene: Scene, here: Place) -> str:
    return scene.labels.city_name(here.country, here.name)


async def what_and_where(scene: Scene, wanted: Wanted) -> dict[str, str]:
    """Return what was looked for and where in vain: the city when another city has it."""
    kinds = scene.labels.each("kind", wanted.kinds, style="or")
    country = wanted.country.code
    elsewhere = await services_for(scene.session, country=country, kinds=wanted.kinds)
    city = _city(scene, wanted.here) if wanted.here and elsewhere else None
    return {"kinds": kinds, "country": city or scene.labels.country(country)}


async def nothing(scene: Scene, wanted: Wanted) -> Part:
    """Return that nothing is known, with the lines that fit what was asked, if there are any."""
    what = await what_and_where(scene, wanted)
    known = _lines(scene, wanted)
    message = "services.none_at_all" if known else "services.none_ask"
    emergency = await scene.emergency_line(wanted.country.code)
    return Part(("\n".join([scene.labels.text(message, **what), *known, emergency]),))


def lines_section(scene: Scene, wanted: Wanted) -> list[str]:
    """Return the lines that may know a place, under a line that says so; empty without any."""
    known = _lines(scene, wanted)
    return [scene.labels.text("services.ask_lines"), *known] if known else []


def _lines(scene: Scene, wanted: Wanted) -> list[str]:
    """Return lines that may know a place for what was asked; none of another purpose."""
    country, today = wanted.country, scene.now.date()
    if CONSULATE in wanted.kinds:
        known = country.consulates(today)
    else:
        purposes = [p for kind in wanted.kinds for p in scene.tables.kind_lines.get(kind, ())]
        known = [
            line
            for purpose in dict.fromkeys(purposes)
            for line in country.for_purpose(purpose, today)
            if serves(line, wanted.status) and country.covers(line)
        ]
    said = [scene.lines.line(line, country.zones) for line in known]
    return list(dict.fromkeys(said))[:_MOST_LINES]
