"""The application: the pages, and what stands before all of them."""

from __future__ import annotations

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from console import translation
from console.answers import refused
from console.context import Console, ConsoleRequest
from console.csrf import OwnOriginOnly
from console.headers import HEADERS, Headers
from console.pages import MODULES
from console.routing import GuardedRoute, recognise

log = structlog.get_logger()


def build_app(console: Console) -> Starlette:
    """Return the application: every page of every module, and nothing else."""
    routes = [GuardedRoute(route) for module in MODULES for route in module.ROUTES]
    settings = console.settings
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Headers, secure=settings.is_secure, tiles=settings.tiles_url),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(InTheReadersLanguage),
            Middleware(OwnOriginOnly, url=settings.url),
        ],
        exception_handlers={HTTPException: _refuse, Exception: _fail},
    )
    app.router.redirect_slashes = False
    app.state.console = console
    app.state.paths = frozenset(route.path for route in routes)
    return app


class InTheReadersLanguage:
    """Answers in the language that the browser asks for, until somebody is recognised."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            asked = Request(scope).headers.get("accept-language", "")
            translation.speak(translation.preferred(asked))
        await self._app(scope, receive, send)


async def _refuse(plain: Request, error: Exception) -> Response:
    request = ConsoleRequest(plain.scope, plain.receive)
    await recognise(request)  # so that the page has their menu, in their language
    status = error.status_code if isinstance(error, HTTPException) else 400
    return refused(request, status)


async def _fail(request: Request, error: Exception) -> Response:
    log.error("failed", code=500, error=type(error).__name__)
    response = refused(request, 500)
    response.headers.update(HEADERS)  # this one is answered outside of everything else
    return response
