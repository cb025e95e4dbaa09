"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from console import cookies, sessions, waits
from console.answers import page, see_other
from console.context import ConsoleRequest
from console.permissions import PUBLIC
from console.routing import SIGN_IN, route
from console.signing_in import Try, Wait, Wrong, sign_in
from console.translation import _
from console.welcoming import address_of, leave_old, welcomed


@route(SIGN_IN, PUBLIC)
async def form(request: ConsoleRequest) -> Response:
    """Ask for name, password and code; whoever is signed in already is led on."""
    if request.signed_in is not None:
        return see_other(request, "/")
    return page(request, "sign_in.html", name="")


@route(SIGN_IN, PUBLIC, ["POST"])
async def enter(request: ConsoleRequest) -> Response:
    """Sign somebody in, or say that something was wrong and never what."""
    fields, console = await request.fields(), request.console
    tried = Try(
        name=fields.get("name", ""),
        password=str((await request.form()).get("password", "")),  # blanks around it count
        code=fields.get("code", ""),
        address=address_of(request),
        device=cookies.read(console.settings, request.cookies, "device"),
    )
    result = await sign_in(console, tried, now=request.now)
    if isinstance(result, Wait):
        faults = {"name": waits.told(result.time)}
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = page(request, "sign_in.html", status, name=tried.name, errors=faults)
        response.headers.update(waits.headers(result.time))
        return response
    if isinstance(result, Wrong):
        faults = {"name": _("Name, password or code is not right. A code of the app counts once")}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "sign_in.html", status, name=tried.name, errors=faults)
    async with console.sessions.begin() as session:
        await leave_old(request, session)
    return welcomed(request, see_other(request, "/"), result)


@route("/sign-out", "account.own", ["POST"])
async def leave(request: ConsoleRequest) -> Response:
    """End this session."""
    async with request.console.sessions.begin() as session:
        await sessions.end(session, request.state.session)
    response = see_other(request, SIGN_IN, _("You are signed out."))
    cookies.drop(response, request.console.settings, "session")
    return response


ROUTES = (form, enter, leave)
