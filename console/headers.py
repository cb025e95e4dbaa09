"""What every answer of the console tells the browser about itself, errors included."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    # Not no-referrer: with it browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex, nofollow",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


class Headers:
    """Adds the headers that an answer does not set itself."""

    def __init__(self, app: ASGIApp, *, secure: bool, tiles: str | None = None) -> None:
        """Pass what ``app`` answers on; pictures may come from the origin of ``tiles``, too."""
        self._app = app
        self._headers = {**HEADERS, **(_HTTPS if secure else {})}
        if tiles:
            parts = urlsplit(tiles)
            allowed = f"img-src 'self' data: {parts.scheme}://{parts.netloc}"
            policy = HEADERS["Content-Security-Policy"].replace("img-src 'self' data:", allowed)
            self._headers["Content-Security-Policy"] = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
