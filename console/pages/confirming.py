"""The page behind a link: those who run a place say whether what chat says of it is still true.

Nobody signs in. To look changes nothing, whoever looks: mail scanners and previews of messengers
open every link. Only a pressed button does something.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import translation
from console.answers import page, see_other
from console.asking import language_of, signer
from console.context import ConsoleRequest
from console.forms.field import FieldFaultsError, clean
from console.permissions import PUBLIC
from console.proposals import CAPACITIES, HOURS, numbers_of, proposal, situation_of
from console.routing import route
from console.seen import as_people_see_it
from console.translation import N_, _
from content.due import name_of
from directory.bodies import BodyError
from directory.parts import Part
from directory.refusals import RevisionError
from directory.verification import (
    LONGEST_PAUSE,
    UsedError,
    change_by_link,
    confirm_by_link,
    not_us_by_link,
    pause_by_link,
)
from directory.verification_links import LinkError, Opened, Why, open_link

_PATH = "/confirm/{token}"
_LARGEST = 16 * 1024  # bytes; the form has about sixty short fields
_USUAL_PAUSE = timedelta(days=14)
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
_Act = Callable[[ConsoleRequest, AsyncSession, Opened], Awaitable[str]]


class _WrongError(ValueError):
    """What was written does not fit; ``faults`` says why by input."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("does not fit")
        self.faults = dict(faults)


@route(_PATH, PUBLIC, largest=_LARGEST)
async def look(request: ConsoleRequest) -> Response:
    """Show what chat says, and what can be done about it. Changes nothing."""
    _speak(request)
    try:
        async with request.console.sessions() as session:
            opened = await open_link(
                session, signer(request.console), _token(request), now=request.now
            )
            return await _shown(request, session, opened)
    except LinkError as error:
        return await _closed(request, error)


@route(_PATH, PUBLIC, ("POST",), largest=_LARGEST)
async def act(request: ConsoleRequest) -> Response:
    """Do what was pressed, once."""
    _speak(request)
    wanted = _ACTS.get((await request.fields()).get("act", ""))
    try:
        async with request.console.sessions.begin() as session:
            opened = await open_link(
                session, signer(request.console), _token(request), now=request.now, acting=True
            )
            if wanted is None:
                return await _shown(request, session, opened, status=400)
            return await _done(request, session, opened, wanted)
    except LinkError as error:
        return await _closed(request, error)


async def _done(
    request: ConsoleRequest, session: AsyncSession, opened: Opened, wanted: _Act
) -> Response:
    try:
        async with session.begin_nested():
            told = await wanted(request, session, opened)
    except _WrongError as error:
        return await _shown(request, session, opened, errors=error.faults, status=422)
    except UsedError:
        words = _(
            "Your change is waiting for review. You can propose another one when we ask next."
        )
        return see_other(request, _here(request), words, kind="note")
    except (BodyError, RevisionError):
        words = _("That could not be kept. Nothing was changed; please answer our message instead.")
        return see_other(request, _here(request), words, kind="fault")
    if wanted is _not_us:
        return page(request, "link_closed.html", heading=_("Thank you"), words=told)
    return see_other(request, _here(request), told)


async def _confirm(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    await confirm_by_link(session, opened, places=request.console.places, now=request.now)
    return _("Thank you. People now read that you confirmed it today.")


async def _pause(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    written = (await request.fields()).get("until", "")
    try:
        until = date.fromisoformat(written)
        await pause_by_link(session, opened, until, places=request.console.places, now=request.now)
    except ValueError as error:
        if isinstance(error, (BodyError, RevisionError)):
            raise
        words = _("Give a day within the next ninety, such as %(day)s.")
        usual = (request.now.date() + _USUAL_PAUSE).isoformat()
        raise _WrongError({"until": words % {"day": usual}}) from None
    return _("Thank you. People now read until when you take nobody.")


async def _resume(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    await pause_by_link(session, opened, None, places=request.console.places, now=request.now)
    return _("Thank you. People now read that you are there again.")


async def _change(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    values = await _values(request)
    try:
        changed = proposal(values, opened.entry, request.now.date())
    except FieldFaultsError as error:
        raise _WrongError(error.faults) from None
    if not changed:
        return _("That is what we say already. Nothing was changed.")
    await change_by_link(session, opened, changed, now=request.now)
    return _("Thank you. Somebody looks at your change, and then people read it.")


async def _not_us(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    await not_us_by_link(session, opened, now=request.now)
    return _("We are sorry, and will not write to you about this again.")


_ACTS: Mapping[str, _Act] = {
    "confirm": _confirm,
    "pause": _pause,
    "resume": _resume,
    "change": _change,
    "not_us": _not_us,
}


async def _shown(
    request: ConsoleRequest,
    session: AsyncSession,
    opened: Opened,
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    entry, today = opened.entry, request.now.date()
    await _speak_theirs(request, session, entry.country)
    listing = entry.part is Part.SERVICES
    values = await _values(request) if errors else {}
    situation = situation_of(entry, today)
    paused = entry.body.get("paused_until")
    return page(
        request,
        "confirming.html",
        status,
        here_again=_here(request),
        entry=entry,
        name=name_of(entry.part, entry.entry, entry.body),
        seen=await as_people_see_it(
            request.console, session, entry, translation.language(), now=request.now
        ),
        listing=listing,
        paused=paused if paused and paused > today.isoformat() else None,
        until=(today + _USUAL_PAUSE).isoformat(),
        last_day=(today + LONGEST_PAUSE).isoformat(),
        hours=HOURS.view(values or HOURS.show(entry.body, situation), situation),
        numbers=(values.get("numbers") or [numbers_of(entry)])[0],
        capacity=(entry.body.get("capacity") or {}).get("code", ""),
        capacities=[(code, _(words)) for code, words in CAPACITIES.items()],
        waits=opened.request.changed_at is not None,
        errors=errors or {},
    )


async def _closed(request: ConsoleRequest, error: LinkError) -> Response:
    status, words = _CLOSED[error.why]
    return page(
        request,
        "link_closed.html",
        status,
        heading=_("This link opens nothing"),
        words=_(words),
    )


async def _values(request: ConsoleRequest) -> dict[str, list[str]]:
    form = await request.form()
    return {
        name: [clean(value) for value in form.getlist(name) if isinstance(value, str)]
        for name in form
    }


def _token(request: ConsoleRequest) -> str:
    return str(request.path_params["token"])


def _here(request: ConsoleRequest) -> str:
    asked = request.query_params.get("language", "")
    chosen = f"?language={asked}" if asked in translation.available() else ""
    return f"/confirm/{_token(request)}{chosen}"


def _speak(request: ConsoleRequest) -> None:
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


ROUTES = (look, act)
