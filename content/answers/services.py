"""Places near the person: three at a time, nearest first; the nearest known where none fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.answers.rights import no_pack
from content.answers.values import code, codes, count
from content.lines import Country
from content.reply import Choice, Part
from content.scene import Scene
from content.validity import in_force
from directory.gazetteer import Place
from directory.queries import Listing, listing, services_for
from wire.choice import read_choice, write_choice
from wire.say import Say

PAGE = 3  # as actions counts
_FAR_KM = 15.0
# Lines that may know a place when we do not.
_MAY_KNOW = ("shelter", "asylum_refugee_info", "suicide_mental_health", "gbv")
_CONSULATE = "consulate"


@dataclass(frozen=True)
class _Wanted:
    """What is looked for: kinds best first, where, and for whom."""

    country: Country
    kinds: Sequence[str]
    here: Place | None
    offset: int
    audience: str | None
    status: str | None


async def answer(scene: Scene, say: Say) -> Part:
    """Return some services, what is nearest to them, or who may know more."""
    here = _place(scene, code(say, "city"))
    country_code = here.country if here else code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("services.no_place"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    wanted = _Wanted(
        country,
        codes(say, "kinds"),
        here,
        count(say, "offset"),
        code(say, "audience"),
        code(say, "status"),
    )
    for asked, told in _attempts(scene, wanted):
        if found := await _found(scene, asked):
            return _page(scene, found, asked, told)
    return _nothing(scene, wanted)


async def details(scene: Scene, say: Say) -> Part:
    """Return everything known of one service, or ask which of those that were listed."""
    wanted = code(say, "listing")
    if wanted is None:
        return _which(scene)
    found = await listing(scene.session, wanted)
    country = await scene.country(found.country) if found else None
    if found is None or country is None or not in_force(found.body, scene.now.date()):
        return Part((scene.labels.text("services.gone"),))
    return Part((scene.services.details(found, country.zone),))


def _place(scene: Scene, city: str | None) -> Place | None:
    return scene.places.place(int(city)) if city and city.isdigit() else None


def _attempts(scene: Scene, wanted: _Wanted) -> list[tuple[_Wanted, str | None]]:
    """Return what to look for in turn, each with what is told first when it is not the first."""
    labels = scene.labels
    attempts: list[tuple[_Wanted, str | None]] = [(wanted, None)]
    if wanted.audience and wanted.audience != "any":
        told = labels.text("services.none_for", whom=labels.of("audience", wanted.audience))
        attempts.append((replace(wanted, audience=None), told))
    if wanted.status and wanted.status != "prefer_not_to_say":
        told = labels.text("services.none_for", whom=labels.of("status_phrase", wanted.status))
        attempts.append((replace(wanted, audience=None, status=None), told))
    near = [other for kind in wanted.kinds for other in scene.neighbours.get(kind, ())]
    kinds = [kind for kind in dict.fromkeys(near) if kind not in wanted.kinds]
    if kinds:
        none = labels.text("services.none_of_kind", **_what_and_where(scene, wanted))
        attempts.append((replace(wanted, kinds=kinds, audience=None), none))
    return attempts


async def _found(scene: Scene, wanted: _Wanted) -> list[Listing]:
    found = await services_for(
        scene.session,
        country=wanted.country.code,
        kinds=wanted.kinds,
        here=wanted.here,
        audience=wanted.audience,
        status=wanted.status,
    )
    today = scene.now.date()
    # The state a person fled is not their helper: a consulate comes only when it is asked for.
    unasked = _CONSULATE not in wanted.kinds
    return [
        one
        for one in found
        if in_force(one.body, today) and not (unasked and _CONSULATE in one.kinds)
    ]


def _page(scene: Scene, found: list[Listing], wanted: _Wanted, told: str | None) -> Part:
    labels, offset = scene.labels, wanted.offset
    shown = found[offset : offset + PAGE]
    if not shown:
        return Part((labels.text("services.no_more"),))
    lines = [told or _header(scene, wanted, shown[0])]
    if told and wanted.here and offset == 0 and not _near(shown[0]):
        lines.append(labels.text("services.none_in_city", city=wanted.here.name))
    lines += [
        scene.services.item(position, one, wanted.country.zone)
        for position, one in enumerate(shown, 1)
    ]
    lines += scene.services.unverified(shown)
    choices = [
        Choice(write_choice("service_details", {"listing": one.id}), _short(one.body["name"]))
        for one in shown
    ]
    if len(found) > offset + PAGE:
        choices.append(Choice("more", labels.text("choice.more_services")))
    return Part(("\n".join(lines),), tuple(choices))


def _header(scene: Scene, wanted: _Wanted, first: Listing) -> str:
    labels, here = scene.labels, wanted.here
    if here and wanted.offset == 0 and not _near(first):
        return labels.text("services.none_in_city", city=here.name)
    place = here.name if here else labels.country(wanted.country.code)
    if not wanted.kinds:
        return labels.text("services.header_any", place=place)
    kinds = labels.each("kind", wanted.kinds[:2], style="or")
    return labels.text("services.header", kinds=kinds[:1].upper() + kinds[1:], place=place)


def _near(found: Listing) -> bool:
    return found.distance is not None and found.distance <= _FAR_KM


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"  # noqa: PLR2004 - a button


def _what_and_where(scene: Scene, wanted: _Wanted) -> dict[str, str]:
    kinds = scene.labels.each("kind", wanted.kinds, style="or")
    return {"kinds": kinds, "country": scene.labels.country(wanted.country.code)}


def _nothing(scene: Scene, wanted: _Wanted) -> Part:
    country, today = wanted.country, scene.now.date()
    none = scene.labels.text("services.none_at_all", **_what_and_where(scene, wanted))
    if _CONSULATE in wanted.kinds:
        known = country.consulates(today)
    else:
        known = [line for p in _MAY_KNOW for line in country.for_purpose(p, today)[:1]]
    if emergency := country.emergency():
        known.append(emergency)
    lines = [scene.lines.line(line, country.zone) for line in known]
    return Part(("\n".join([none, *dict.fromkeys(lines)]),))


def _which(scene: Scene) -> Part:
    """Return the services of the last reply as choices."""
    again = tuple(choice for choice in scene.offered if _is_listing(choice))
    message = "services.which" if again else "services.which_none"
    return Part((scene.labels.text(message),), again)


def _is_listing(choice: Choice) -> bool:
    intent, slots = read_choice(choice.id)
    return intent == "service_details" and "listing" in slots
