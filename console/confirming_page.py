"""What stands on the page behind a link, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import translation
from console.answers import page
from console.context import ConsoleRequest
from console.entry_words import own_name
from console.letters import language_of
from console.proposals import CAPACITIES, HOURS, numbers_of, situation_of
from console.seen import as_people_see_it
from console.translation import N_, _
from console.typed import clean
from content.due import name_of
from directory.parts import Part
from directory.verification_answers import LONGEST_PAUSE
from directory.verification_links import LinkError, Opened, Why

USUAL_PAUSE = timedelta(days=14)
_CLOSED: Mapping[Why, tuple[HTTPStatus, str]] = {
    Why.FORGED: (
        HTTPStatus.NOT_FOUND,
        N_("This link is not complete. Open it from the message again, or copy all of it."),
    ),
    Why.EXPIRED: (HTTPStatus.GONE, N_("This link was good for three weeks, and they are over.")),
    Why.REVOKED: (
        HTTPStatus.GONE,
        N_("This link is no longer in use: there is a newer one, or somebody has answered."),
    ),
    Why.GONE: (HTTPStatus.GONE, N_("Chat does not tell people about this any more.")),
}


async def confirming_page(
    request: ConsoleRequest,
    session: AsyncSession,
    opened: Opened,
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Return the page of an open link, with faults where something was not written right."""
    entry, today = opened.entry, request.now.date()
    await _speak_theirs(request, session, entry.country)
    listing = entry.part is Part.SERVICES
    values = await values_in(request) if errors else {}
    situation = situation_of(entry, today)
    paused = entry.body.get("paused_until")
    return page(
        request,
        "confirming.html",
        status,
        here_again=here(request),
        entry=entry,
        name=own_name(entry.body) or name_of(entry.part, entry.entry, entry.body),
        seen=await as_people_see_it(
            request.console, session, entry, translation.language(), now=request.now
        ),
        listing=listing,
        paused=paused if paused and paused > today.isoformat() else None,
        until=(today + USUAL_PAUSE).isoformat(),
        last_day=(today + LONGEST_PAUSE).isoformat(),
        hours=HOURS.view(values or HOURS.show(entry.body, situation), situation),
        numbers=(values.get("numbers") or [numbers_of(entry)])[0],
        capacity=(entry.body.get("capacity") or {}).get("code", ""),
        capacities=[(code, _(words)) for code, words in CAPACITIES.items()],
        waits=opened.request.changed_at is not None,
        errors=errors or {},
    )


async def closed_page(request: ConsoleRequest, error: LinkError) -> Response:
    """Return the page that says why a link opens nothing."""
    status, words = _CLOSED[error.why]
    return page(
        request,
        "link_closed.html",
        status,
        heading=_("This link opens nothing"),
        words=_(words),
    )


async def values_in(request: ConsoleRequest) -> dict[str, list[str]]:
    """Return what was written, by input."""
    form = await request.form()
    return {
        name: [clean(value) for value in form.getlist(name) if isinstance(value, str)]
        for name in form
    }


def token_in(request: ConsoleRequest) -> str:
    """Return the token of a link."""
    return str(request.path_params["token"])


def here(request: ConsoleRequest) -> str:
    """Return the address of the page, in the language that was chosen on it."""
    asked = request.query_params.get("language", "")
    chosen = f"?language={asked}" if asked in translation.available() else ""
    return f"/confirm/{token_in(request)}{chosen}"


def speak(request: ConsoleRequest) -> None:
    """Answer in the language that was chosen on the page."""
    translation.speak(request.query_params.get("language", ""))


async def _speak_theirs(
    request: ConsoleRequest, session: AsyncSession, country: str | None
) -> None:
    """Answer in the country's language where the browser asks for none that we have."""
    asked = request.headers.get("accept-language", "")
    ours = {tag.partition(";")[0].strip().partition("-")[0] for tag in asked.split(",")}
    chosen = request.query_params.get("language") in translation.available()
    if not chosen and not ours & set(translation.available()):
        translation.speak(await language_of(session, country))
