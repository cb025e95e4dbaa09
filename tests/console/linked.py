"""A console whose directory holds one country's pack, and links to it."""

from __future__ import annotations

from saying import load, packs

from console.asking import signer
from console.context import Console
from directory import published
from directory.parts import Part
from directory.published import Published
from directory.verification_links import Way, ask

LISTING, LINE = "sv-s01", "sv-h01"


async def fill(console: Console, *countries: str) -> None:
    """Load the packs of some countries."""
    wanted = [pack for pack in packs() if pack.country in countries]
    await load(console.settings.database_url, wanted)


async def current(console: Console, entry: str = LISTING, part: Part = Part.SERVICES) -> Published:
    async with console.sessions() as session:
        found = await published.get(session, part, entry)
    assert found is not None
    return found


async def link_to(console: Console, entry: str = LISTING, part: Part = Part.SERVICES) -> str:
    """Return the path of a new link about an entry."""
    about = await current(console, entry, part)
    async with console.sessions.begin() as session:
        request, token = await ask(
            session, signer(console), entry=about, organisation="isdemu", way=Way.COPY,
            asked_by="Ana", now=console.clock(),
        )  # fmt: skip
        request.sent_at = console.clock()
    return f"/confirm/{token}"
