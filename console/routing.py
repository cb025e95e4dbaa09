"""Routes: every one names the permission that it needs, and nothing is served without one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy.exc import DataError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console import cookies, translation
from console.answers import refused, see_other
from console.bodies import TooLargeError, limited
from console.context import ConsoleRequest
from console.permissions import PERMISSIONS, PUBLIC, may
from console.sessions import look_up

Page = Callable[[ConsoleRequest], Awaitable[Response]]
SIGN_IN = "/sign-in"
LARGEST_FORM = 256 * 1024  # bytes


@dataclass(frozen=True)
class ConsoleRoute:
    """One address, and what it takes to get there.

    Attributes:
        path: As Starlette writes it; ids and codes only, never a text or a token.
        permission: A name of the permission table, or ``public``.
        methods: Of HTTP.
        page: What answers.
        largest: Bytes that a request may bring.
    """

    path: str
    permission: str
    methods: Sequence[str]
    page: Page
    largest: int = LARGEST_FORM


def route(
    path: str, permission: str, methods: Sequence[str] = ("GET",), *, largest: int = LARGEST_FORM
) -> Callable[[Page], ConsoleRoute]:
    """Return a decorator that makes a route of a page.

    Raises:
        KeyError: There is no such permission.
    """
    if permission != PUBLIC:
        PERMISSIONS[permission]

    def decorate(answer: Page) -> ConsoleRoute:
        return ConsoleRoute(path, permission, tuple(methods), answer, largest)

    return decorate


class GuardedRoute(Route):
    """A route of Starlette that asks who is there before it answers."""

    def __init__(self, console_route: ConsoleRoute) -> None:
        self.console_route = console_route
        super().__init__(
            console_route.path,
            _guarded(console_route),
            methods=[*console_route.methods],
            name=console_route.page.__qualname__,
        )


def _guarded(wanted: ConsoleRoute) -> Callable[[Request], Awaitable[Response]]:
    async def answer(plain: Request) -> Response:
        request = ConsoleRequest(plain.scope, limited(plain.receive, wanted.largest))
        await recognise(request)
        if wanted.permission != PUBLIC:
            operator = request.signed_in
            if operator is None:
                return see_other(request, SIGN_IN)
            if not may(operator.role, wanted.permission):
                return refused(request, HTTPStatus.FORBIDDEN)
        try:
            return await wanted.page(request)
        except DataError:  # a number or character that the database has no place for
            return refused(request, HTTPStatus.BAD_REQUEST)
        except TooLargeError:
            return refused(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        finally:
            await request.close()

    return answer


async def recognise(request: ConsoleRequest) -> None:
    """Find out who is signed in, and which language to answer in."""
    console = request.console
    chosen = cookies.read(console.settings, request.cookies, "language")
    translation.speak(chosen or "")
    request.state.operator = request.state.session = None
    token = cookies.read(console.settings, request.cookies, "session")
    if token is None:
        return
    found = await look_up(console, token, now=request.now)
    if found is not None:
        request.state.session, request.state.operator = found.key, found.operator
        translation.speak(found.operator.locale or "")
