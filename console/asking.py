"""Asks those who run a place, by a link, whether what chat says of it is still true.

Only published addresses and numbers are written to: the organisation's own, else the listing's.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from console import translation
from console.context import Console
from console.dates import day
from console.mail import MailError, mail_of
from console.translation import _
from delivery.notices import add_notice
from directory import published
from directory.number_checks import mobile
from directory.parts import Part
from directory.published import Published
from directory.queries import pack_of
from directory.stewardship import steward_of
from directory.verification_links import Signer, Way, add_link, ask, to_remind
from directory.verification_tables import RequestRow

_SIGNED_FOR = "confirming"


@dataclass(frozen=True)
class Contacts:
    """Who runs a place, as it is published, and how they are reached.

    Attributes:
        organisation: Its id, or None where nobody noted whose the place is.
        email: An address, or None.
        sms: A number that takes SMS in international form, or None.
    """

    organisation: str | None
    email: str | None = field(default=None, repr=False)
    sms: str | None = field(default=None, repr=False)

    def ways(self) -> list[Way]:
        """Return the ways that lead to them, the surest first; copying a link always does."""
        return [
            *([Way.EMAIL] if self.email else []),
            *([Way.SMS] if self.sms else []),
            Way.COPY,
        ]


@dataclass(frozen=True)
class Letter:
    """What is written to them, and where a mail goes."""

    subject: str
    text: str = field(repr=False)
    short: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What became of it.

    Attributes:
        link: The address that opens the page; shown to an operator who passes it on.
        problem: Code of why the mail server did not take it, or None.
    """

    link: str = field(repr=False)
    problem: str | None = None


def signer(console: Console) -> Signer:
    """Return what signs the links."""
    return console.keys.signer(_SIGNED_FOR)


async def contacts_of(session: AsyncSession, entry: Published) -> Contacts:
    """Return how those who run a place are reached."""
    steward = await steward_of(session, entry.part, entry.entry, country=entry.country)
    owner = entry.body.get("owner") or (steward.organisation if steward else None)
    card = await published.get(session, Part.ORGANISATIONS, owner) if owner else None
    own: Mapping[str, Any] = card.body if card and not card.is_retired else {}
    email = [*(own.get("email") or ()), *(entry.body.get("email") or ())]
    numbers = [*(own.get("phones") or ()), *_numbers(entry.body)]
    mobiles = (mobile(number, entry.country) for number in numbers)
    return Contacts(owner, next(iter(email), None), next(filter(None, mobiles), None))


async def send_link(
    console: Console, entry: Published, way: Way, *, asked_by: str, now: datetime
) -> Sent:
    """Ask about an entry by a new link, which ends older ones.

    Raises ValueError: this way leads to nobody, or nobody outside runs this.
    """
    async with console.sessions.begin() as session:
        contacts = await contacts_of(session, entry)
        if way not in contacts.ways():
            raise ValueError("this way leads to nobody")
        request, token = await ask(
            session, signer(console), entry=entry, organisation=contacts.organisation, way=way,
            asked_by=asked_by, now=now,
        )  # fmt: skip
        letter = await _write(console, session, _Asked(entry, request, contacts, token), now=now)
    return await _mailed(console, request, contacts, letter, token)


async def remind(console: Console, request: int, *, now: datetime) -> Sent | None:
    """Ask once more by another link of the same request; None: nobody has to be asked any more."""
    async with console.sessions.begin() as session:
        due = [one for one in await to_remind(session, now=now) if one.id == request]
        found = due[0] if due else None
        entry = await published.get(session, Part(found.part), found.entry) if found else None
        if found is None or entry is None or entry.is_retired:
            return None
        token = add_link(found, signer(console))
        found.reminders, found.reminded_at = found.reminders + 1, now
        contacts = await contacts_of(session, entry)
        letter = await _write(console, session, _Asked(entry, found, contacts, token), now=now)
    return await _mailed(console, found, contacts, letter, token)


def link_to(console: Console, token: str) -> str:
    """Return the address that a link leads to."""
    return f"{console.settings.url}/confirm/{token}"


async def language_of(session: AsyncSession, country: str | None) -> str:
    """Return the language in which operators of a country read; one that our pages are in."""
    pack = await pack_of(session, country) if country else None
    spoken = (tag.partition("-")[0] for tag in (pack or {}).get("languages", ()))
    return next((tag for tag in spoken if tag in translation.available()), translation.SOURCE)


@dataclass(frozen=True)
class _Asked:
    """Who is asked about what, by which link."""

    entry: Published
    request: RequestRow
    contacts: Contacts
    token: str = field(repr=False)


async def _write(
    console: Console, session: AsyncSession, asked: _Asked, *, now: datetime
) -> Letter:
    """Return the letter; a short one is given to the gateway at once."""
    link = link_to(console, asked.token)
    tag = await language_of(session, asked.entry.country)
    letter = copy_context().run(_letter, tag, asked.entry, link, asked.request)
    request, number = asked.request, asked.contacts.sms
    request.sent_at, request.problem = now, None
    if request.way == Way.SMS and number:
        await add_notice(session, request=request.id, number=number, text=letter.short)
    return letter


async def _mailed(
    console: Console, request: RequestRow, contacts: Contacts, letter: Letter, token: str
) -> Sent:
    """Mail a letter once its link is kept, and keep why that failed."""
    problem = None
    if request.way == Way.EMAIL and contacts.email:
        problem = await _mail(console, contacts.email, letter)
    if problem:
        async with console.sessions.begin() as session:
            kept = await session.get(RequestRow, request.id)
            if kept is not None:
                kept.problem = problem
    return Sent(link_to(console, token), problem)


async def _mail(console: Console, to: str, letter: Letter) -> str | None:
    mail = mail_of(console.settings)
    if mail is None:
        return "no_server"
    try:
        await mail.send(to, letter.subject, letter.text)
    except MailError as error:
        return error.code
    return None


def _letter(tag: str, entry: Published, link: str, request: RequestRow) -> Letter:
    translation.speak(tag)
    name = str((entry.body.get("names") or {}).get(tag, entry.body["name"]))
    until = day(request.expires_at.date())
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
    ) % {"name": name, "link": link, "until": until}
    short = _("Faro tells people about %(name)s. Still true? Confirm or correct: %(link)s")
    return Letter(
        _("Is this still true? %(name)s") % {"name": " ".join(name.split())[:120]},
        text,
        short % {"name": name[:60], "link": link},
    )


def _numbers(body: Mapping[str, Any]) -> list[str]:
    rows = [row for field in ("phones", "whatsapp", "numbers") for row in body.get(field) or ()]
    return [row if isinstance(row, str) else str(row["number"]) for row in rows]
