"""Refuses requests that change something unless a page of ours sent them.

Browsers name the origin of every request that is no plain look-up, and no page can forge it.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from console.answers import refused

_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnOriginOnly:
    """Lets requests that change something through from one origin only."""

    def __init__(self, app: ASGIApp, *, url: str) -> None:
        self._app = app
        self._origin = _origin(url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        if scope["type"] != "http" or scope["method"] in _LOOKS or self._is_own(scope):
            await self._app(scope, receive, send)
            return
        answer = refused(Request(scope, receive), HTTPStatus.FORBIDDEN)
        await answer(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        sent = headers.get("origin") or headers.get("referer")
        return sent is not None and _origin(sent) == self._origin


def _origin(url: str) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port
