"""Twilio's client on httpx: our timeouts, no log of requests, another address in tests."""

from __future__ import annotations

import logging

import httpx
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

OFFICIAL = "https://api.twilio.com"


class TransportError(Exception):
    """The connection broke. The cause is httpx's own error."""


class HttpxClient(AsyncHttpClient):
    """Does the requests of ``twilio.rest.Client``."""

    def __init__(self, base_url: str, *, timeout: float) -> None:
        super().__init__(logging.getLogger("twilio.quiet"), is_async=True, timeout=timeout)
        self._base_url = base_url
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(timeout, connect=3.0))

    async def request(  # type: ignore[override]  # noqa: PLR0917 -- as Twilio's own does
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 -- Twilio's own signature
        allow_redirects: bool = False,  # noqa: FBT002 -- the same
    ) -> Response:
        """Return Twilio's answer. Raises TransportError."""
        try:
            answer = await self._client.request(
                method,
                self._base_url + uri.removeprefix(OFFICIAL),
                params={k: str(v) for k, v in (params or {}).items()},
                data=data,
                headers=headers,
                auth=auth,
                follow_redirects=allow_redirects,
            )
        except httpx.HTTPError as error:
            raise TransportError from error
        return Response(answer.status_code, answer.text, answer.headers)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
