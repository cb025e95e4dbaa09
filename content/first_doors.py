"""Where to begin in a country: who can be asked, and places that see most people first."""

from __future__ import annotations

from content.answers.ask_here import ask_here
from content.answers.service_gaps import CONSULATE
from content.lines import Country
from content.scene import Scene
from content.validity import listed
from directory.listing import Listing
from directory.nearness import for_survivors, only_for
from directory.queries import services_for

_KINDS = ("primary_care", "undocumented_care", "asylum_office", "legal_aid", "orientation")
# Who can be asked differs for people without papers: nobody is sent to the state's own line.
_ASKING = ("asylum_seeker", "undocumented")


async def who_can_be_asked(scene: Scene, country: Country) -> list[str]:
    """Return names and numbers of a line and an organisation that can be asked, without repeats."""
    found = [await ask_here(scene, country, status) for status in _ASKING]
    return list(dict.fromkeys(one for one in found if one))


async def first_places(scene: Scene, country: Country, most: int) -> list[Listing]:
    """Return one place of each kind that comes first, at most ``most``, never a shelter."""
    found: dict[str, Listing] = {}
    for kind in _KINDS:
        places = await services_for(scene.session, country=country.code, kinds=[kind])
        fitting = [one for one in places if _is_open(one, scene) and one.id not in found]
        if fitting:
            best = min(fitting, key=lambda one: _how_late(one, scene))
            found[best.id] = best
    return list(found.values())[:most]


def _how_late(place: Listing, scene: Scene) -> tuple[bool, bool, int]:
    """Sort places that can be called first, then those for the whole country, then large cities."""
    named = [scene.places.named(city, place.country) for city in place.cities]
    people = max((city.population for city in named if city), default=0)
    return (not place.body["phones"], bool(place.cities), -people)


def _is_open(place: Listing, scene: Scene) -> bool:
    closed = place.protection or for_survivors(place) or bool(only_for(place.body))
    return not closed and CONSULATE not in place.kinds and listed(place.body, scene.now.date())
