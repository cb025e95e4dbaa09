"""Who can be asked where we do not know: a line, else an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.lines import Country, is_sure, serves
from content.rights_words import WARY
from content.scene import Scene
from content.source_words import in_brief
from content.validity import listed
from directory.nearness import only_for
from directory.queries import services_for

# Who advises people whom the public system turns away, nearest first.
_ORGANISATIONS = ("undocumented_care", "legal_aid", "orientation", "primary_care")


async def ask_here(scene: Scene, country: Country, status: str) -> str | None:
    """Return name, number and date of the source of somebody who can be asked, or None.

    Only those who are for this status and for everybody else. People without papers are sent
    to those who advise them, not to a line that may be the state's.
    """
    ways = (_a_line, _an_organisation)
    for way in reversed(ways) if status in WARY else ways:
        if found := await way(scene, country, status):
            return found
    return None


async def _a_line(scene: Scene, country: Country, status: str) -> str | None:
    today = scene.now.date()
    lines = country.for_purpose("asylum_refugee_info", today)
    fitting = [line for line in lines if serves(line, status) and is_sure(line, today)]
    for line in sorted(fitting, key=lambda line: status not in line.get("status", ())):
        ways = ", ".join(scene.lines.ways(line))
        return f"{scene.lines.title(line)}: {ways} ({_source(scene, line)})"
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
        if body["phones"] and listed(body, scene.now.date()) and everybody:
            number = body["phones"][0]["number"]
            return f"{scene.services.title(body)}: {number} ({_source(scene, body)})"
    return None


def _source(scene: Scene, entry: Mapping[str, Any]) -> str:
    return in_brief(entry, scene.messages, scene.language)
