"""How a page answers: in HTML, by sending the browser on, or with a refusal in words."""

from __future__ import annotations

from http import HTTPStatus

from itsdangerous import BadSignature
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from console import cookies, translation
from console.context import Console
from console.menu import menu_for
from console.operator import Operator
from console.translation import N_, _

_SAID = "said"
_SAID_FOR = 120  # seconds that a note waits for the page that shows it
_TITLES = {
    HTTPStatus.BAD_REQUEST: N_("We did not understand that"),
    HTTPStatus.FORBIDDEN: N_("You may not do that"),
    HTTPStatus.NOT_FOUND: N_("There is no such page"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: N_("That is too large"),
    HTTPStatus.INTERNAL_SERVER_ERROR: N_("Something went wrong here"),
}
_WORDS = {
    HTTPStatus.BAD_REQUEST: N_("Go back, check what you wrote, and send it again."),
    HTTPStatus.FORBIDDEN: N_(
        "Your role does not allow it, or the page was open for too long. Nothing was changed."
    ),
    HTTPStatus.NOT_FOUND: N_("It may have been moved or removed. The menu leads to what there is."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: N_("Send less at once. Nothing was changed."),
    HTTPStatus.INTERNAL_SERVER_ERROR: N_(
        "Nothing was changed. Try again in a minute, and tell whoever runs this if it stays."
    ),
}


def page(request: Request, name: str, /, status: int = 200, **values: object) -> Response:
    """Return a page: the template ``name`` with its values and what every page knows.

    A form with faults is shown again with status 422 and ``errors``, the fault by field.
    """
    console = _console(request)
    operator: Operator | None = getattr(request.state, "operator", None)
    said = _said(request)
    written = console.templates.get_template(name).render(
        request=request,
        operator=operator,
        language=translation.language(),
        direction=translation.direction(),
        menu=menu_for(operator, request.app.state.paths),
        here=request.scope["path"],
        said=said,
        demo=console.settings.demo,
        **{"errors": {}, **values},
    )
    response = HTMLResponse(written, status)
    if said:
        cookies.drop(response, console.settings, _SAID)
    return response


def see_other(
    request: Request, where: str, said: str | None = None, *, kind: str = "done"
) -> Response:
    """Send the browser to another page of ours, which then says ``said`` at its top.

    ``kind`` is ``done``, ``note`` or ``fault``.
    """
    response = RedirectResponse(where, HTTPStatus.SEE_OTHER)
    if said:
        console = _console(request)
        signed = console.keys.signer(_SAID).dumps([kind, said])
        cookies.keep(response, console.settings, _SAID, str(signed), seconds=_SAID_FOR)
    return response


def refused(request: Request, status: int, words: str | None = None) -> Response:
    """Return a page that says in words what is wrong; ``words`` are translated already."""
    kind = HTTPStatus(status)
    known = kind if kind in _TITLES else HTTPStatus.BAD_REQUEST
    said = words or _(_WORDS[known])
    return page(request, "refused.html", status, heading=_(_TITLES[known]), words=said)


def _said(request: Request) -> tuple[str, str] | None:
    console = _console(request)
    signed = cookies.read(console.settings, request.cookies, _SAID)
    if signed is None:
        return None
    try:
        kind, said = console.keys.signer(_SAID).loads(signed, max_age=_SAID_FOR)
    except (BadSignature, ValueError):
        return None
    return str(kind), str(said)


def _console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console
