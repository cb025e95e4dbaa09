"""Places near the person: three at a time, nearest first; the nearest known where none fits."""

from __future__ import annotations

from dataclasses import replace

from content.answers.borders import consulates
from content.answers.changes import of_entry
from content.answers.nearby import choice_of
from content.answers.public_first import public_first
from content.answers.rights import no_pack
from content.answers.service_gaps import (
    CONSULATE,
    Wanted,
    header,
    lines_section,
    nothing,
    what_and_where,
)
from content.answers.values import code, codes, count
from content.entries import write_entries
from content.reply import Choice, Part
from content.scene import Scene
from content.unmet import FAR, NOT_FOR, NOTHING, OTHER_KIND, Unmet, unmet_service
from content.validity import listed
from directory.listing import Listing
from directory.nearness import SURVIVORS, can_be_asked, for_survivors, is_far
from directory.parts import Part as Entries
from directory.queries import listing, services_for
from wire.choice import read_choice
from wire.say import Say

PAGE = 3  # as actions counts


async def answer(scene: Scene, say: Say) -> Part:
    """Return some services, what is nearest to them, or who may know more."""
    part = await _answer(scene, say)
    return await consulates(scene, say, part) if CONSULATE in codes(say, "kinds") else part


async def _answer(scene: Scene, say: Say) -> Part:
    here = scene.places.numbered(code(say, "city"))
    country_code = here.country if here else code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("services.no_place"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    wanted = Wanted(
        country,
        codes(say, "kinds"),
        here,
        count(say, "offset"),
        code(say, "audience"),
        code(say, "status"),
        codes(say, "without"),
    )
    for asked, told in await _attempts(scene, wanted):
        if found := await _found(scene, asked):
            return replace(_page(scene, found, asked, told), unmet=_unmet(wanted, asked, found[0]))
    return replace(await nothing(scene, wanted), unmet=_unmet(wanted, wanted, None))


async def details(scene: Scene, say: Say) -> Part:
    """Return everything known of one service, or ask which of those that were listed."""
    wanted = code(say, "listing")
    if wanted is None:
        return _which(scene)
    found = await listing(scene.session, wanted)
    country = await scene.country(found.country) if found else None
    if found is None or country is None or not listed(found.body, scene.now.date()):
        return Part((scene.labels.text("services.gone"),))
    changed = await of_entry(scene, Entries.SERVICES, found.id)
    told = "\n".join([scene.services.details(found, scene.zones_of(found, country)), *changed])
    return Part((told,), about=write_entries(Entries.SERVICES, found.country, [found.id]))


async def _attempts(scene: Scene, wanted: Wanted) -> list[tuple[Wanted, str | None]]:
    """Return what to look for in turn, each with what is told first when it is not the first."""
    labels = scene.labels
    attempts: list[tuple[Wanted, str | None]] = [(wanted, None)]
    if wanted.audience and wanted.audience != "any":
        told = labels.text("services.none_for", whom=labels.of("audience", wanted.audience))
        attempts.append((replace(wanted, audience=None), told))
    if wanted.status and wanted.status != "prefer_not_to_say":
        told = labels.text("services.none_for", whom=labels.of("status_phrase", wanted.status))
        attempts.append((replace(wanted, audience=None, status=None), told))
    near = [other for kind in wanted.kinds for other in scene.tables.neighbours.get(kind, ())]
    unfit = {*wanted.kinds, *wanted.without}
    kinds = [kind for kind in dict.fromkeys(near) if kind not in unfit]
    if kinds:
        none = labels.text("services.none_of_kind", **await what_and_where(scene, wanted))
        attempts.append((replace(wanted, kinds=kinds, audience=None), none))
    return attempts


def _unmet(wanted: Wanted, asked: Wanted, first: Listing | None) -> tuple[Unmet, ...]:
    """Return what was wanted where something else is told, or nothing; not for a next page."""
    if wanted.offset:
        return ()
    if first is None:
        why = NOTHING
    elif asked.kinds != wanted.kinds:
        why = OTHER_KIND
    elif asked != wanted:
        why = NOT_FOR
    elif is_far(first):
        why = FAR
    else:
        return ()
    kind = next(iter(wanted.kinds), "")
    return (unmet_service(wanted.country.code, wanted.here, kind, why),)


async def _found(scene: Scene, wanted: Wanted) -> list[Listing]:
    found = await services_for(
        scene.session,
        country=wanted.country.code,
        kinds=wanted.kinds,
        here=wanted.here,
        audience=wanted.audience,
        status=wanted.status,
        today=scene.now.date(),
    )
    today = scene.now.date()
    # The state a person fled is not their helper: a consulate comes only when it is asked for.
    unasked = CONSULATE not in wanted.kinds
    known = [
        one
        for one in found
        if listed(one.body, today)
        and not (unasked and CONSULATE in one.kinds)
        and one.kinds[0] not in wanted.without
        and (can_be_asked(one) or not is_far(one))
    ]
    # Nobody who looks for a lawyer is sent to a crisis centre while there is anything else.
    if wanted.audience not in (None, "any") or SURVIVORS & set(wanted.kinds):
        fitting = known
    else:
        fitting = [one for one in known if not for_survivors(one)] or known
    return await public_first(scene, wanted.country.code, wanted.kinds, wanted.status, fitting)


def _page(scene: Scene, found: list[Listing], wanted: Wanted, told: str | None) -> Part:
    labels, offset = scene.labels, wanted.offset
    shown = found[offset : offset + PAGE]
    if not shown:
        return Part((labels.text("services.no_more"),))
    # The heading names what the places below are, not what else was looked for.
    there = [kind for kind in wanted.kinds if any(kind in one.kinds for one in shown)]
    lines = [told or header(scene, replace(wanted, kinds=there), shown[0])]
    if wanted.here and offset == 0 and is_far(shown[0]):
        lines += lines_section(scene, wanted)
    far = [one for one in shown if is_far(one)]
    for position, one in enumerate(shown, 1):
        if far and one is far[0]:
            lines.append(labels.text("services.far_away"))
        zones = scene.zones_of(one, wanted.country)
        lines.append(scene.services.item(position, one, zones))
    lines += scene.services.unverified(shown)
    choices = [choice_of(scene, one) for one in shown]
    if len(found) > offset + PAGE:
        choices.append(Choice("more", labels.text("choice.more_services")))
    about = write_entries(Entries.SERVICES, wanted.country.code, [one.id for one in shown])
    return Part(("\n".join(lines),), tuple(choices), about)


def _which(scene: Scene) -> Part:
    """Return the services of the last reply as choices."""
    again = tuple(choice for choice in scene.offered if _is_listing(choice))
    message = "services.which" if again else "services.which_none"
    return Part((scene.labels.text(message),), again)


def _is_listing(choice: Choice) -> bool:
    intent, slots = read_choice(choice.id)
    return intent == "service_details" and "listing" in slots
