"""The page behind a link: those who run a place say whether what chat says of it is still true.

Nobody signs in. To look changes nothing, whoever looks: mail scanners and previews of messengers
open every link. Only a pressed button does something.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, see_other
from console.asking import signer
from console.confirming_page import (
    USUAL_PAUSE,
    closed_page,
    confirming_page,
    here,
    speak,
    token_in,
    values_in,
)
from console.context import ConsoleRequest
from console.forms.field import FieldFaultsError
from console.permissions import PUBLIC
from console.proposals import proposal
from console.routing import route
from console.translation import _
from directory.bodies import BodyError
from directory.refusals import RevisionError
from directory.verification_answers import (
    UsedError,
    change_by_link,
    confirm_by_link,
    not_us_by_link,
    pause_by_link,
)
from directory.verification_links import LinkError, Opened, open_link

_PATH = "/confirm/{token}"
_LARGEST = 16 * 1024  # bytes; the form has about sixty short fields
_Act = Callable[[ConsoleRequest, AsyncSession, Opened], Awaitable[str]]


class _WrongError(ValueError):
    """What was written does not fit; ``faults`` says why by input."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("does not fit")
        self.faults = dict(faults)


@route(_PATH, PUBLIC, largest=_LARGEST)
async def look(request: ConsoleRequest) -> Response:
    """Show what chat says, and what can be done about it. Changes nothing."""
    speak(request)
    try:
        async with request.console.sessions() as session:
            opened = await open_link(
                session, signer(request.console), token_in(request), now=request.now
            )
            return await confirming_page(request, session, opened)
    except LinkError as error:
        return await closed_page(request, error)


@route(_PATH, PUBLIC, ("POST",), largest=_LARGEST)
async def act(request: ConsoleRequest) -> Response:
    """Do what was pressed, once."""
    speak(request)
    wanted = _ACTS.get((await request.fields()).get("act", ""))
    try:
        async with request.console.sessions.begin() as session:
            opened = await open_link(
                session, signer(request.console), token_in(request), now=request.now, acting=True
            )
            if wanted is None:
                return await confirming_page(request, session, opened, status=400)
            return await _done(request, session, opened, wanted)
    except LinkError as error:
        return await closed_page(request, error)


async def _done(
    request: ConsoleRequest, session: AsyncSession, opened: Opened, wanted: _Act
) -> Response:
    try:
        async with session.begin_nested():
            told = await wanted(request, session, opened)
    except _WrongError as error:
        return await confirming_page(request, session, opened, errors=error.faults, status=422)
    except UsedError:
        words = _(
            "Your change is waiting for review. You can propose another one when we ask next."
        )
        return see_other(request, here(request), words, kind="note")
    except (BodyError, RevisionError):
        words = _("That could not be kept. Nothing was changed; please answer our message instead.")
        return see_other(request, here(request), words, kind="fault")
    if wanted is _not_us:
        return page(request, "link_closed.html", heading=_("Thank you"), words=told)
    return see_other(request, here(request), told)


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
        usual = (request.now.date() + USUAL_PAUSE).isoformat()
        raise _WrongError({"until": words % {"day": usual}}) from None
    return _("Thank you. People now read until when you take nobody.")


async def _resume(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    await pause_by_link(session, opened, None, places=request.console.places, now=request.now)
    return _("Thank you. People now read that you are there again.")


async def _change(request: ConsoleRequest, session: AsyncSession, opened: Opened) -> str:
    values = await values_in(request)
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


ROUTES = (look, act)
