"""A few places that fit, in one line each, to stand under an answer about something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.answers.public_first import public_first
from content.answers.service_gaps import CONSULATE
from content.answers.values import code
from content.reply import Choice
from content.scene import Scene
from content.source_words import in_brief
from content.validity import listed
from directory.gazetteer import Place
from directory.listing import Listing
from directory.nearness import SURVIVORS, can_be_asked, for_survivors, is_far
from directory.queries import services_for
from wire.choice import write_choice
from wire.say import Say

MOST = 2
_LABEL = 40  # characters of a button


@dataclass(frozen=True)
class Near:
    """Where the person is, and for whom a place must be.

    Attributes:
        country: ISO 3166-1 alpha-2.
        here: The city, where it is known.
        status: Of the vocabulary, or None.
    """

    country: str
    here: Place | None = None
    status: str | None = None


def near(scene: Scene, say: Say, country: str) -> Near:
    """Return where the person of a say is."""
    here = scene.places.numbered(code(say, "city"))
    return Near(country, here if here and here.country == country else None, code(say, "status"))


async def nearby(
    scene: Scene, where: Near, kinds: Sequence[str], *, most: int = MOST
) -> tuple[list[str], tuple[Choice, ...]]:
    """Return a heading and a few places with the way to ask them, and a choice for each.

    Both are empty where none is known. A consulate is never among them, nor a place for
    survivors only unless such a kind is wanted.
    """
    found = (await _fitting(scene, where, kinds))[:most] if kinds else []
    if not found:
        return [], ()
    lines = [scene.labels.text("nearby.header")]
    lines += [scene.services.brief(number, one) for number, one in enumerate(found, 1)]
    lines += scene.services.unverified(found)
    return lines, tuple(choice_of(scene, one) for one in found)


async def nearest_to_call(scene: Scene, where: Near, kinds: Sequence[str]) -> str | None:
    """Return name, number and date of the source of the nearest place, or None.

    Needs no words but those of the short set, so that danger is answered in every language.
    """
    for one in await _fitting(scene, where, kinds) if kinds else ():
        if one.body["phones"]:
            source = in_brief(one.body, scene.messages, scene.language)
            number = one.body["phones"][0]["number"]
            return f"{scene.services.title(one.body)}: {number} ({source})"
    return None


def choice_of(scene: Scene, one: Listing) -> Choice:
    """Return the choice that tells everything known of a place."""
    name = scene.services.title(one.body)
    short = name if len(name) <= _LABEL else name[: _LABEL - 1].rstrip() + "…"
    return Choice(write_choice("service_details", {"listing": one.id}), short)


async def _fitting(scene: Scene, where: Near, kinds: Sequence[str]) -> list[Listing]:
    found = await services_for(
        scene.session,
        country=where.country,
        kinds=kinds,
        here=where.here,
        status=where.status,
        today=scene.now.date(),
    )
    today = scene.now.date()
    known = [
        one
        for one in found
        if listed(one.body, today)
        and CONSULATE not in one.kinds
        and can_be_asked(one)
        and not is_far(one)
    ]
    if not SURVIVORS & set(kinds):
        known = [one for one in known if not for_survivors(one)]
    return await public_first(scene, where.country, kinds, where.status, known)
