"""Sends somebody who just signed in on their way, with the cookies for it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import cookies, sessions
from console.context import ConsoleRequest
from console.devices import DEVICE_KNOWN
from console.signing_in import Welcome

ENROLMENT = "enrolment"  # the cookie of a first sign-in that is under way


def welcomed(request: ConsoleRequest, response: Response, welcome: Welcome) -> Response:
    """Return the answer with the cookies of a new session."""
    settings = request.console.settings
    cookies.keep(response, settings, "session", welcome.session)
    seconds = int(DEVICE_KNOWN.total_seconds())
    cookies.keep(response, settings, "device", welcome.device, seconds=seconds)
    cookies.drop(response, settings, ENROLMENT)
    return response


async def leave_old(request: ConsoleRequest, session: AsyncSession) -> None:
    """End the session that this browser had before, if any."""
    if request.state.session is not None:
        await sessions.end(session, request.state.session)


def address_of(request: ConsoleRequest) -> str:
    """Return the address of a browser; only its hash is kept."""
    return request.client.host if request.client else ""
