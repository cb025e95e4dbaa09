"""Who can be asked where we do not know: a line, else an organisation."""

from __future__ import annotations

from content.lines import Country, serves
from content.rights_words import WARY
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.nearness import only_for
from directory.queries import services_for

# Who advises people whom the public system turns away, nearest first.
_ORGANISATIONS = ("undocumented_care", "legal_aid", "orientation", "primary_care")


async def ask_here(scene: Scene, country: Country, status: str) -> str | None:
    """Return name and number of somebody who can be asked, or None.

    Only those who are for this status and for everybody else. People without papers are sent
    to those who advise them, not to a line that may be the state's.
    """
    ways = (_a_line, _an_organisation)
    for way in reversed(ways) if status in WARY else ways:
        if found := await way(scene, country, status):
            return found
    return None


async def _a_line(scene: Scene, country: Country, status: str) -> str | None:
    lines = country.for_purpose("asylum_refugee_info", scene.now.date())
    fitting = [line for line in lines if serves(line, status) and confirmed(line)]
    for line in sorted(fitting, key=lambda line: status not in line.get("status", ())):
        return f"{scene.lines.title(line)}: {', '.join(scene.lines.ways(line))}"
    return None


async def _an_organisation(scene: Scene, country: Country, status: str) -> str | None:
    known = await services_for(
        scene.session, country=country.code, kinds=_ORGANISATIONS, status=status
    )
    for found in known:
        body = found.body
        # Whoever does not say their papers is not sent to those who help only some.
        everybody = not only_for(body) and (
            not body["status"] or {status, "any"} & set(body["status"])
        )
        if body["phones"] and in_force(body, scene.now.date()) and everybody:
            return f"{scene.services.title(body)}: {body['phones'][0]['number']}"
    return None
