"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from console import choices, cookies, demo, sessions, waits
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.permissions import PUBLIC, Role
from console.routing import SIGN_IN, route
from console.signing_in import Try, Wait, Wrong, sign_in
from console.translation import _
from console.welcoming import address_of, leave_old, welcomed


@route(SIGN_IN, PUBLIC)
async def form(request: ConsoleRequest) -> Response:
    """Ask for name, password and code; whoever is signed in already is led on."""
    if request.signed_in is not None:
        return see_other(request, "/")
    return _sign_in_page(request)


@route(SIGN_IN, PUBLIC, ["POST"])
async def enter(request: ConsoleRequest) -> Response:
    """Sign somebody in, or say that something was wrong and never what."""
    fields, console = await request.fields(), request.console
    tried = Try(
        name=fields.get("name", ""),
        password=fields.get("password", ""),
        code=fields.get("code", ""),
        address=address_of(request),
        device=cookies.read(console.settings, request.cookies, "device"),
    )
    result = await sign_in(console, tried, now=request.now)
    if isinstance(result, Wait):
        return _sign_in_page(request, name=tried.name, wait=result, field="name")
    if isinstance(result, Wrong):
        faults = {"name": _("Name, password or code is not right. A code of the app counts once")}
        return _sign_in_page(request, name=tried.name, errors=faults)
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


@route("/sign-in/try-out", PUBLIC, ["POST"])
async def try_out(request: ConsoleRequest) -> Response:
    """Sign in as a try-out account; outside of try-out mode there is no such page."""
    console, fields = request.console, await request.fields()
    if not console.settings.demo:
        return refused(request, HTTPStatus.NOT_FOUND)
    role = fields.get("role", "")
    result = await demo.enter(
        console,
        fields.get("try-out-code", ""),
        Role(role) if role in {*Role} else Role.ADMIN,
        address_of(request),
        now=request.now,
    )
    if isinstance(result, Wait):
        return _sign_in_page(request, wait=result, field="try-out-code")
    if isinstance(result, Wrong):
        return _sign_in_page(
            request, errors={"try-out-code": _("This code is not the one in the terminal")}
        )
    async with console.sessions.begin() as session:
        await leave_old(request, session)
    response = see_other(request, "/")
    cookies.keep(response, console.settings, "session", result)
    return response


def _sign_in_page(
    request: ConsoleRequest,
    *,
    name: str = "",
    errors: dict[str, str] | None = None,
    wait: Wait | None = None,
    field: str = "",
) -> Response:
    faults = {field: waits.told(wait.time)} if wait else errors or {}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    response = page(
        request,
        "sign_in.html",
        HTTPStatus.TOO_MANY_REQUESTS if wait else status,
        name=name,
        roles=choices.roles(),
        errors=faults,
    )
    if wait:
        response.headers.update(waits.headers(wait.time))
    return response


ROUTES = (form, enter, leave, try_out)
