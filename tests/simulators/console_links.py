"""A console whose directory holds one country's pack, and links to it."""

from __future__ import annotations

from dataclasses import replace

from saying import load, packs
from sqlalchemy import update

from console.asking import signer
from console.context import Console
from directory import published
from directory.models import HelplineRow, RightsFactRow, ServiceRow
from directory.pack_files import PackFiles
from directory.parts import OF_A_PACK, Part
from directory.published import Published
from directory.verification_links import Way, ask

LISTING, LINE = "sv-s01", "sv-h01"
_A_FEW = frozenset(
    {
        *("sv-s01", "sv-s02", "sv-s03", "sv-s04", "sv-s05", "sv-s06", "sv-s07", "sv-s08"),
        *("sv-s22", "sv-s24", "at-s12", "cr-s02", "cr-s03"),
    }
)


async def fill(console: Console, *countries: str) -> None:
    """Load the packs of some countries, with a few listings of each and no rule that ends."""
    wanted = [_few(pack) for pack in packs() if pack.country in countries]
    await load(console.settings.database_url, wanted)
    async with console.sessions.begin() as session:
        for table in (ServiceRow, HelplineRow, RightsFactRow):
            await session.execute(update(table).values(changed_at=console.clock()))


def _few(pack: PackFiles) -> PackFiles:
    documents = dict(pack.documents)
    for part in OF_A_PACK:
        entries = [
            entry
            for entry in pack.part(part)
            if not entry.get("valid_until") and (part is not Part.SERVICES or entry["id"] in _A_FEW)
        ]
        documents[part] = replace(documents[part], data=entries)
    return replace(pack, documents=documents)


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
