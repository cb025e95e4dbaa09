"""The first page, and the language of all of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import update
from starlette.responses import Response

from console import cookies, translation
from console.answers import see_other
from console.context import ConsoleRequest
from console.menu import menu_for
from console.models import OperatorRow
from console.permissions import PUBLIC
from console.routing import route

_A_YEAR = 365 * 24 * 3600  # seconds


@route("/", "account.own")
async def home(request: ConsoleRequest) -> Response:
    """Lead to the first page of the menu."""
    menu = menu_for(request.operator, request.app.state.paths)
    return see_other(request, menu[0][0] if menu else "/account")


@route("/language", PUBLIC, ["POST"])
async def language(request: ConsoleRequest) -> Response:
    """Change the language of the pages, and lead back to where it was changed."""
    tag = (await request.fields()).get("language", "")
    response = see_other(request, _where_from(request))
    if tag not in translation.available():
        return response
    if request.signed_in is not None:
        async with request.console.sessions.begin() as session:
            chosen = update(OperatorRow).where(OperatorRow.id == request.signed_in.id)
            await session.execute(chosen.values(locale=tag))
    cookies.keep(response, request.console.settings, "language", tag, seconds=_A_YEAR)
    return response


def _where_from(request: ConsoleRequest) -> str:
    # Only the path: what leads elsewhere is not ours, and what was asked for may not be a look-up.
    path = urlsplit(request.headers.get("referer", "")).path
    return path if path in request.app.state.paths else "/"


ROUTES = (home, language)
