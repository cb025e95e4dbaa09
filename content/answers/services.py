"""Places near the person: three at a time, nearest first; the nearest known where none fits."""

from __future__ import annotations

from content.answers.rights import no_pack
from content.answers.values import code, codes, count
from content.lines import Country
from content.reply import Choice, Part
from content.scene import Scene
from directory.gazetteer import Place
from directory.queries import Listing, listing, services_for
from wire.choice import read_choice, write_choice
from wire.say import Say

PAGE = 3
_FAR_KM = 15.0
# Lines that may know a place when we do not.
_MAY_KNOW = ("shelter", "asylum_refugee_info", "suicide_mental_health", "gbv")


async def answer(scene: Scene, say: Say) -> Part:
    """Return three services, what is nearest to them, or who may know more."""
    here = _place(scene, code(say, "city"))
    country_code = here.country if here else code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("services.no_place"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    kinds = codes(say, "kinds")
    found = await _found(scene, say, country_code, kinds, here)
    if found:
        return _page(
            scene, found, kinds, country, here=here, offset=count(say, "offset"), header=None
        )
    near = _neighbours(scene, kinds)
    found = await _found(scene, say, country_code, near, here) if near else []
    if found:
        none = scene.labels.text(
            "services.none_of_kind",
            kinds=scene.labels.each("kind", kinds, style="or"),
            country=scene.labels.country(country_code),
        )
        return _page(
            scene, found, near, country, here=here, offset=count(say, "offset"), header=none
        )
    return _nothing(scene, kinds, country)


async def details(scene: Scene, say: Say) -> Part:
    """Return everything known of one service, or ask which of those that were listed."""
    wanted = code(say, "listing")
    if wanted is None:
        return _which(scene)
    found = await listing(scene.session, wanted)
    country = await scene.country(found.country) if found else None
    if found is None or country is None:
        return Part((scene.labels.text("services.gone"),))
    return Part((scene.services.details(found, country.zone),))


def _place(scene: Scene, city: str | None) -> Place | None:
    return scene.places.place(int(city)) if city and city.isdigit() else None


async def _found(
    scene: Scene, say: Say, country: str, kinds: list[str], here: Place | None
) -> list[Listing]:
    return await services_for(
        scene.session,
        country=country,
        kinds=kinds,
        here=here,
        audience=code(say, "audience"),
        status=code(say, "status"),
    )


def _neighbours(scene: Scene, kinds: list[str]) -> list[str]:
    near = [other for kind in kinds for other in scene.neighbours.get(kind, ())]
    return [kind for kind in dict.fromkeys(near) if kind not in kinds]


def _page(
    scene: Scene,
    found: list[Listing],
    kinds: list[str],
    country: Country,
    *,
    here: Place | None,
    offset: int,
    header: str | None,
) -> Part:
    labels = scene.labels
    shown = found[offset : offset + PAGE]
    if not shown:
        return Part((labels.text("services.no_more"),))
    place = here.name if here else labels.country(country.code)
    lines = [header or labels.text("services.header", kinds=_kinds(scene, kinds), place=place)]
    if header is None and here and offset == 0 and not _near(shown[0]):
        lines = [labels.text("services.none_in_city", city=here.name)]
    items = [
        scene.services.item(offset + position, found_one, country.zone)
        for position, found_one in enumerate(shown, 1)
    ]
    choices = [
        Choice(write_choice("service_details", {"listing": one.id}), _short(one.body["name"]))
        for one in shown
    ]
    if len(found) > offset + PAGE:
        choices.append(Choice("more", labels.text("choice.more_services")))
    return Part(("\n".join(lines + items),), tuple(choices))


def _near(found: Listing) -> bool:
    return found.distance is not None and found.distance <= _FAR_KM


def _kinds(scene: Scene, kinds: list[str]) -> str:
    text = scene.labels.each("kind", kinds[:2], style="or") if kinds else ""
    return text[:1].upper() + text[1:]


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"  # noqa: PLR2004 - a button


def _nothing(scene: Scene, kinds: list[str], country: Country) -> Part:
    none = scene.labels.text(
        "services.none_at_all",
        kinds=scene.labels.each("kind", kinds, style="or"),
        country=scene.labels.country(country.code),
    )
    today = scene.now.date()
    lines = [
        scene.lines.line(line, country.zone)
        for purpose in _MAY_KNOW
        for line in country.for_purpose(purpose, today)[:1]
    ]
    emergency = country.emergency()
    if emergency is not None:
        lines.append(scene.lines.line(emergency, country.zone))
    return Part(("\n".join([none, *dict.fromkeys(lines)]),))


def _which(scene: Scene) -> Part:
    """Return the services of the last reply as choices."""
    again = tuple(choice for choice in scene.offered if _is_listing(choice))
    message = "services.which" if again else "services.which_none"
    return Part((scene.labels.text(message),), again)


def _is_listing(choice: Choice) -> bool:
    intent, slots = read_choice(choice.id)
    return intent == "service_details" and "listing" in slots
