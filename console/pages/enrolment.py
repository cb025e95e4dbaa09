"""A first sign-in, in two steps: the code, then password and second factor."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import cookies, second_factor, sessions, waits
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.enrolling import finish, open_with, proposed, take_factor
from console.models import OperatorRow, SessionRow
from console.password_words import faults_of
from console.permissions import PUBLIC
from console.routing import route
from console.signing_in import Wait, Wrong
from console.translation import _
from console.welcoming import ENROLMENT, address_of, welcomed

START, SECURE = "/enrol", "/enrol/secure"


@route(START, PUBLIC)
async def form(request: ConsoleRequest) -> Response:
    """Ask for the code."""
    return page(request, "enrol.html")


@route(START, PUBLIC, ["POST"])
async def begin(request: ConsoleRequest) -> Response:
    """Let somebody with a code that counts set their password and second factor."""
    console, code = request.console, (await request.fields()).get("code", "")
    result = await open_with(console, code, address_of(request), now=request.now)
    if isinstance(result, Wait):
        faults = {"code": waits.told(result.time)}
        response = page(request, "enrol.html", HTTPStatus.TOO_MANY_REQUESTS, errors=faults)
        response.headers.update(waits.headers(result.time))
        return response
    if isinstance(result, Wrong):
        faults = {"code": _("This code does not count, or not any more. Ask for a new one")}
        return page(request, "enrol.html", HTTPStatus.UNPROCESSABLE_ENTITY, errors=faults)
    response = see_other(request, SECURE)
    cookies.keep(response, console.settings, ENROLMENT, result)
    return response


@route(SECURE, PUBLIC)
async def secure(request: ConsoleRequest) -> Response:
    """Ask for a password and the first code of the app."""
    async with request.console.sessions() as session:
        row, who = await _under_way(request, session)
    if row is None or who is None:
        return _over(request)
    return _secure_page(request, row, who)


@route("/enrol/picture", PUBLIC)
async def picture(request: ConsoleRequest) -> Response:
    """Return the QR code of the second factor that is proposed."""
    async with request.console.sessions() as session:
        row, who = await _under_way(request, session)
    secret = proposed(request.console, row) if row is not None else None
    if secret is None or who is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    return Response(second_factor.picture(secret, who.name), media_type="image/svg+xml")


@route(SECURE, PUBLIC, ["POST"])
async def take(request: ConsoleRequest) -> Response:
    """Set password and second factor, sign in, and show the codes for a lost app once."""
    console, fields = request.console, await request.fields()
    async with console.sessions() as session:
        row, who = await _under_way(request, session)
    secret = proposed(console, row) if row is not None else None
    if row is None or who is None or secret is None:
        return _over(request)
    faults = faults_of(fields, name=who.name)
    step = second_factor.step_of(secret, fields.get("code", ""), now=request.now)
    if step is None:
        faults["code"] = _("This is not the code that the app shows now")
    if faults or step is None:
        return _secure_page(request, row, who, faults)
    hashed = await console.passwords.hashed(fields["new-password"])
    async with console.sessions.begin() as session:
        held = await session.get(SessionRow, row.id, with_for_update=True)
        if held is None:
            return _over(request)  # sent twice
        fresh = await take_factor(console, session, held, step)
        welcome = await finish(console, session, held, hashed, now=request.now)
    return welcomed(request, page(request, "recovery_codes.html", codes=fresh), welcome)


async def _under_way(
    request: ConsoleRequest, session: AsyncSession
) -> tuple[SessionRow | None, OperatorRow | None]:
    console = request.console
    token = cookies.read(console.settings, request.cookies, ENROLMENT)
    row = await sessions.enrolling(console, session, token, now=request.now)
    if row is None:
        return None, None
    query = select(OperatorRow).where(
        OperatorRow.id == row.operator, OperatorRow.disabled_at.is_(None)
    )
    return row, (await session.execute(query)).scalar_one_or_none()


def _secure_page(
    request: ConsoleRequest, row: SessionRow, who: OperatorRow, errors: dict[str, str] | None = None
) -> Response:
    secret = proposed(request.console, row) or ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return page(
        request,
        "secure.html",
        status,
        name=who.name,
        secret=second_factor.spaced(secret),
        address=second_factor.address(secret, who.name),
        errors=errors or {},
    )


def _over(request: ConsoleRequest) -> Response:
    words = _("That took too long, or it is done already. Enter the code again")
    return see_other(request, START, words, kind="note")


ROUTES = (form, begin, secure, picture, take)
