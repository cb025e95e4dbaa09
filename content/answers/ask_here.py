"""Who can be asked where we do not know: a line, else an organisation."""

from __future__ import annotations

from content.lines import Country
from content.rights_words import WARY
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.queries import services_for

# Who advises people whom the public system turns away, nearest first.
_ORGANISATIONS = ("undocumented_care", "legal_aid", "orientation", "primary_care")


async def ask_here(scene: Scene, country: Country, status: str) -> str | None:
    """Return name and number of somebody who can be asked, or None.

    People without papers are sent to those who advise them, not to a line that may be the state's.
    """
    ways = (_a_line, _an_organisation)
    for way in reversed(ways) if status in WARY else ways:
        if found := await way(scene, country):
            return found
    return None


async def _a_line(scene: Scene, country: Country) -> str | None:
    for line in country.for_purpose("asylum_refugee_info", scene.now.date()):
        if confirmed(line):
            return f"{line['name']}: {', '.join(scene.lines.ways(line))}"
    return None


async def _an_organisation(scene: Scene, country: Country) -> str | None:
    for found in await services_for(scene.session, country=country.code, kinds=_ORGANISATIONS):
        if found.body["phones"] and in_force(found.body, scene.now.date()):
            return f"{found.body['name']}: {found.body['phones'][0]['number']}"
    return None
