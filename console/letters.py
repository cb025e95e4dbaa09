"""What is written to those who run a place, in the language of their country."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from console import translation
from console.dates import day
from console.translation import _
from directory.published import Published
from directory.queries import pack_of


@dataclass(frozen=True)
class Letter:
    """What is written to them, and where a mail goes."""

    subject: str
    text: str = field(repr=False)
    short: str = field(repr=False)


async def language_of(session: AsyncSession, country: str | None) -> str:
    """Return the language in which operators of a country read; one that our pages are in."""
    pack = await pack_of(session, country) if country else None
    spoken = (tag.partition("-")[0] for tag in (pack or {}).get("languages", ()))
    return next((tag for tag in spoken if tag in translation.available()), translation.SOURCE)


def letter_in(tag: str, entry: Published, link: str, until: date) -> Letter:
    """Return the letter about an entry in a language; speaks it from now on."""
    translation.speak(tag)
    name = str((entry.body.get("names") or {}).get(tag, entry.body["name"]))
    text = _(
        "Hello,\n\n"
        "Faro is a chat that tells people on the move where they get help. It names you:\n\n"
        "    %(name)s\n\n"
        "Is what it says still true? This page shows it. You confirm it with one tap, correct it,"
        " or say that you take nobody for a while. You need no account and no password:\n\n"
        "%(link)s\n\n"
        "The link works until %(until)s. Whoever has it can answer for you: pass it on only to"
        " somebody who may. If this is not you, say so on the same page, and we will not write"
        " again.\n\nThank you."
    ) % {"name": name, "link": link, "until": day(until)}
    short = _("Faro tells people about %(name)s. Still true? Confirm or correct: %(link)s")
    return Letter(
        _("Is this still true? %(name)s") % {"name": " ".join(name.split())[:120]},
        text,
        short % {"name": name[:60], "link": link},
    )
