"""Asks those who run a place, by a link, whether what chat says of it is still true.

Only published addresses and numbers are written to: the organisation's own, else the listing's.
"""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from console.contacts import Contacts, contacts_of
from console.context import Console
from console.letters import Letter, language_of, letter_in
from console.mail import MailError, mail_of
from delivery.notices import add_notice
from directory import published
from directory.parts import Part
from directory.published import Published
from directory.verification_asked import to_remind
from directory.verification_links import Signer, Way, add_link, ask
from directory.verification_tables import RequestRow

_SIGNED_FOR = "confirming"


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
    letter = copy_context().run(letter_in, tag, asked.entry, link, asked.request.expires_at.date())
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
