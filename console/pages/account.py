"""One's own account: password, second factor, and where one is signed in.

An example of how pages are made here: a page asks for the form, another takes it, says what is
wrong beside the field, or changes one thing and sends the browser on.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from starlette.responses import Response

from console import cookies, own_account, second_factor, waits
from console.answers import page, refused, see_other
from console.choices import country_names, language_names, role_name
from console.context import ConsoleRequest
from console.enrolling import propose, proposed, take_factor
from console.models import OperatorRow, SessionRow
from console.password_words import faults_of
from console.routing import SIGN_IN, route
from console.translation import _

ACCOUNT, FACTOR = "/account", "/account/second-factor"


@route(ACCOUNT, "account.own")
async def account(request: ConsoleRequest) -> Response:
    """Show what is known of whoever is signed in."""
    return await _account_page(request)


@route("/account/password", "account.own", ["POST"])
async def password(request: ConsoleRequest) -> Response:
    """Set a new password; every other browser is signed out."""
    console, fields, who = request.console, await request.fields(), request.operator
    faults = await _password_faults(request, fields.get("password", ""), "password")
    faults |= faults_of(fields, name=who.name)
    if faults:
        return await _account_page(request, faults)
    hashed = await console.passwords.hashed(fields["new-password"])
    async with console.sessions.begin() as session:
        token = await own_account.set_password(console, session, who.id, hashed, now=request.now)
    said = _("Your password is changed. Every other browser is signed out.")
    response = see_other(request, ACCOUNT, said)
    cookies.keep(response, console.settings, "session", token)
    return response


@route(FACTOR, "account.own", ["POST"])
async def new_factor(request: ConsoleRequest) -> Response:
    """Propose a new second factor; the old one counts until a code of the new one is sent."""
    console = request.console
    written = (await request.fields()).get("password-for-factor", "")
    faults = await _password_faults(request, written, "password-for-factor")
    if faults:
        return await _account_page(request, faults)
    async with console.sessions.begin() as session:
        await propose(console, session, request.state.session, request.operator.id)
    return see_other(request, FACTOR)


@route(FACTOR, "account.own")
async def factor(request: ConsoleRequest) -> Response:
    """Show the proposed second factor and ask for its first code."""
    secret = await _proposed(request)
    return see_other(request, ACCOUNT) if secret is None else _factor_page(request, secret)


@route("/account/second-factor/picture", "account.own")
async def picture(request: ConsoleRequest) -> Response:
    """Return the QR code of the proposed second factor."""
    secret = await _proposed(request)
    if secret is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    drawn = second_factor.picture(secret, request.operator.name)
    return Response(drawn, media_type="image/svg+xml")


@route("/account/second-factor/confirm", "account.own", ["POST"])
async def confirm_factor(request: ConsoleRequest) -> Response:
    """Take the proposed second factor, and show the codes for a lost app once."""
    console, code = request.console, (await request.fields()).get("code", "")
    secret = await _proposed(request)
    if secret is None:
        return see_other(request, ACCOUNT)
    step = second_factor.step_of(secret, code, now=request.now)
    if step is None:
        return _factor_page(
            request, secret, {"code": _("This is not the code that the app shows now")}
        )
    async with console.sessions.begin() as session:
        row = await session.get_one(SessionRow, request.state.session)
        fresh = await take_factor(console, session, row, step)
    return page(request, "recovery_codes.html", codes=fresh)


@route("/account/sign-out-everywhere", "account.own", ["POST"])
async def sign_out_everywhere(request: ConsoleRequest) -> Response:
    """End every session, this one too."""
    async with request.console.sessions.begin() as session:
        await own_account.forget_browsers(session, request.operator.id)
    response = see_other(request, SIGN_IN, _("You are signed out everywhere."))
    cookies.drop(response, request.console.settings, "session")
    return response


async def _account_page(request: ConsoleRequest, errors: dict[str, str] | None = None) -> Response:
    who = request.operator
    async with request.console.sessions() as session:
        row = await session.get_one(OperatorRow, who.id)
        signed_in, codes_left = await own_account.count_of(session, who.id)
    return page(
        request,
        "account.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        role=role_name(who.role),
        countries=country_names(who.countries),
        tags=language_names(who.languages),
        signed_in_at=row.signed_in_at,
        signed_in=signed_in,
        codes_left=codes_left,
        errors=errors or {},
    )


async def _password_faults(request: ConsoleRequest, password: str, field: str) -> dict[str, str]:
    knows = await own_account.knows_password(
        request.console, request.operator.id, password, now=request.now
    )
    if isinstance(knows, timedelta):
        return {field: waits.told(knows)}
    return {} if knows else {field: _("This is not your password")}


async def _proposed(request: ConsoleRequest) -> str | None:
    async with request.console.sessions() as session:
        row = await session.get(SessionRow, request.state.session)
    return proposed(request.console, row) if row is not None else None


def _factor_page(
    request: ConsoleRequest, secret: str, errors: dict[str, str] | None = None
) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    spaced = second_factor.spaced(secret)
    address = second_factor.address(secret, request.operator.name)
    return page(
        request, "second_factor.html", status, secret=spaced, address=address, errors=errors or {}
    )


ROUTES = (
    *(account, password, new_factor, factor, picture, confirm_factor),
    sign_out_everywhere,
)
