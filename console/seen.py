"""An entry as people see it in chat, in one language."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from console.chat_words import chat_words
from console.context import Console
from content.lines import LineWords
from content.messages import SOURCE_LANGUAGE
from content.service_words import ServiceWords
from directory.listing import Listing
from directory.local_time import zones_of
from directory.parts import Part
from directory.published import Published
from directory.queries import pack_of
from directory.withheld import is_withheld


async def as_people_see_it(
    console: Console, session: AsyncSession, entry: Published, language: str, *, now: datetime
) -> str:
    """Return what chat says of a listing or line when somebody asks for all of it."""
    words = await chat_words(console)
    tongue = language if language in words.whole.languages else SOURCE_LANGUAGE
    pack = await pack_of(session, entry.country) if entry.country else None
    zones = pack["timezones"] if pack else ["UTC"]
    labels = words.labels(console, tongue)
    if entry.part is Part.HELPLINES:
        lines = LineWords(words.messages, tongue, labels, now)
        return lines.line(entry.body, zones, in_full=True)
    services = ServiceWords(words.messages, tongue, labels, now)
    here = zones_of(entry.country or "", entry.body, zones, console.places)
    return services.details(_listing(entry), here)


def _listing(entry: Published) -> Listing:
    body, hidden = entry.body, is_withheld(entry.body)
    cities = () if hidden else tuple(p["city"] for p in body["places"] if p.get("city"))
    return Listing(
        id=entry.entry,
        country=entry.country or "",
        scope=body["scope"],
        kinds=body["kinds"],
        protection=hidden,
        body=body,
        cities=cities,
    )
