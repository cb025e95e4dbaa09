"""The page on which an entry is checked, and who reaches it."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.answers import page
from console.asking import Sent
from console.author_words import HOW
from console.chat_words import labels_of
from console.contacts import Contacts, contacts_of
from console.context import ConsoleRequest
from console.entry_words import own_name
from console.links_sent import LinkSent, sent_about
from console.scoping import may_touch
from console.task import path_to
from console.task_words import in_words, of_due
from console.translation import N_, _
from content.due import Due, due_of, is_hidden, name_of
from content.freshness import next_check
from directory import published
from directory.parts import Part
from directory.published import Published
from directory.verification_links import ASKED, Way

WAYS = {
    Way.EMAIL: N_("Send it by e-mail"),
    Way.SMS: N_("Send it by SMS"),
    Way.COPY: N_("Give me a link to pass on"),
}


async def entry_page(
    request: ConsoleRequest,
    session: AsyncSession,
    entry: Published,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    sent: Sent | None = None,
    way: Way | None = None,
) -> Response:
    """Return the page of an entry: when it was checked, and how those who run it are asked."""
    today = request.now.date()
    asked = entry.part in ASKED
    contacts = await contacts_of(session, entry) if asked else Contacts(None)
    links: list[LinkSent] = await sent_about(session, entry, now=request.now) if asked else []
    found: Due | None = due_of(entry.part, entry.entry, entry.country, entry.body, today)
    return page(
        request,
        "verification_entry.html",
        status,
        entry=entry,
        name=await _named(request, entry),
        path=path_to(entry.part, entry.entry),
        told=of_due(found) if found else "",
        next=next_check(entry.part, entry.body),
        hidden=is_hidden(entry.part, entry.body, today),
        contacts=contacts,
        ways=[(one.value, _(WAYS[one])) for one in contacts.ways()] if asked else [],
        links=links,
        how=[(code, _(words)) for code, words in HOW.items()],
        errors=errors or {},
        sent=sent,
        way=way,
    )


async def _named(request: ConsoleRequest, entry: Published) -> str:
    name = name_of(entry.part, entry.entry, entry.body)
    return own_name(entry.body) or in_words(
        entry.part, entry.entry, name, await labels_of(request.console)
    )


async def entry_in(
    request: ConsoleRequest, session: AsyncSession, *, touch: bool = False
) -> Published:
    """Return the entry of an address. Raises HTTPException: there is none, or out of reach."""
    part, name = request.path_params["part"], request.path_params["entry"]
    if part not in set(Part) or part == Part.MESSAGES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    found = await published.get(session, Part(part), name)
    if found is None or found.is_retired:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if touch:
        await demand_touch(request, session, found)
    return found


async def demand_touch(request: ConsoleRequest, session: AsyncSession, entry: Published) -> None:
    """Raise HTTPException where an entry is out of the operator's reach."""
    owner = (await contacts_of(session, entry)).organisation
    if not may_touch(request.operator, owner=owner, country=entry.country):
        raise HTTPException(HTTPStatus.FORBIDDEN)
